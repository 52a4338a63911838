"""The commands behind the menu button: the same for everybody, and more of them in the chats of the team."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import structlog
from telegram import BotCommandScope, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ExtBot

from actions.exchange.operator import Operator
from actions.organising.team import team
from bot.waiting import stopped, unless_stopped
from db.session import TROUBLE, Database
from domain.team import Granted
from domain.voice import Voice
from handlers.commands import of_team
from messages.commands import menu
from scheduler.errors import reason_of

log = structlog.get_logger(__name__)

_LOOK_EVERY = 60.0  # seconds


@dataclass
class Menus:
    """Shows everybody the commands that they can use; a role that is granted or ends changes them within a minute.

    Nobody loses a command by a menu that is out of date: the menus are hints, and every command asks for the role.
    """

    bot: ExtBot[None]
    database: Database
    operator: Operator
    _is_set: bool = False
    _shown: dict[int, Collection[str]] = field(default_factory=dict)

    async def run(self, stop: asyncio.Event) -> None:
        self._is_set, self._shown = False, {}  # of several processes another one may have led meanwhile
        while not stop.is_set():
            try:
                granted = await self._granted()
            except TROUBLE:
                granted = None  # others report it, and the next look is soon
            if granted is not None:
                await unless_stopped(stop, self._show(granted))
            await stopped(stop, _LOOK_EVERY)

    async def refresh(self) -> None:
        """Set what is not shown yet, and take the commands of the team from whoever is no longer in it."""
        await self._show(await self._granted())

    async def _granted(self) -> Mapping[int, Collection[Granted]]:
        async with self.database.reader() as session:
            return await team.members(session, self.operator)

    async def _show(self, granted: Mapping[int, Collection[Granted]]) -> None:
        self._is_set = self._is_set or await self._set(BotCommandScopeDefault(), ())
        wanted = {chat_id: of_team(roles) for chat_id, roles in granted.items()}
        for chat_id in sorted(wanted.keys() | self._shown.keys()):
            commands = wanted.get(chat_id, ())
            if commands != self._shown.get(chat_id, ()) and await self._set(
                BotCommandScopeChat(chat_id), commands
            ):
                self._shown[chat_id] = commands

    async def _set(self, scope: BotCommandScope, commands: Collection[str]) -> bool:
        """False if it is worth another try: somebody who has never written to the bot has no chat."""
        default = self.operator.voice
        try:
            for language, voice in ((None, default), ("de", Voice.DU), ("en", Voice.EN)):
                await self.bot.set_my_commands(menu(voice, commands), scope=scope, language_code=language)
        except TelegramError as error:
            log.info("a menu was not set", reason=reason_of(error))
            return isinstance(error, BadRequest | Forbidden)
        return True
