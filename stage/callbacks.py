"""Presses of inline buttons: those still waiting for an answer, and the answers given."""

from typing import Any

from stage.errors import Json, bad
from stage.journal import Journal
from stage.version import Version


class Callbacks:
    def __init__(self, journal: Journal, version: Version) -> None:
        self._journal = journal
        self._version = version
        self._waiting: dict[str, int] = {}
        self._next = 1
        self.toasts: list[Json] = []

    def restore(self, sections: dict[str, dict[str, Any]]) -> None:
        self._waiting = dict(sections.get("callback", {}))
        self.toasts = list(sections.get("toast", {}).values())
        self._next = sections.get("number", {}).get("next_callback", 1)

    def press(self, user_id: int) -> str:
        """Open a callback query for this user and return its id."""
        query = str(4_000_000_000_000_000 + self._next)
        self._next += 1
        self._waiting[query] = user_id
        self._journal.put("number", "next_callback", self._next)
        self._journal.put("callback", query, user_id)
        return query

    def answer(self, query: str, text: str, *, alert: bool, url: str | None, at: str) -> None:
        """Answer a query, once; raises Telegram's 400 if it is unknown or already answered."""
        user_id = self._waiting.pop(query, None)
        if user_id is None:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        toast = {"callback_query_id": query, "user": user_id, "text": text, "show_alert": alert, "at": at}
        if url:
            toast["url"] = url
        self.toasts.append(toast)
        self._journal.put("callback", query, None)
        self._journal.put("toast", query, toast)
        self._version.bump()

    def forget(self) -> None:
        for query in self._waiting:
            self._journal.put("callback", query, None)
        for toast in self.toasts:
            self._journal.put("toast", toast["callback_query_id"], None)
        self._waiting, self.toasts = {}, []
