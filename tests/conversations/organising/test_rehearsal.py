"""An organiser has a pledge played: what the file says is what two people would then be sent."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest

from bot.app import operator_of
from domain.nudging import Period
from domain.rehearsals import LANDS, RehearsalPlan
from domain.voice import Voice
from messages.organising.rehearsals import made_up
from scheduler import rehearsal
from tests.cast import guest, open_workshop
from tests.clock import BERLIN
from tests.conversations.pledges import proposes
from tests.messages.telegram_html import plain_text

MADE_AT = datetime(2026, 8, 31, 13, tzinfo=UTC)


async def file_of(world, person):
    """The text of the file that somebody was sent last."""
    sent = next(each for each in reversed(person.messages) if each.body.get("document"))
    async with world._http.get(f"{world.url}/stage/files/{sent.body['document']['file_id']}") as answer:
        pages = pypdfium2.PdfDocument(await answer.read())
    return "\n".join(page.get_textpage().get_text_range() for page in pages).replace("\r\n", "\n")


async def test_what_is_played_is_chosen_by_tapping(sqlite_world):
    world = sqlite_world
    orga = await world.organiser()
    assert "Gegeben am 12. April 2027, für den 12. Oktober 2027." in await orga.says("/probe")
    assert "Erste Person (verspricht): Abgeordnete:r, ohne Land." in await orga.taps("Rolle der ersten")
    await orga.taps("Land der zweiten")
    assert "Zweite Person: Abgeordnete:r, Sachsen." in await orga.taps("Sachsen")
    assert "Niemand antwortet." in await orga.taps("Niemand antwortet")
    await orga.taps("Anderer Tag")
    assert "Zweite Person" not in await orga.says("irgendwann")
    assert "Gegeben am 31. August 2026, für den 28. Februar 2027." in await orga.says("31. August 2026")
    await orga.taps("Anderer Tag")
    heard = await orga.says("31. August 2027")
    assert "Gegeben am 31. August 2027, für den 29. Februar 2028." in heard
    assert "Zweite Person: Abgeordnete:r, Sachsen." in heard, "what was chosen before is kept"


async def test_the_file_has_every_message_and_the_text_what_is_worth_knowing(sqlite_world):
    world = sqlite_world
    orga = await world.organiser()
    await orga.says("/probe")
    heard = await orga.taps("Durchspielen")
    assert heard.startswith("Durchgespielt\nGegeben am 12. April 2027, für den 12. Oktober 2027.\n")
    assert "kenne ich keine Sitzungswochen des Bundestags" in heard
    text = await file_of(world, orga)
    assert "Probe: ein Versprechen vom 12. April 2027" in text
    assert "an Zweite-Person" in text
    assert "[Läuft]" in text


async def test_for_whoever_does_not_run_the_workshop_there_is_none(sqlite_world):
    world = sqlite_world
    ana = await guest(world, await open_workshop(world), "Ana Keller")
    heard = await ana.says("/probe")
    assert heard == await ana.says("/gibtesnicht")
    assert "Dieser Knopf ist nicht mehr aktuell" in await ana.sends_button_data("probe:play:20270412-011-0-0")


# --- what it is worth


@pytest.mark.parametrize("starts_at", [MADE_AT])
@pytest.mark.parametrize("answering", [True, False])
async def test_the_real_scheduler_then_sends_the_same(sqlite_world, answering):
    """A pledge made on 31 August, by an association in Saxony to an MP in Bavaria, message by message."""
    world = sqlite_world
    lands = {"first_land": LANDS.index("SN"), "second_land": LANDS.index("BY")}
    plan = RehearsalPlan(MADE_AT.date(), **lands, answering=answering)
    played = await rehearsal.play(plan, Voice.DU, (), operator_of(world.settings, world.bot.username))
    ana, ben = await as_made_up(world, plan)
    sent, answered = Sent(world, ana, ben), []
    number = await proposes(ana, ben, made_up(Voice.DU).sentence)
    sent.look()
    await ben.taps_data(f"accept:{number}:")
    sent.look()
    while (due := await world.walk.next_due()) is not None and due < played[-1].at + timedelta(days=1):
        await world.clock.to(max(due, world.clock.now()))
        sent.look()
        if answering:
            await answer_all(number, answered, ((ana, "running"), (ben, "moving")))
            sent.look()
    assert len(played) > 20
    told, expected = Counter(sent.told[sent.told.index(as_told(played[0])) :]), Counter(map(as_told, played))
    differing = sorted((told - expected) + (expected - told))
    assert not differing


async def as_made_up(world, plan):
    workshop = await open_workshop(world, title=made_up(Voice.DU).workshop)
    return [
        await guest(
            world, workshop, name, role=each.role, role_confirmed=True, place="", land=each.land,
            phone={"id": number},
        )
        for number, (name, each) in enumerate(zip(made_up(Voice.DU).names, plan.people, strict=True), 1)
    ]  # fmt: skip


async def answer_all(number, answered, people):
    """Each question that is new on a phone, with the likeliest answer."""
    for person, status in people:
        data = [each for message in person.messages for _, each in message.keyboard]
        for period in Period:
            asked = f"report:{number}:{period}:"
            if (person.id, period) not in answered and any(each.startswith(asked) for each in data):
                answered.append((person.id, period))
                await person.taps_data(asked + ("kept" if period is Period.DEADLINE else status))


def as_told(said):
    return f"{said.at.astimezone(BERLIN):%Y-%m-%d %H}", said.to_first, plain_text(said.text), said.labels


class Sent:
    """What came to two phones, as it read when it came: (day and hour, whether to the first, text, labels)."""

    def __init__(self, world, first, second):
        self._world, self._people = world, ((first, True), (second, False))
        self._seen = {(is_first, each.id) for person, is_first in self._people for each in person.messages}
        self.told = []

    def look(self):
        at = self._world.clock.local
        for person, is_first in self._people:
            for each in person.messages:
                if (is_first, each.id) not in self._seen:
                    self._seen.add((is_first, each.id))
                    self.told.append((f"{at:%Y-%m-%d %H}", is_first, each.text, tuple(each.buttons)))
