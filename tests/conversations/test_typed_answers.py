"""Whatever can be tapped can be typed: a button's label, the beginning of it, or another name of a Land."""

import pytest

from db.models import Consent, Interest, Person, Report
from domain.outcomes.choices import Purpose
from domain.pledges import Status
from domain.roles import Role
from tests.conversations.gathering import guest, open_workshop, pair, promise
from tests.world import shows, tells


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
    assert not shows(ana, "topics_group:")
    await tells(ana, "seeks", "Ehrenamt")
    await ana.says("Bestätigen e. V.")
    assert (await sqlite_world.rows(Person.organisation))[-1] == "Bestätigen e. V."


async def test_a_line_that_is_tapped_can_be_typed_from_the_summary(world):
    ana = await world.joined("Ana Keller")
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
    assert "Gerade warte ich auf keine Antwort." in await ana.says("Quark")
    await ana.says("/profil")
    await ana.says("Rolle")
    assert (await ana.says("Abbrechen")).startswith("Abgebrochen.")


async def test_a_status_is_typed_and_a_sentence_stays_a_note(world):
    ana, ben = await pair(world)
    await promise(ana, ben, "Ich rufe Ben Albrecht im Mai an.")
    await world.clock.advance(months=1, days=5)
    label = ana.with_data("report:").buttons[0]
    assert label == "Läuft"
    await ana.says("läuft")
    assert await world.rows(Report.status) == [Status.RUNNING]
    assert "Notiz" in await ana.says("Läuft, wir haben lange telefoniert")


async def test_a_reply_to_an_invitation_is_typed(sqlite_world):
    workshop = await open_workshop(sqlite_world)
    ana = await guest(sqlite_world, workshop, "Ana Keller")
    await guest(sqlite_world, workshop, "Ben Albrecht")
    await ana.says("/partner")
    assert shows(ana, "meet:")
    await ana.says("kennenlernen")
    assert not shows(ana, "meet:")
