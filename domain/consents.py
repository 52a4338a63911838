"""The consent texts, versioned in files. Each answer is stored with the version and the hash of its text.

A file is called `domain/consents/<purpose>-<version>.<voice>.html`; it is in UTF-8, its first line is bold, and
`{controller}` is filled in when it is shown. A changed text is a new version, and the old file stays, so that
people can be shown what they agreed to.
"""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from domain.outcomes.choices import Purpose
from domain.voice import Voice

_FOLDER = Path(__file__).parent / "consents"
FINGERPRINT = 8  # hex digits
CURRENT = {Purpose.CORE: 2, Purpose.CARRIER: 1, Purpose.ANNOUNCEMENTS: 1, Purpose.SHOW_TELEGRAM: 2}


@dataclass(frozen=True)
class ConsentText:
    purpose: Purpose
    version: int
    voice: Voice
    html: str

    def sha256(self, controller: str) -> str:
        """Hex digest of the text as it was shown, with this controller's name."""
        return sha256(self.html.replace("{controller}", controller).encode()).hexdigest()

    def fingerprint(self, controller: str) -> str:
        """What buttons under this text call it by: the beginning of its digest, since an answer is to what was read."""
        return self.sha256(controller)[:FINGERPRINT]


@cache
def text(purpose: Purpose, voice: Voice) -> ConsentText:
    """The current version. Raises FileNotFoundError if there is none in this voice, which a test rules out."""
    version = CURRENT[purpose]
    path = _FOLDER / f"{purpose.value}-{version}.{voice.value}.html"
    return ConsentText(purpose, version, voice, path.read_text("utf-8").strip())


def with_fingerprint(purpose: Purpose, fingerprint: str, controller: str) -> ConsentText | None:
    """The current text that was shown with this fingerprint, in whichever voice; None if it has been changed since."""
    shown = (text(purpose, voice) for voice in Voice)
    return next((each for each in shown if each.fingerprint(controller) == fingerprint), None)
