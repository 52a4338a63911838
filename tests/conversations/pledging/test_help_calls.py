""" "Hängt" calls for help: somebody in any workshop is asked, and nobody is named before both agree."""

import pytest
from sqlalchemy import update

from actions.pledging.help_calls import calling
from bot.app import operator_of
from db.models import CallEnd, HelpCall, HelpRequest, IntroState, Person
from domain.roles import Role
from domain.voice import Voice
from tests.cast import guest, open_workshop, sealed_pledge
from tests.conversations.offices import seated
from tests.conversations.pledges import a_month_on, answers, without_day_7
from tests.conversations.pledging.test_hearing import soon

TITLE = "15 Minuten zu „Ehrenamt“?"


async def stuck(world, *voices, label="Zeit"):
    """Ben is stuck with his pledge to Ana, and says for want of what; the pledge's id."""
    ana, ben, number = await a_month_on(world, *voices)
    await answers(ben, number, "stuck")
    await ben.taps(label)
    return ana, ben, number


async def helper(world, name="Cem Demir", code="ZWEITE", **more):
    """Somebody in another workshop who offers what the pledge is about."""
    workshop = await open_workshop(world, code=code, title="Werkstatt Köln")
    offers = {"seeks": (), "offers": ("ehrenamt",), "role": Role.ASSOCIATION, "place": "Köln"}
    return await guest(world, workshop, name, **{**offers, **more})


async def called(world, *voices, **more):
    cem = await helper(world, **more)
    ana, ben, number = await stuck(world, *voices)
    await ben.taps("Ja, bitte")
    await world.clock.advance(days=1)
    return ana, ben, cem, number


def naming(person, *words):
    return [each.text for each in person.messages if any(word in str(each.body) for word in words)]


async def test_a_double_yes_introduces_the_two_and_before_that_nobody_is_named(world):
    ana, ben, cem, _ = await called(world)
    assert cem.last == (
        f"{TITLE}\nJemand kommt bei „Ehrenamt“ nicht weiter. Es fehlt an Zeit. Hast du 15 Minuten?\n"
        "Ich frage dich, weil du etwas anbietest, das passt.\n"
        "Sagst du Ja, erfahrt ihr beide, wer der andere Mensch ist. Ein Nein erfährt niemand."
    )
    assert naming(cem, "Ben", "Albrecht", "Ana", "Berlin", "Ehrenamtspauschale") == []
    assert naming(ben, "Cem", "Demir", "Köln") == []
    await cem.taps("Ja, gern")
    assert "Danke! So findet ihr zusammen.\nBen Albrecht und du" in cem.last
    assert "Jemand möchte dir weiterhelfen!\nCem Demir und du" in ben.last
    assert naming(ana, "Cem") == []
    await ben.taps_data(f"pledge_with:{cem.row}")
    assert "Cem" in ben.last, "from two workshops, they can promise each other something"


async def test_what_is_offered_says_what_happens_with_it(sqlite_world):
    _, ben, _ = await stuck(sqlite_world)
    assert ben.last == (
        "Zu „Ehrenamtspauschale“\nSoll ich schauen, wer helfen könnte?\n"
        "Ich frage bis zu drei Menschen aus allen Werkstätten, einen nach dem anderen und ohne deinen Namen. Sagt "
        "jemand Ja, stelle ich euch einander vor. Finde ich niemanden, sieht das Team nur Thema und Hindernis."
    )
    await ben.taps("Nein, danke")
    assert ben.last == "In Ordnung.\nDann bleibt es unter euch."
    assert await sqlite_world.rows(HelpCall) == []


async def test_a_no_is_never_shown_and_the_next_is_asked(sqlite_world):
    world = sqlite_world
    dora = await helper(world, "Dora Engel", "DRITTE", place="Dresden")
    _, ben, cem, _ = await called(world)
    assert TITLE in dora.last, "nearer"
    assert TITLE not in cem.last, "one at a time"
    before = len(ben.messages)
    await dora.taps("Gerade nicht")
    assert dora.last == "In Ordnung.\nDas erfährt niemand."
    await world.clock.advance(days=1)
    assert TITLE in cem.last
    await cem.taps("Gerade nicht")
    await world.clock.advance(days=2)
    assert len(ben.messages) == before
    await world.clock.advance(days=6)
    assert "Gerade habe ich niemanden gefunden" in ben.last
    await dora.sends_button_data("lend:1")
    assert dora.last == "Danke, das hat sich erledigt.\nHier ist nichts mehr zu tun."


async def test_whoever_does_not_answer_is_asked_for_a_week(sqlite_world):
    world = sqlite_world
    _, ben, cem, _ = await called(world)
    await world.clock.advance(days=6)
    assert "niemanden gefunden" not in ben.last
    await world.clock.advance(days=3)
    assert ben.last.startswith("Zu „Ehrenamtspauschale“\nGerade habe ich niemanden gefunden")
    (request,) = await world.rows(HelpRequest)
    assert request.state is IntroState.EXPIRED
    await cem.taps("Ja, gern")
    assert cem.last.startswith("Danke, das hat sich erledigt.")


async def test_at_most_three_are_asked(sqlite_world):
    world = sqlite_world
    others = [
        await helper(world, f"{name} Engel", name.upper()) for name in ("Dora", "Emil", "Frieda", "Gustav")
    ]
    _, ben, _ = await stuck(world)
    await ben.taps("Ja, bitte")
    await world.clock.advance(days=30)
    assert len([each for each in others if TITLE in "".join(m.text for m in each.messages)]) == 3
    assert "Gerade habe ich niemanden gefunden" in "".join(each.text for each in ben.messages)


async def test_where_there_is_nobody_the_team_hears_what_is_lacking_and_the_name_only_after_a_yes(
    sqlite_world,
):
    world = sqlite_world
    _, ben, _ = await stuck(world, label="Geld")
    await ben.taps("Ja, bitte")
    assert ben.last == (
        "Zu „Ehrenamtspauschale“\nGerade habe ich niemanden gefunden, der weiterhelfen kann.\n"
        "Das Team sieht davon: Ehrenamt, Geld. Deinen Namen sieht es nicht.\n"
        "Soll das Team davon erfahren, dass es um dich geht? Dann kann es sich melden."
    )
    orga = await world.organiser()
    await orga.says("/orga")
    await orga.taps("Hilferufe (1)")
    assert "1. Ehrenamt · Geld · Werkstatt Berlin · seit 12. Mai" in orga.last
    await ben.taps("Ja, mit meinem Namen")
    assert ben.last.endswith("Das Team weiß jetzt, dass es um dich geht, und kann sich bei dir melden.")
    await orga.sends_button_data("care_list:help_call:0")
    assert "1. Ehrenamt · Geld · Ben Albrecht · Werkstatt Berlin · seit 12. Mai" in orga.last
    await orga.taps("1 erledigt")
    assert "Hier wartet nichts mehr." in orga.last
    await soon(world)
    await ben.says("/loeschen")
    await ben.taps_data("erase_yes")
    world.forgotten.add(ben.id)
    assert naming(orga, "Ben") == []


async def test_an_undo_ends_a_call_of_which_nobody_knows_yet(sqlite_world):
    world = sqlite_world
    cem = await helper(world)
    _, ben, number = await a_month_on(world)
    await world.clock.advance(hours=10)  # at night nobody is asked
    await ben.sends_button_data(f"report:{number}:m1:stuck")
    await ben.sends_button_data(f"blocker:{number}:m1:time")
    await ben.taps("Ja, bitte")
    assert "Ich frage jetzt Menschen" in ben.last
    await ben.sends_button_data(f"undo:{number}:m1")
    assert "Hier suche ich nicht weiter." in "".join(each.text for each in ben.messages)
    assert await world.rows(HelpCall) == []
    await world.clock.advance(days=2)
    assert naming(cem, "15 Minuten") == []


async def test_the_end_of_the_pledge_ends_the_call_where_it_was_asked(sqlite_world):
    world = sqlite_world
    ana, ben, cem, number = await called(world)
    await ben.sends_button_data(f"report:{number}:m1:kept")
    await ana.sends_button_data(f"agree:{number}:kept")
    assert cem.last == "Danke, das hat sich erledigt.\nHier ist nichts mehr zu tun."
    (call,) = await world.rows(HelpCall)
    assert (call.look_at, call.end) == (None, CallEnd.OVER)


@pytest.mark.parametrize("who", ["asked", "caller"])
async def test_it_goes_with_whoever_is_erased(world, who):
    _, ben, cem, _ = await called(world)
    leaving = cem if who == "asked" else ben
    await leaving.says("/loeschen")
    await leaving.taps_data("erase_yes")
    world.forgotten.add(leaving.id)
    assert await world.rows(HelpRequest) == []
    if who == "asked":
        await world.clock.advance(days=9)
        assert "Gerade habe ich niemanden gefunden" in ben.last, "as if nothing had come"
    else:
        await cem.taps("Ja, gern")
        assert cem.last.startswith("Dieser Knopf ist nicht mehr aktuell.")


async def test_a_pause_keeps_the_question_for_later(sqlite_world):
    world = sqlite_world
    cem = await helper(world)
    _, ben, _ = await stuck(world)
    async with world.database.writer.begin() as session:
        await session.execute(update(Person).where(Person.id == cem.row).values(paused=True))
    await ben.taps("Ja, bitte")
    assert "Gerade habe ich niemanden gefunden" in ben.last, "whoever pauses is not asked"


async def test_a_question_held_back_by_a_pause_is_among_the_missed_news(sqlite_world):
    world = sqlite_world
    cem = await helper(world)
    _, ben, _ = await stuck(world)
    await ben.taps("Ja, bitte")
    async with world.database.writer.begin() as session:
        await calling.asking(world.clock.now(), operator_of(world.settings, world.bot.username)).change(
            session, 1
        )
        await session.execute(update(Person).where(Person.id == cem.row).values(paused=True))
    await world.quiet()
    assert naming(cem, "15 Minuten") == []
    await cem.sends_button_data("resume")
    assert "Jemand kommt nicht weiter und fragt nach 15 Minuten." in cem.last
    await cem.taps("1 Ansehen")
    assert cem.last.startswith(TITLE)


@pytest.mark.parametrize(
    "data", ["lend:1", "lend_no:1", "lend_asked:1", "team:1", "team_no:1", "call:1:m1", "call_no:1"]
)
async def test_nobody_else_can_answer(sqlite_world, data):
    await called(sqlite_world)
    eve = await guest(sqlite_world, 1, "Eva Fuchs", seeks=(), offers=())
    await eve.sends_button_data(data)
    assert eve.last.startswith("Dieser Knopf ist nicht mehr aktuell.")
    (request,) = await sqlite_world.rows(HelpRequest)
    assert request.state is IntroState.ASKED


@pytest.mark.parametrize(
    ("voice", "said"),
    [(Voice.SIE, "Haben Sie 15 Minuten?"), (Voice.EN, "Do you have 15 minutes?")],
)
async def test_it_is_asked_in_every_voice(sqlite_world, voice, said):
    _, _, cem, _ = await called(sqlite_world, voice=voice)
    assert said in cem.last


async def test_nobody_who_acts_for_one_of_the_two_is_asked(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    ben = await guest(world, workshop, "Ben Albrecht", role=Role.MP, role_confirmed=True)
    cem = await guest(world, workshop, "Cem Demir", role=Role.OFFICE, seeks=(), offers=("ehrenamt",))
    await seated(world, ben, cem)
    number = await sealed_pledge(world, ben, ana)
    await without_day_7(world)
    await world.clock.advance(months=1, hours=4)
    await answers(cem, number, "stuck")
    await cem.taps("Zeit")
    await cem.taps("Ja, bitte")
    await world.clock.advance(days=2)
    assert "15 Minuten" not in cem.screen(9)
