"""What is stuck with one party, or what they noted, reaches the other once, with a way to talk."""

from datetime import timedelta

import pytest

from db.models import Introduction, IntroState, Person, Suggestion
from domain.outcomes.choices import ContactKind
from domain.outcomes.matching import Why
from domain.voice import Voice
from tests.conversations.pledges import a_month_on, answers


def heard(person):
    return [each for each in person.messages if each.text.startswith("Zu „Ehrenamtspauschale“\nBen ")]


async def soon(world):
    await world.clock.advance(minutes=11)


async def test_it_is_told_once_some_minutes_later_and_together_with_its_note(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "stuck")
    await ben.taps("Ein Satz dazu")
    await ben.says("Das Amt antwortet nicht.")
    assert heard(ana) == []
    await soon(world)
    (told,) = heard(ana)
    assert told.text == (
        "Zu „Ehrenamtspauschale“\nBen sagt: hängt.\nBen schreibt: „Das Amt antwortet nicht.“\n"
        "Oft hilft ein kurzes Gespräch. Magst du einen Tag vorschlagen?"
    )
    assert told.buttons == ["Gesprächstag vorschlagen", "Versprechen ansehen", "Melden"]
    await world.clock.advance(days=8)
    assert len(heard(ana)) == 1, "no follow-up tells it again"


async def test_a_correction_is_shown_where_it_was_told(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "stuck")
    await soon(world)
    await ben.sends_button_data(f"report:{number}:m1:running")
    (told,) = heard(ana)
    assert told.text == "Zu „Ehrenamtspauschale“\nBen sagt: läuft."
    await ben.sends_button_data(f"undo:{number}:m1")
    (told,) = heard(ana)
    assert "Ben hat die Antwort zurückgenommen." in told.text


async def test_a_slip_of_the_thumb_is_told_to_nobody(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "stuck")
    await ben.taps("Rückgängig")
    await soon(world)
    assert heard(ana) == []


async def test_what_goes_well_is_no_news(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "running")
    await soon(world)
    assert heard(ana) == []


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        (ContactKind.PHONE, {"contact_phone": "0351 123456"}, "0351 123456"),
        (ContactKind.EMAIL, {"contact_email": "ben@rat.example"}, "ben@rat.example"),
        (ContactKind.TELEGRAM, {"telegram_name": "ben_albrecht"}, "@ben_albrecht"),
    ],
)
async def test_it_carries_the_contact_that_they_shared(sqlite_world, kind, given, said):
    world = sqlite_world
    ana, ben, number = await a_month_on(world, Voice.DU)
    async with world.database.writer.begin() as session:
        him = await session.get_one(Person, ben.row)
        for column, value in given.items():
            setattr(him, column, value)
        card = Suggestion(
            person_id=ana.row, other_id=ben.row, workshop_id=1, why=Why.SAME, shown_at=world.clock.now()
        )
        session.add(card)
        await session.flush()
        session.add(
            Introduction(
                workshop_id=1, asker_id=ana.row, asked_id=ben.row, suggestion_id=card.id, state=IntroState.BOTH,
                asked_at=world.clock.now(), expires_at=world.clock.now() + timedelta(hours=1), asked_contact=kind,
                asked_contact_at=world.clock.now(),
            )
        )  # fmt: skip
    await answers(ben, number, "stuck")
    await soon(world)
    (told,) = heard(ana)
    assert "So erreichst du Ben:" in told.text
    assert said in told.text
    assert told.body["has_protected_content"]


async def test_it_goes_with_whoever_said_it(sqlite_world):
    world = sqlite_world
    ana, ben, number = await a_month_on(world)
    await answers(ben, number, "stuck")
    await ben.taps("Ein Satz dazu")
    await ben.says("Der Kanarienvogel ist krank.")
    await soon(world)
    await ben.says("/loeschen")
    await ben.taps_data("erase_yes")
    world.forgotten.add(ben.id)
    assert not [each for each in ana.messages if "Kanarienvogel" in each.text]
