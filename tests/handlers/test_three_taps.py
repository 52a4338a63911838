"""Everybody taps three times in their hurry, and two workers share the taps: what follows from them happens once."""

from collections import Counter

from db.models import Outgoing, PledgeEvent
from domain.history import EventKind
from domain.pledges import State
from tests.cast import member, pledge_row
from tests.handlers.rig import now, press

AUTHOR, FIRST, PLEDGES = 2_000, 3_000, 100


async def test_of_a_hundred_pledges_agreed_to_with_three_taps_each_is_told_once(rig):
    author = await rig.person(AUTHOR)
    people = [member(FIRST + n, now(), f"Gast {n}") for n in range(PLEDGES)]
    async with rig.database.writer.begin() as session:
        session.add_all(people)
        await session.flush()
        waiting = {"state": State.PROPOSED, "made_on": None}
        pledges = [pledge_row(1, author.id, each.id, now(), **waiting) for each in people]
        session.add_all(pledges)
        await session.flush()
        taps = [
            (each.chat_id, f"accept:{p.id}:{p.revision}") for each, p in zip(people, pledges, strict=True)
        ]
    await rig.store(*(press(chat_id, data) for _ in range(3) for chat_id, data in taps))
    rig.start()
    rig.start()
    await rig.settled(within=120)
    told = Counter(row.object_id for row in await rig.all(Outgoing, Outgoing.chat_id == AUTHOR))
    assert told == {pledge.id: 1 for pledge in pledges}
    accepted = await rig.all(PledgeEvent, PledgeEvent.kind == EventKind.ACCEPTED)
    assert Counter(each.pledge_id for each in accepted) == told
