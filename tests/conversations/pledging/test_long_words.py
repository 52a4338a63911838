"""However much two people write, each message about their pledge arrives: no text is longer than Telegram takes."""

import pytest

from db.models import Outgoing, SendState
from domain.history import EventKind
from domain.nudging import Period
from domain.pledges import NOTE_LIMIT, TEXT_LIMIT, State, Status
from domain.voice import Voice
from domain.words import utf16_length
from tests.cast import event_row, guest, open_workshop, sealed_pledge
from tests.conversations.pledges import answers, state_of

LONGEST = ".ä" * (TEXT_LIMIT // 2)  # a joiner goes in after every dot
NOTE = "@a." * (NOTE_LIMIT // 3)
NAMES = ("Ana " + "a" * 26 + " " + "k" * 29, "Ben " + "b" * 26 + " " + "l" * 29)


async def fill(world, number, ana, ben):
    """As many words as a pledge can hold: notes of both, and former wordings."""
    now = world.clock.now()
    await world.add(
        *(
            event_row(number, each.row, EventKind.SAID, now, period=Period.M1, status=Status.RUNNING)
            for each in (ana, ben)
        ),
        *(
            event_row(number, each.row, EventKind.NOTED, now, period=period, notes=[NOTE] * 12)
            for each in (ana, ben)
            for period in (Period.M1, Period.DEADLINE)
        ),
        *(
            event_row(number, ana.row, EventKind.WORDED, now, text=LONGEST, day=now.date())
            for _ in range(30)
        ),
    )  # fmt: skip


@pytest.mark.parametrize("voice", Voice)
async def test_every_message_about_a_pledge_fits(sqlite_world, voice):
    world = sqlite_world
    workshop_id = await open_workshop(world)
    ana, ben = [await guest(world, workshop_id, name, voice=voice) for name in NAMES]
    numbers = [await sealed_pledge(world, ben, ana, LONGEST, months=months) for months in (6, 9)]
    for number in numbers:
        await fill(world, number, ana, ben)
    number = numbers[0]
    await world.clock.advance(months=2, hours=4)
    await ben.sends_button_data(f"report:{number}:m2:failed")
    await ana.sends_button_data(f"disagree:{number}")
    for data in ("pledges", f"pledge:{number}", f"history:{number}:0", f"history:{number}:3"):
        await ana.sends_button_data(data)
    await world.clock.advance(months=4, hours=4)
    await answers(ben, number, "kept", "deadline")
    await answers(ana, number, "failed", "deadline")
    assert await state_of(world, number) is State.ENDED
    rows = await world.rows(Outgoing)
    assert not [(row.kind, row.error) for row in rows if row.state is SendState.DEAD]
    assert max(utf16_length(each.text) for person in (ana, ben) for each in person.messages) <= 4096
