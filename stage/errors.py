"""What the Bot API answers when it says no."""

from typing import Any

Json = dict[str, Any]


class Refused(Exception):  # noqa: N818 - an answer of the API, not a fault of the stage
    """A refusal in Telegram's words: HTTP status, description, and the envelope's `parameters`."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad(text: str) -> Refused:
    """A 400 as the Bot API server words it: in lower case, unless the text begins with an acronym."""
    if len(text) > 1 and (text[1].isupper() or text[1] == "_"):
        return Refused(400, f"Bad Request: {text}")
    return Refused(400, f"Bad Request: {text[:1].lower()}{text[1:]}")


def forbidden(text: str) -> Refused:
    return Refused(403, f"Forbidden: {text}")


def flood(seconds: int) -> Refused:
    """A 429 that asks the caller to wait for `seconds`."""
    return Refused(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


class ControlError(Exception):
    """A request to /stage/ that cannot be carried out; answered as `{"error": …}`."""

    def __init__(self, text: str, status: int = 400) -> None:
        super().__init__(text)
        self.text = text
        self.status = status
