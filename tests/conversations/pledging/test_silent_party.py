"""A silence goes sideways: the other party gets a hint, once and kindly, and whoever comes back is welcome."""

from datetime import datetime, time

import pytest
from sqlalchemy import select, update

from db.models import Nudge, Person, Pledge, PledgeEvent
from domain.history import EventKind
from domain.nudging import PassedOver, Period
from domain.pledges import Status
from domain.voice import Voice
from tests.cast import event_row, guest, open_workshop, sealed_pledge
from tests.clock import BERLIN
from tests.conversations.pledges import asked
from tests.conversations.silences import hints, silent_pledge, two

WELCOME = "Schön, von dir zu hören\nEs gibt nichts nachzuholen. Ab jetzt frage ich wieder wie vorher."
SETTLED = "Zu „Ehrenamtspauschale“\nVon Ben habe ich wieder gehört. Der Hinweis hat sich erledigt."
HINT = (
    "Um „Ehrenamtspauschale“ ist es still\n"
    "Von Ben habe ich seit 22. Dezember nichts gehört. Das heißt nicht, dass nichts passiert – oft ist einfach viel "
    "los.\n"
    "Ich frage Ben jetzt seltener. Ein Satz von dir wirkt mehr als drei von mir:\n"
    "Hallo Ben, wie steht es um „Ehrenamtspauschale“? Zehn Minuten am Telefon reichen mir. Passt es dir nächste Woche? "
    "Ana\n"
    "Das Team der Werkstatt hilft gern weiter: team@example.org.\n"
    "Das Team erfährt frühestens in zwei Wochen davon, und nicht, wenn ihr in Kontakt seid."
)


async def hinted(world, **more):
    """Ana has just got the hint about Ben's pledge to her; the pledge's id."""
    ana, ben = await two(world, **more)
    number = await silent_pledge(world, ben, ana, ben)
    await world.clock.advance(hours=2)
    return ana, ben, number


async def test_half_a_year_without_a_word_and_the_way_back(sqlite_world):
    world = sqlite_world
    ana, ben = await two(world)
    await sealed_pledge(world, ben, ana)
    async with world.database.writer.begin() as session:
        await session.execute(update(Pledge).values(told_of_silence=True))
        await session.execute(update(Nudge).where(Nudge.person_id == ana.row).values(passed_over=True))
    await world.clock.to(datetime(2027, 7, 26, 15, tzinfo=BERLIN))
    assert await asked(world, ben) == ["w1", "m1", "m2", "m3"]
    assert hints(ana) == [], "the third follow-up is not a week old"
    await world.clock.to(datetime(2027, 7, 27, 12, tzinfo=BERLIN))
    assert hints(ana) == [HINT.replace("22. Dezember", "12. April")]
    assert not any("still" in each.text for each in ben.messages), "whoever is silent is not told"
    await world.clock.to(datetime(2027, 9, 20, tzinfo=BERLIN))
    assert await asked(world, ben) == ["w1", "m1", "m2", "m3"], "asked less often"
    await world.clock.to(datetime(2027, 9, 30, 20, tzinfo=BERLIN))
    assert (await asked(world, ben))[-1] == "d14"
    assert "Ich frage zurzeit seltener." in ben.last
    assert hints(ana) == [HINT.replace("22. Dezember", "12. April")], "once"
    assert "Zu „Ehrenamtspauschale“:\nWie steht es heute?" in await ben.taps("Ich bin wieder da")
    assert SETTLED in ana.screen(3)
    assert hints(ana) == []
    await ben.taps("Läuft")
    assert "Notiert: läuft." in ben.last
    await world.clock.to(datetime(2027, 10, 12, 20, tzinfo=BERLIN))
    assert (await asked(world, ben))[-2:] == ["d3", "deadline"], "nothing of what was missed"


async def test_the_hint_has_a_text_to_copy(sqlite_world):
    ana, _ben, _number = await hinted(sqlite_world)
    assert hints(ana) == [HINT]
    rows = ana.newest.body["reply_markup"]["inline_keyboard"]
    ready = next(line for line in HINT.splitlines() if line.startswith("Hallo Ben"))
    assert rows[0] == [{"text": "Text kopieren", "copy_text": {"text": ready}}]
    assert [entity["type"] for entity in ana.newest.entities][:2] == ["bold", "code"], (
        "one tap copies it, too"
    )


TAPS = ("report:{}:m3:running", "pledge:{}", "come_back:{}")
WORDS = ("Der Termin im Ausschuss steht fest.", "läuft")


@pytest.mark.parametrize("said", [*TAPS, *WORDS])
async def test_any_tap_and_any_word_ends_it(sqlite_world, said):
    ana, ben, number = await hinted(sqlite_world)
    await (ben.says(said) if said in WORDS else ben.sends_button_data(said.format(number)))
    told = [each.text for each in ben.messages if "Schön, von dir zu hören" in each.text]
    assert len(told) == 1, ben.screen(4)
    assert told[0].startswith(WELCOME)
    assert hints(ana) == []
    assert any(each.text == SETTLED for each in ana.messages)
    await ben.sends_button_data(f"pledge:{number}")
    assert len([each for each in ben.messages if "Schön, von dir zu hören" in each.text]) == 1, "once"


async def test_on_the_last_day_nobody_says_from_now_on(sqlite_world):
    world = sqlite_world
    _ana, ben, _number = await hinted(world)
    (pledge,) = await world.rows(Pledge)
    await world.clock.to(datetime.combine(pledge.deadline, time(12), BERLIN))
    assert "Was ist daraus geworden?" in ben.last
    assert "Ich frage zurzeit seltener." not in ben.last
    assert "Ich bin wieder da" not in ben.buttons
    await ben.taps("Erfüllt")
    assert not [each.text for each in ben.messages if "Schön, von dir zu hören" in each.text]


@pytest.mark.parametrize("said", ["Der Termin im Ausschuss steht fest.", "report:{}:m3:running"])
async def test_several_silences_end_with_one_welcome(sqlite_world, said):
    world = sqlite_world
    ana, ben = await two(world)
    numbers = [await silent_pledge(world, ben, ana, ben) for _ in range(2)]
    await world.clock.advance(hours=2)
    for number in numbers:
        await (ben.sends_button_data(said.format(number)) if "{}" in said else ben.says(said))
    assert len([each for each in ben.messages if "Schön, von dir zu hören" in each.text]) == 1
    assert hints(ana) == []


async def test_what_is_not_about_it_ends_nothing(sqlite_world):
    ana, ben, _number = await hinted(sqlite_world)
    await ben.says("/hilfe")
    await ben.says("/profil")
    assert "Schön" not in ben.screen(3)
    assert hints(ana) == [HINT]


async def test_an_answer_before_the_hint_goes_out_takes_it_back(sqlite_world):
    world = sqlite_world
    ana, ben = await two(world)
    number = await silent_pledge(world, ben, ana, ben)
    await ben.sends_button_data(f"report:{number}:m3:running")
    await world.clock.advance(days=3)
    assert hints(ana) == []


async def test_a_pledge_from_before_the_rule_keeps_the_old_one(sqlite_world):
    world = sqlite_world
    ana, ben = await two(world)
    await silent_pledge(world, ben, ana, ben, told=False)
    await world.clock.advance(days=11)
    assert hints(ana) == []
    assert await asked(world, ben) == ["m1", "m2", "m3", "m4"], "asked as before"


@pytest.mark.parametrize(
    "away",
    [{"paused": True}, {"unreachable_since": datetime(2027, 4, 11, tzinfo=BERLIN)}, {"land": "SN"}],
    ids=lambda each: next(iter(each)),
)
async def test_nobody_is_told_of_a_silence_that_has_another_reason(sqlite_world, away):
    world = sqlite_world
    ana, ben = await two(world)
    await silent_pledge(world, ben, ana, ben)
    async with world.database.writer.begin() as session:
        await session.execute(update(Person).where(Person.id == ben.row).values(**away))
    await world.clock.advance(days=2)
    assert hints(ana) == []


async def test_nobody_is_told_of_a_silence_about_what_they_call_over(sqlite_world):
    """The other was asked whether they agree, and that ends by itself."""
    world = sqlite_world
    ana, ben = await two(world)
    number = await silent_pledge(world, ben, ana, ben)
    ending = {"period": Period.M3, "status": Status.KEPT}
    for kind in (EventKind.SAID, EventKind.ASKED):
        await world.add(event_row(number, ana.row, kind, world.clock.now(), **ending))
    await world.clock.advance(days=2)
    assert hints(ana) == []


async def test_whoever_took_a_consent_back_is_not_told_of(sqlite_world):
    world = sqlite_world
    ana, ben = await two(world)
    await silent_pledge(world, ben, ana, ben)
    await ben.says("/widerruf")
    await ben.taps("Nein: Weg über Telegram")
    await world.clock.advance(days=2)
    assert hints(ana) == []


async def test_a_pause_keeps_the_hint_until_it_is_over(sqlite_world):
    world = sqlite_world
    ana, ben = await two(world)
    await silent_pledge(world, ben, ana, ben)
    await ana.sends_button_data("pause:0")
    await world.clock.advance(days=2)
    assert hints(ana) == []
    assert "Um „Ehrenamtspauschale“ ist es still." in await ana.sends_button_data("resume")
    await ana.taps_data("hint:")
    assert hints(ana) == [HINT]


async def test_of_a_silence_that_is_over_nothing_is_told_after_a_pause(sqlite_world):
    world = sqlite_world
    ana, ben = await two(world)
    number = await silent_pledge(world, ben, ana, ben)
    await ana.sends_button_data("pause:0")
    await world.clock.advance(days=2)
    await ben.sends_button_data(f"report:{number}:m3:running")
    assert "still" not in await ana.sends_button_data("resume")
    await ana.sends_button_data(f"hint:{number}")
    assert hints(ana) == []


async def test_both_silent_get_one_gentle_message_each(sqlite_world):
    world = sqlite_world
    ana, ben = await two(world)
    await silent_pledge(world, ben, ana, ben, ana)
    await world.clock.advance(days=3)
    for one in (ana, ben):
        (said,) = hints(one)
        assert "Von euch beiden habe ich länger nichts gehört." in said
        assert "Wenn du magst, fang du an:" in said
    await ana.taps("Versprechen ansehen")
    assert WELCOME in ana.screen(4)
    (left,) = hints(ana)
    assert "Von Ben habe ich seit" in left, "that is still so"
    assert hints(ben) == []
    assert any("Von Ana habe ich wieder gehört." in each.text for each in ben.messages)


async def test_those_who_are_in_touch_say_so_and_both_read_it_in_the_history(sqlite_world):
    ana, ben, number = await hinted(sqlite_world)
    said = await ana.taps("Wir sind in Kontakt")
    assert said == "Um „Ehrenamtspauschale“ ist es still\nGut zu wissen. Dem Team sage ich dann nichts."
    await ana.sends_button_data(f"in_touch:{number}")
    events = select(PledgeEvent.id).where(PledgeEvent.kind == EventKind.IN_TOUCH)
    assert len(await sqlite_world.chosen(events)) == 1
    assert "Ana: ihr seid in Kontakt" in await ben.sends_button_data(f"history:{number}:0")


async def test_what_is_left_out_says_why(sqlite_world):
    world = sqlite_world
    await hinted(world)
    await world.clock.advance(days=20)
    left_out = select(Nudge.period, Nudge.passed_over_for).where(Nudge.passed_over_for == PassedOver.SILENT)
    async with world.database.reader() as session:
        found = (await session.execute(left_out)).all()
    assert [(period.value, why) for period, why in found] == [("m4", PassedOver.SILENT)]


async def test_the_walker_stops_where_the_hint_goes_out(sqlite_world):
    world = sqlite_world
    ana, ben = await two(world)
    await silent_pledge(world, ben, ana, ben)
    due = (await world.walk.next_due()).astimezone(BERLIN)
    assert (due.day, due.hour) == (12, 10)


@pytest.mark.parametrize(
    ("voice", "begins"),
    [(Voice.SIE, "Guten Tag Ben Albrecht, wie steht es um"), (Voice.EN, "Hello Ben, how are things with")],
)
async def test_the_hint_in_the_other_voices(sqlite_world, voice, begins):
    ana, ben, number = await hinted(sqlite_world, voice=voice)
    (said,) = hints(ana)
    assert begins in said
    await ben.sends_button_data(f"pledge:{number}")
    assert hints(ana) == []


async def test_only_the_two_can_ask_for_it(sqlite_world):
    world = sqlite_world
    ana, ben, number = await hinted(world)
    cem = await guest(world, await open_workshop(world, code="CCCCCC"), "Cem Demir")
    for verb in ("hint", "in_touch", "come_back"):
        assert "nicht mehr aktuell" in await cem.sends_button_data(f"{verb}:{number}")
    await ben.sends_button_data(f"in_touch:{number}")
    events = select(PledgeEvent.id).where(PledgeEvent.kind == EventKind.IN_TOUCH)
    assert await world.chosen(events) == [], "nobody hinted to them"
    del ana
