"""All the parts of one stage, built once and handed down."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from stage.callbacks import Callbacks
from stage.calllog import CallLog
from stage.clock import Clock
from stage.errors import Json
from stage.faults import Faults
from stage.files import Files
from stage.journal import Journal
from stage.ledger import Ledger
from stage.limits import Limits
from stage.profile import Profile
from stage.updates import Updates
from stage.version import Version

USERNAME = "mutmacher_stage_bot"
Reset = Callable[[bool], Awaitable[None]]
BotHook = Callable[[str], Awaitable[None]]


class World:
    def __init__(self, token: str, folder: Path | None, links: Mapping[str, str] | None) -> None:
        self.token = token
        self.links = {} if links is None else links
        self.on_reset: Reset | None = None
        self.on_bot: BotHook | None = None
        self.journal = Journal(folder)
        self.version = Version()
        self.clock = Clock(self.journal, self.version)
        self.ledger = Ledger(self.journal, self.version)
        self.updates = Updates(self.journal, self.version)
        self.files = Files(folder, self.journal)
        self.profile = Profile(self.journal, self.version)
        self.callbacks = Callbacks(self.journal, self.version)
        self.faults = Faults()
        self.limits = Limits()
        self.log = CallLog()
        self._restore()

    def _restore(self) -> None:
        sections = self.journal.load()
        self.ledger.restore(sections)
        self.updates.restore(sections)
        self.files.restore(sections.get("file", {}))
        self.profile.restore(sections.get("profile", {}))
        self.callbacks.restore(sections)
        self.clock.restore(sections.get("number", {}).get("clock", {}))

    @property
    def bot(self) -> Json:
        """Telegram's User of the bot."""
        name = self.profile.text("name", None) or "Mutmacher (Bühne)"
        return {
            "id": int(self.token.partition(":")[0]),
            "is_bot": True,
            "first_name": name,
            "username": USERNAME,
        }

    def forget(self, *, phones: bool) -> None:
        """Forget everything, the phones too if `phones`."""
        self.ledger.forget(phones=phones)
        self.updates.drop_all()
        self.files.forget()
        self.callbacks.forget()
        self.profile.forget()
        self.faults = Faults()
        self.limits = Limits()
        self.log.clear()
        self.clock.forget()
