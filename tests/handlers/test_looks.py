"""Whoever of the team reads somebody's name, that look is in the data of whom they read of: each command and each
button of the desk, used by an owner on everything there is.
"""

import re
from collections import defaultdict

from sqlalchemy import select

import messages
from actions.contents import contents
from db.models import Outgoing, Person
from handlers.commands import ORGANISERS
from tests.handlers.rig import OWNER, Rig, now
from tests.handlers.tapping import Tapper
from tests.handlers.test_team import DESK, hire, of_here
from tests.handlers.two_worlds import OPERATOR, populate

_NAMED = re.compile(r"Mensch Nr(\d+)Ende")


class Reader(Tapper):
    """Whom each message to the owner names, by their numbers."""

    async def _said(self, session, newest, _changed, _draft):
        new = await session.scalars(select(Outgoing).where(Outgoing.id > newest, Outgoing.chat_id == OWNER))
        return [named for row in new.all() for named in await self._named(session, row)]

    async def _named(self, session, row):
        said = await contents(session, row, now(), OPERATOR)
        return _NAMED.findall(repr(messages.of(said.outcome, said.voice, said.today))) if said else []


async def test_whoever_is_named_to_the_team_finds_the_look_in_their_data(sqlite_url):
    rig = Rig(sqlite_url)
    await rig.open()
    async with rig.database.writer.begin() as session:
        await populate(session)
        await hire(session)
        for person in await session.scalars(select(Person)):
            person.name = f"Mensch Nr{person.id}Ende"
    reader = Reader(rig)
    await reader.remember()
    unnoted, noted = defaultdict(set), set()
    for data in (*(each for verb in DESK for each in of_here(verb)), *(f"/{name}" for name in ORGANISERS)):
        named, changed = await (reader.say if data.startswith("/") else reader.tap)(OWNER, data)
        looks = {row.split(", ")[2] for row in changed.get("audits", ())}
        noted |= looks.intersection(named)
        unnoted[data] |= {*named} - looks
    await rig.close()
    assert not {data: people for data, people in unnoted.items() if people}
    assert len(noted) >= 8, "most of those who are there are named somewhere"
