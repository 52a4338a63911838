"""The care list: what waits for the team, by kind and name; one tap settles it, or one of the team sees to it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from db.models import (
    Audit,
    CallEnd,
    Complaint,
    ConcernMark,
    Grant,
    HelpCall,
    Introduction,
    IntroState,
    Outgoing,
    Person,
    Priority,
    SendState,
    Suggestion,
)
from domain.nudging import Period
from domain.outcomes.matching import Why
from domain.outcomes.organising.desk import RoleDecided
from domain.pledges import Blocker
from domain.roles import Role
from domain.team import TeamRole
from tests.cast import guest, open_workshop, sealed_pledge
from tests.clock import BERLIN
from tests.conversations.organising.test_participants import on_team
from tests.conversations.organising.test_released import lets_read


@pytest.fixture
async def hall(sqlite_world):
    """Two workshops, two organisers of the one, and somebody of the other whom they have no business with."""
    world = sqlite_world
    world.here = await open_workshop(world, code="NORD22", title="Werkstatt Nord")
    there = await open_workshop(world, code="SUED22", title="Werkstatt Süd")
    world.rike = await on_team(world, "Rike Vogel", TeamRole.ORGANISER, world.here)
    world.jo = await on_team(world, "Jo Brandt", TeamRole.ORGANISER, world.here)
    world.ben = await guest(world, world.here, "Ben Albrecht", role=Role.MP, place="Bonn")
    world.eva = await guest(world, world.here, "Eva Sommer", seeks=())
    world.cem = await guest(world, there, "Cem Demir", role=Role.MP, seeks=())
    return world


async def looks(world, person):
    return await world.chosen(select(Audit.action).where(Audit.person_id == person.row).order_by(Audit.id))


async def opens(phone, kind):
    await phone.says("/aufgaben")
    return await phone.taps_data(f"care_list:{kind}:0")


async def test_each_kind_has_its_number_and_each_line_the_tap_that_settles_it(hall):
    assert "Das wartet auf euch." in await hall.rike.says("/aufgaben")
    assert hall.rike.buttons[:2] == ["Rollen bestätigen (1)", "Ohne Themen (1)"]
    said = await opens(hall.rike, "claim")
    assert "1. Ben Albrecht · Werkstatt Nord · seit" in said
    assert "Cem" not in said
    assert (await looks(hall, hall.ben), await looks(hall, hall.cem)) == (["saw care list"], [])
    await hall.rike.taps("1 prüfen")
    await hall.rike.taps("Bestätigen")
    assert "Hier wartet nichts mehr." in await opens(hall.rike, "claim")


async def test_one_takes_it_on_and_all_others_see_who(hall):
    await opens(hall.rike, "no_topics")
    await opens(hall.jo, "no_topics")
    assert "bei dir" in await hall.rike.taps("1 nehme ich")
    assert "Das hat sich inzwischen geändert." in await hall.jo.taps("1 nehme ich")
    assert "Eva Sommer · Werkstatt Nord · seit" in hall.jo.last
    assert "bei Rike Vogel" in hall.jo.last
    assert "1 nehme ich" not in hall.jo.buttons
    assert "Meine (1)" in (await hall.rike.says("/aufgaben") and hall.rike.buttons)
    assert "Ohne Themen: Eva Sommer" in await hall.rike.taps("Meine")
    assert "Gerade" not in await hall.rike.taps("1 zurück")
    assert not await hall.chosen(select(ConcernMark.id))


async def test_somebody_without_topics_is_asked_once_and_is_off_the_list(hall):
    await opens(hall.rike, "no_topics")
    said = await hall.rike.taps("1 fragen")
    assert "Gefragt." in said
    assert "Hier wartet nichts mehr." in said
    assert "Thema" in hall.eva.last
    assert "did something about a concern" in await looks(hall, hall.eva)
    assert "Ohne Themen" not in str(await hall.rike.says("/aufgaben") and hall.rike.buttons)


async def test_whoever_got_no_card_gets_the_best_one(hall):
    await opens(hall.rike, "no_card")
    assert "1. Rike Vogel" in hall.rike.last
    await hall.rike.taps("2 Karte")
    await hall.quiet()
    assert "Ein Vorschlag ist unterwegs." in hall.rike.screen()
    assert await hall.chosen(select(Suggestion.person_id)) == [hall.jo.row]
    assert "Rike Vogel" in hall.jo.last or "Ben Albrecht" in hall.jo.last


async def test_what_is_left_alone_is_gone_until_it_arises_anew(hall):
    await hall.rike.says("/aufgaben")
    await sealed_pledge(hall, hall.ben, hall.eva)
    at = hall.clock.now()
    await set_unreachable(hall, hall.ben, at)
    await opens(hall.rike, "unreachable")
    assert "1 Link" in hall.rike.buttons
    assert "Erledigt." in await hall.rike.taps("1 lassen")
    assert "Ben" not in hall.rike.last
    await set_unreachable(hall, hall.ben, at + timedelta(days=1))
    hall.clock.skip(timedelta(days=2))
    assert "Ben Albrecht" in await opens(hall.rike, "unreachable")


async def set_unreachable(world, person, at):
    async with world.database.writer.begin() as session:
        (await session.get_one(Person, person.row)).unreachable_since = at


async def test_a_call_without_help_is_settled_and_named_only_after_a_yes(hall):
    pledge = await sealed_pledge(hall, hall.ben, hall.eva)
    await hall.add(HelpCall(
        pledge_id=pledge, person_id=hall.ben.row, period=Period.M1, topic="ehrenamt", blocker=Blocker.TIME,
        made_at=hall.clock.now(), end=CallEnd.NOBODY,
    ))  # fmt: skip
    said = await opens(hall.rike, "help_call")
    assert "1. Ehrenamt" in said
    assert "Ben" not in said
    assert "Hier wartet nichts mehr." in await hall.rike.taps("1 erledigt")
    assert await hall.chosen(select(HelpCall.settled_at)) != [None]


async def test_a_question_that_expired_is_asked_once_more(hall):
    now = hall.clock.now()
    card = Suggestion(
        person_id=hall.rike.row, other_id=hall.jo.row, workshop_id=hall.here, why=Why.SAME, shown_at=now
    )
    await hall.add(card)
    await hall.add(Introduction(
        workshop_id=hall.here, asker_id=hall.rike.row, asked_id=hall.jo.row, suggestion_id=card.id,
        state=IntroState.EXPIRED, asked_at=now - timedelta(days=1), expires_at=now - timedelta(hours=1), closed_at=now,
    ))  # fmt: skip
    assert "1. Rike Vogel und Jo Brandt" in await opens(hall.rike, "expired")
    assert "Gefragt." in await hall.rike.taps("1 fragen")
    assert "Rike" in hall.jo.last
    assert "Ohne Antwort" not in str(await hall.rike.says("/aufgaben") and hall.rike.buttons)


async def test_what_did_not_arrive_goes_out_once_more(hall):
    now = hall.clock.now()
    await hall.add(Outgoing(
        chat_id=hall.eva.id, person_id=hall.eva.row, party_id=hall.eva.row, priority=Priority.NEWS,
        kind=RoleDecided.__name__, args={"confirmed": True}, due_at=now, created_at=now, state=SendState.UNDECIDED,
        attempts=2,
    ))  # fmt: skip
    assert "1. Eva Sommer" in await opens(hall.rike, "unsent")
    await hall.rike.taps("1 senden")
    await hall.quiet()
    assert "bestätigt" in hall.eva.last
    assert "Nicht angekommen" not in str(await hall.rike.says("/aufgaben") and hall.rike.buttons)


async def test_the_tap_opens_the_reported_text_and_the_pledge_that_are_listed(hall):
    for n, words in enumerate(("Der erste Text.", "Der zweite Text.")):
        number = await sealed_pledge(hall, hall.ben, hall.eva, f"Ich pflanze {n + 2} Bäume.")
        at = hall.clock.now() + timedelta(minutes=n)
        await hall.add(Complaint(
            pledge_id=number, reporter_id=hall.eva.row, writer_id=hall.ben.row, words=words, made_at=at,
        ))  # fmt: skip
        for each in (hall.ben, hall.eva):
            await lets_read(each, number, "public")
    await opens(hall.rike, "complaint")
    assert "Der zweite Text." in await hall.rike.taps("2 ansehen")
    await hall.rike.taps("In Ordnung")
    assert "Der erste Text." in hall.rike.last
    await opens(hall.rike, "wall")
    assert "Ich pflanze 3 Bäume." in await hall.rike.taps("2 ansehen")


async def test_two_accounts_that_are_two_people_are_left(hall):
    await guest(hall, hall.here, "Eva Sommer", place="Köln")
    assert "1. Eva Sommer und Eva Sommer" in await opens(hall.rike, "double")
    await hall.rike.taps("1 lassen")
    assert "Hier wartet nichts mehr." in hall.rike.last


async def test_reception_sees_whom_it_receives_and_a_viewer_nothing(hall):
    olga = await on_team(hall, "Olga Braun", TeamRole.RECEPTION, hall.here)
    vic = await on_team(hall, "Vic Lenz", TeamRole.VIEWER, hall.here)
    await set_unreachable(hall, hall.ben, hall.clock.now())
    await olga.says("/aufgaben")
    assert [label.partition(" (")[0] for label in olga.buttons] == [
        "Rollen bestätigen", "Ohne Themen", "Ohne Vorschlag", "Zum Menü",
    ]  # fmt: skip
    key = f"no_topics-{hall.eva.row}-0"
    for data in ("care_list:unreachable:0", f"care_leave:unreachable-{hall.ben.row}-0:1"):
        assert "nicht mehr aktuell" in await olga.sends_button_data(data)
    for data in ("care", "care_list:claim:0", "care_mine:0", f"care_take:{key}:1", f"care_settle:{key}:1"):
        assert "nicht mehr aktuell" in await vic.sends_button_data(data)
        assert "nicht mehr aktuell" in await hall.cem.sends_button_data(data)
    assert "Aufgaben" not in await vic.says("/aufgaben")


async def test_whoever_has_something_for_a_working_day_is_reminded_once(hall):
    """Taken on a Monday morning; the day after is no holiday."""
    await opens(hall.rike, "claim")
    await hall.rike.taps("1 nehme ich")
    await hall.clock.advance(hours=23)
    assert not reminders(hall.rike)
    await hall.clock.advance(hours=2)
    await hall.clock.advance(days=3)
    (said,) = reminders(hall.rike)
    assert "Eine ist seit einem Arbeitstag bei dir." in said
    assert not reminders(hall.jo)
    assert "Rollen bestätigen: Ben Albrecht" in await hall.rike.taps("Ansehen")


def reminders(phone):
    return [each.text for each in phone.messages if each.text.startswith("Noch offen")]


FIRST = "Das wartet auf euch:"


def notes(phone):
    """What this organiser was told month by month, without what all these messages begin and end with."""
    texts = [each.text.splitlines() for each in phone.messages if each.text.startswith("Neu in den Aufgaben")]
    return [each[1:-1] for each in texts]


async def at_ten_on(world, month, day):
    """Then, without what the clock would have done until then."""
    world.clock.skip(datetime(2027, month, day, 10, 1, tzinfo=BERLIN) - world.clock.now())
    await world.clock.advance(minutes=1)


async def test_once_a_month_each_organiser_hears_what_is_new_where_they_organise(hall):
    olga = await on_team(hall, "Olga Braun", TeamRole.RECEPTION, hall.here)
    far = await on_team(hall, "Fritz Fern", TeamRole.ORGANISER, await open_workshop(hall, code="WEST22"))
    await hall.clock.to(datetime(2027, 5, 3, 10, 1, tzinfo=BERLIN))
    await hall.clock.advance(days=2)
    assert notes(hall.rike) == [[FIRST, "Rollen bestätigen: 1"]]
    assert notes(olga) == notes(far) == []


async def test_after_a_month_without_a_message_the_next_has_what_is_new_since_the_last(hall):
    await at_ten_on(hall, 5, 3)
    await guest(hall, hall.here, "Lea Lang", role=Role.MP)  # on the day of the message, after it
    await at_ten_on(hall, 5, 20)
    await guest(hall, hall.here, "Mia Mut", role=Role.MP)
    await at_ten_on(hall, 6, 20)  # the week in which that of June may go out is over
    await at_ten_on(hall, 7, 1)
    await at_ten_on(hall, 8, 2)
    first, second = [FIRST, "Rollen bestätigen: 1"], ["Seit 3. Mai ist dazugekommen:", "Rollen bestätigen: 2"]
    assert notes(hall.rike) == [first, second]


async def test_whoever_gets_a_right_hears_of_all_that_waits_there(hall):
    there = await open_workshop(hall, code="WEST22")
    await guest(hall, there, "Lea Lang", role=Role.MP)
    await at_ten_on(hall, 5, 3)
    new = await on_team(hall, "Nora Neu", TeamRole.ORGANISER, hall.here)
    at = hall.clock.now()
    await hall.add(Grant(person_id=hall.rike.row, role=TeamRole.ORGANISER, workshop_id=there, granted_at=at))
    await at_ten_on(hall, 6, 1)
    assert notes(new) == [[FIRST, "Rollen bestätigen: 1"]]
    assert notes(hall.rike)[1:] == [["Seit 3. Mai ist dazugekommen:", "Rollen bestätigen: 1"]]
    assert len(notes(hall.jo)) == 1
