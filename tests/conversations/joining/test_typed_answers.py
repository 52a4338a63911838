"""In joining and the profile a button can be typed: its label, the beginning of it, or another name of a Land."""

import pytest

from db.models import Consent, Interest, Person
from domain.outcomes.choices import Purpose
from domain.roles import Role
from tests.cast import tells


@pytest.mark.parametrize(
    ("typed", "land"),
    [
        ("Sachsen", "SN"),
        ("bayern", "BY"),
        ("NRW", "NW"),
        ("Mecklenburg", "MV"),
        ("Thüringn", "TH"),
        ("Bavaria", "BY"),
        ("in München", "BY"),
    ],
)
async def test_the_land_is_typed(sqlite_world, typed, land):
    ana = await sqlite_world.joined("Ana Keller", until="land", place="Neustadt")
    assert "Was treibt dich" in await ana.says(typed)
    assert await sqlite_world.rows(Person.land) == [None, land]


async def test_what_names_no_land_is_asked_again(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="land", place="Neustadt")
    for typed in ("Atlantis", "Neustadt", "hm"):
        heard = await ana.says(typed)
        assert heard.startswith("Hier geht es mit einem Tipp weiter."), typed
        assert "In welchem Bundesland liegt das?" in ana.last, typed
    await ana.says("/hilfe")
    assert "Was treibt dich" in await ana.says("Rheinland"), "help in between hides no buttons"
    assert await sqlite_world.rows(Person.land) == [None, "RP"]


async def test_a_whole_joining_is_typed(world):
    await world.workshop()
    ana = await world.person("Ana")
    await ana.start(f"w_{world.code}")
    for typed, follows in (
        ("los gehts", "Zuerst dein Ja."),
        ("Ja", "Und der Weg: Telegram."),
        ("ja!", "Für wen bist du heute hier?"),
        ("Landtag", "Wie heißt du?"),
        ("Ana Keller", "Aus welcher Gegend"),
        ("Neustadt", "In welchem Bundesland"),
        ("überspringen", "Was treibt dich"),
        ("Ehrenamt", "Verstanden: Ehrenamt"),
        ("bestätigen", "Wie heißt deine Organisation"),
        ("Überspringen", "Womit kannst du"),
        ("Kontakt vermitteln", "Womit kannst du"),
        ("Bestätigen", "Ankündigungen aus der Werkstatt?"),
        ("nein", "Dein Profil"),
        ("Bestaetigen", "Alles bereit, Ana Keller!"),
    ):
        heard = await ana.says(typed)
        assert follows in heard, f"{typed}\n{ana.screen()}"
    assert ana.taps_made == 0
    assert await world.rows(Person.role) == [None, Role.MP]
    assert [(c.purpose, c.given) for c in await world.rows(Consent)] == [
        (Purpose.CORE, True), (Purpose.CARRIER, True), (Purpose.ANNOUNCEMENTS, False),
    ]  # fmt: skip
    assert [i.topic for i in await world.rows(Interest)] == ["ehrenamt", "offer-contact"]


async def test_a_yes_begins_and_an_express_yes_agrees(sqlite_world):
    world = sqlite_world
    await world.workshop()
    ana = await world.person("Ana")
    await ana.start(f"w_{world.code}")
    for typed, follows in (
        ("ja", "Zuerst dein Ja."),
        ("ja gern", "Und der Weg: Telegram."),
        ("gern", "Und der Weg: Telegram."),
        ("Ja, bitte!", "Für wen bist du heute hier?"),
    ):
        heard = await ana.says(typed)
        assert follows in heard, f"{typed}\n{ana.screen()}"
    ben = await world.joined("Ben Albrecht", until="announcements")
    await ben.says("ja gerne")
    assert "Dein Profil" in ben.last


@pytest.mark.parametrize(
    ("voice", "how"),
    [
        (None, "Tippe auf „Los geht's“ oder schreib einfach Ja."),
        ("Lieber per Sie", "Bitte tippen Sie auf „Beginnen“ oder schreiben Sie einfach Ja."),
        ("English", "Tap “Let's go”, or simply write yes."),
    ],
)
async def test_other_words_at_the_welcome_are_told_how_to_begin(sqlite_world, voice, how):
    world = sqlite_world
    await world.workshop()
    ana = await world.person("Ana")
    await ana.start(f"w_{world.code}")
    assert how not in ana.last
    if voice:
        await ana.taps(voice)
    heard = await ana.says("Guten Morgen zusammen")
    assert heard.endswith(how)
    assert ana.shows("begin:")


@pytest.mark.parametrize(
    ("voice", "hint"),
    [
        (None, "Einen Code, den ich kenne, finde ich darin nicht."),
        ("English", "I can't find a code in it that I know."),
    ],
)
async def test_a_mistyped_code_at_the_door_is_said_to_be_none(sqlite_world, voice, hint):
    ana = await sqlite_world.person("Ana")
    await ana.start()
    assert hint not in ana.last
    if voice:
        await ana.taps(voice)
    assert hint in await ana.says("XK3P9A")
    assert ana.shows("begin:")


async def test_in_english_the_labels_are_english(sqlite_world):
    world = sqlite_world
    await world.workshop()
    ana = await world.person("Ana")
    await ana.start(f"w_{world.code}")
    await ana.says("English")
    for typed in ("let's go", "yes", "Yes", "Bundestag"):
        await ana.says(typed)
    await ana.says("Ana Keller")
    await ana.says("Neustadt")
    assert ana.last.startswith("Which Land is that in?")
    await ana.says("skip")
    assert await world.rows(Person.land) == [None, ""]


async def test_words_that_only_begin_like_a_button_stay_words_where_words_are_asked_for(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="seeks")
    await ana.says("Liste")
    assert not ana.shows("topics_group:")
    await tells(ana, "seeks", "Ehrenamt")
    await ana.says("Bestätigen e. V.")
    assert (await sqlite_world.rows(Person.organisation))[-1] == "Bestätigen e. V."


async def test_a_line_that_is_tapped_can_be_typed_from_the_summary(sqlite_world):
    ana = await sqlite_world.joined_already("Ana Keller")
    await ana.says("/profil")
    for line, typed, shown in (
        ("Rolle", "Verein", "Rolle: Verein oder Initiative"),
        ("Bundesland", "NRW", "Bundesland: Nordrhein-Westfalen"),
        ("Ankündigungen", "Nein", "Ankündigungen: nein"),
    ):
        await ana.says(line)
        heard = await ana.says("Quark")
        assert heard.startswith("Hier geht es mit einem Tipp weiter."), line
        assert len(ana.new) == 2, "the line is asked for again"
        assert shown in await ana.says(typed), ana.screen()
    assert "Das habe ich nicht zuordnen können." in await ana.says("Quark")
    await ana.says("/profil")
    await ana.says("Rolle")
    assert (await ana.says("Abbrechen")).startswith("Abgebrochen.")


async def test_after_too_young_a_yes_is_none(sqlite_world):
    await sqlite_world.workshop()
    ana = await sqlite_world.person("Ana")
    await ana.start(f"w_{sqlite_world.code}")
    await ana.taps_data("begin:")
    assert "ab 16" in await ana.says("15")
    await ana.says("ja")
    assert len(await sqlite_world.rows(Person.id)) == 1, "only the organiser"


async def test_a_plain_yes_or_no_is_never_a_topic(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="seeks")
    for said in ("passt", "Ja", "sehr gern", "nope"):
        await ana.says(said)
        assert not [each for each in await sqlite_world.rows(Interest.words) if each], said


@pytest.mark.parametrize(
    "said", ["nichts", "weiter", "keine", "möchte ich nicht sagen", "keine Organisation"]
)
async def test_whoever_names_no_organisation_has_none(sqlite_world, said):
    ana = await sqlite_world.joined("Ana Keller", until="organisation")
    heard = await ana.says(said)
    assert heard.startswith("Und was läuft bei euch schon gut?")
    assert (await sqlite_world.rows(Person.organisation))[-1] == ""


@pytest.mark.parametrize("question", ["place", "seeks", "organisation", "offers"])
async def test_weiter_goes_past_what_can_be_skipped(sqlite_world, question):
    ana = await sqlite_world.joined("Ana Keller", until=question)
    before = ana.last
    await ana.says("weiter")
    assert ana.last.split("\n")[0] != before.split("\n")[0], ana.screen()
    assert "Dazu finde ich noch kein Thema." not in ana.heard


async def test_weiter_empties_no_line(sqlite_world):
    ana = await sqlite_world.joined_already("Ana Keller", seeks="Ehrenamt")
    await ana.says("/profil")
    await ana.taps_data("edit:seeks")
    await ana.says("weiter")
    assert [each.topic for each in await sqlite_world.rows(Interest)] == ["ehrenamt"]
    assert "Suche: Ehrenamt" in await ana.says("/profil")
