"""Who is suggested to whom, why, and in which order."""

from datetime import timedelta

from sqlalchemy import select

from db.models import Person, Suggestion
from domain.meeting import CARD_HOLDS
from domain.roles import Role
from domain.voice import Voice
from tests.cast import guest, open_workshop
from tests.people import formats_in


async def ana_among_others(world):
    """Ana and Bea, each of whom offers what the other seeks; Olga, who offers what Ana seeks; Sam, who seeks the same;
    Mara, who says she is an MP; Nora, who fits nobody; Fritz in another workshop. All but Sam, Olga and Mara are from
    Saxony. The phones of Ana and Bea.
    """
    here = await open_workshop(world)
    there = await open_workshop(world, code="GHJKLM")
    ana = await guest(world, here, "Ana Keller", offers=("kita",))
    await guest(world, here, "Sam Gleich", land="BE")
    await guest(world, here, "Olga Angebot", seeks=("waermeplanung",), offers=("ehrenamt",), land="BE")
    await guest(world, here, "Mara Mandat", role=Role.MP, offers=("ehrenamt",), land="BE")
    bea = await guest(world, here, "Bea Beides", voice=Voice.SIE, seeks=("kita",), offers=("ehrenamt",))
    await guest(world, there, "Fritz Fremd", offers=("ehrenamt",))
    await guest(world, here, "Nora Nichts", seeks=("waermeplanung",))
    return ana, bea


async def test_a_card_says_who_from_where_and_why(sqlite_world):
    ana, bea = await ana_among_others(sqlite_world)
    await ana.says("/partner")
    assert ana.last == (
        "Ein Gespräch, das passen könnte\n"
        "Bea Beides · Rathaus oder Landkreis\n"
        "Dresden · Sachsen\n"
        "Warum: Du suchst Ehrenamt, Bea bietet es an; Bea sucht Kita und Kinderbetreuung, du bietest es an, "
        "und das im selben Ort.\n"
        "Sagst du Ja, frage ich Bea. Ein Nein erfährt niemand."
    )
    await bea.says("/partner")
    assert "Warum: Sie suchen Kita und Kinderbetreuung, Ana Keller bietet es an; Ana Keller sucht" in bea.last


async def test_help_comes_before_the_same_wish_and_nobody_twice(sqlite_world):
    world = sqlite_world
    ana, _ = await ana_among_others(world)
    await ana.says("/partner")
    assert "Bea Beides" in ana.last
    first = ana.newest
    await ana.taps("Weiter")
    assert "Olga Angebot" in ana.last
    assert "Warum: Du suchst Ehrenamt, Olga bietet genau das an." in ana.last
    await ana.taps("Nicht mein Thema")
    assert "Sam Gleich" in ana.last
    assert "Warum: Ihr beschäftigt euch beide mit dem Thema Ehrenamt." in ana.last
    await ana.presses(first, first.data_of("Weiter"))
    await ana.taps("Weiter")
    assert ana.last.startswith("Gerade habe ich niemanden, der wirklich passt")
    shown = await world.chosen(select(Suggestion.other_id).where(Suggestion.person_id == ana.row))
    assert len(shown) == len(set(shown)) == 3


async def test_an_mp_is_shown_once_confirmed(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    mara = await guest(world, workshop, "Mara Mandat", role=Role.MP, offers=("ehrenamt",))
    await ana.says("/partner")
    assert ana.last.startswith("Gerade habe ich niemanden, der wirklich passt")
    await confirm(world, mara)
    await world.clock.advance(minutes=5)
    assert "Mara Mandat · Bundestag oder Landtag\nVom Team bestätigt\n" in ana.last


async def confirm(world, mp):
    """As an organiser does at the desk."""
    async with world.database.writer.begin() as session:
        (await session.get_one(Person, mp.row)).role_confirmed = True


async def test_nobody_yet_is_followed_by_somebody(sqlite_world, clock):
    """Before the day too, in office hours then; once, and again for who asked again."""
    world = sqlite_world
    workshop = await open_workshop(world, day=clock.local.date() + timedelta(days=3))
    ana = await guest(world, workshop, "Ana Keller", seeks=("ehrenamt",))
    await ana.says("/partner")
    assert ana.last.startswith("Gerade habe ich niemanden, der wirklich passt")
    await clock.advance(hours=12)
    await guest(world, workshop, "Ben Albrecht", offers=("ehrenamt",))
    heard = len(ana.messages)
    await clock.advance(hours=1)
    assert len(ana.messages) == heard, "nobody is called at night for that"
    await clock.advance(hours=13)
    assert "Ben Albrecht" in ana.last
    await guest(world, workshop, "Cem Demir", offers=("ehrenamt",))
    heard = len(ana.messages)
    await clock.advance(hours=1)
    assert len(ana.messages) == heard, "one card, until they ask for more"


async def test_paused_gone_and_unready_people_are_not_shown(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    away = await guest(world, workshop, "Paul Pause")
    await away.says("/pause")
    await away.taps_data("pause:1")
    gone = await guest(world, workshop, "Gustav Geblockt")
    await gone.blocks()
    await guest(world, workshop, "Uta Unfertig", finished=False)
    await ana.says("/partner")
    assert ana.last.startswith("Gerade habe ich niemanden, der wirklich passt")
    await world.clock.advance(days=8)
    assert "Paul Pause" in ana.last, "the pause is over, and a word is kept"
    assert len(ana.new) == 2


async def mp_and_six(world):
    """A confirmed MP, and six who seek what the MP offers and have asked for somebody to meet, one after the other."""
    workshop = await open_workshop(world)
    helps = {"role": Role.MP, "role_confirmed": True, "offers": ("ehrenamt",), "seeks": ()}
    mp = await guest(world, workshop, "Mara Mandat", **helps)
    askers = [await guest(world, workshop, f"Person{n} Nummer{n}") for n in range(6)]
    for each in askers:
        await each.says("/partner")
    return mp, askers


async def test_a_card_that_five_hold_is_kept_free_for_them_a_while(sqlite_world):
    _, askers = await mp_and_six(sqlite_world)
    assert ["Mara Mandat" in each.last for each in askers] == [True] * 5 + [False]
    await sqlite_world.clock.advance(minutes=CARD_HOLDS.total_seconds() / 60 + 1)
    await askers[5].taps("Weiter")
    assert "Mara Mandat" in askers[5].last


async def test_an_mp_is_asked_five_times_and_whoever_taps_too_late_sees_the_next_person(sqlite_world):
    mp, askers = await mp_and_six(sqlite_world)
    await sqlite_world.clock.advance(minutes=CARD_HOLDS.total_seconds() / 60 + 1)
    await askers[5].taps("Weiter")
    for each in askers[:5]:
        await each.taps("Kennenlernen")
        assert each.last.startswith("Ich frage Mara Mandat")
    await askers[5].taps("Kennenlernen")
    assert "Dieser Knopf ist nicht mehr aktuell." in askers[5].messages[-2].text
    assert askers[5].last.startswith("Ein Gespräch, das passen könnte")
    assert sum("möchte dich kennenlernen" in each.text for each in mp.messages) == 5


async def test_nobody_asks_more_than_five_at_a_time(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    for number in range(6):
        await guest(world, workshop, f"Neue{number} Neu", offers=("ehrenamt",))
    for _ in range(5):
        await ana.says("/partner")
        await ana.taps("Kennenlernen")
        assert ana.last.startswith("Ich frage")
    await ana.says("/partner")
    await ana.taps("Kennenlernen")
    assert ana.last.startswith("Gerade sind viele Fragen offen.")


async def test_what_people_call_themselves_is_literal_on_cards(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana <b>@keller</b> & www.boese.example /start")
    ben = await guest(
        world,
        workshop,
        "بن \u202eAlbrecht #los",
        voice=Voice.EN,
        seeks=("dorfkino retten https://x.example",),
    )
    await guest(world, workshop, "Cem a@b.de", offers=("dorfkino retten https://x.example",))
    await ana.says("/partner")
    await ben.says("/partner")
    await ben.taps("Meet")
    assert formats_in(ana, ben) <= {"bold", "bot_command"}
    assert all(not each.tappable for each in (*ana.messages[1:], *ben.messages[1:]))
