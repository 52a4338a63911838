"""Buttons of the profile further up: what they may still change, and what not."""

from db.models import Consent, Person
from tests.cast import tells


async def test_an_old_button_to_skip_empties_no_line(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="land", place="Neustadt")
    of_land = ana.newest
    await ana.taps("Sachsen")
    await tells(ana, "seeks", "Ehrenamt")
    of_organisation = ana.newest
    await ana.says("Rathaus Dresden")
    of_offers = ana.newest
    await tells(ana, "offers", "Kita-Plätze")
    await ana.taps_data("a_yes")
    await ana.taps("Bestätigen")
    for old, what in ((of_land, "land"), (of_organisation, "organisation"), (of_offers, "offers")):
        heard = await ana.presses(old, f"skip:{what}")
        assert "Dieser Knopf ist nicht mehr aktuell." in heard
        assert "Dein Profil\n" in heard
        for line in ("Organisation: Rathaus Dresden", "Bundesland: Sachsen", "Biete: Kita"):
            assert line in heard, what


async def test_in_the_middle_of_joining_an_old_button_skips_no_other_question(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="organisation")
    question = ana.newest
    await ana.says("Rathaus Dresden")
    heard = await ana.presses(question, "skip:organisation")
    assert heard.startswith("Dieser Knopf ist nicht mehr aktuell.")
    assert len(ana.new) == 2
    assert ana.shows("skip:offers"), "the open question again"
    assert (await sqlite_world.rows(Person.organisation))[-1] == "Rathaus Dresden"


async def test_a_line_is_emptied_in_its_own_question_and_only_once_there(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", organisation="Rathaus Dresden")
    await ana.says("/profil")
    await ana.taps_data("edit:organisation")
    question = ana.newest
    assert "Organisation: offen" in await ana.taps("Leeren")
    await ana.taps_data("edit:organisation")
    await ana.says("Rathaus Leipzig")
    heard = await ana.taps("Leeren", message=question)
    assert "nicht mehr aktuell" in heard
    assert "Organisation: Rathaus Leipzig" in heard
    await ana.taps_data("edit:land")
    assert "Bundesland: offen" in await ana.taps("Leeren")


async def test_another_line_s_old_button_leaves_the_line_being_edited_open(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="organisation")
    question = ana.newest
    await ana.says("Rathaus Dresden")
    await tells(ana, "offers", None)
    await ana.taps_data("a_yes")
    await ana.taps("Bestätigen")
    await ana.says("/profil")
    await ana.taps_data("edit:name")
    await ana.presses(question, "skip:organisation")
    assert ana.last.startswith("Wie heißt du?")
    assert "Name: Anna Braun" in await ana.says("Anna Braun")
    assert "Organisation: Rathaus Dresden" in ana.last


async def test_a_role_or_land_tapped_further_up_corrects_and_says_so(world):
    ana = await world.joined("Ana Keller", until="role")
    roles = ana.newest
    await ana.taps("Rathaus")
    heard = await ana.taps("Verein", message=roles)
    assert heard.startswith("Rolle ist geändert\nJetzt steht da: Verein oder Initiative.")
    assert "Wie heißt du?" in ana.last
    await ana.says("Ana Keller")
    await ana.says("Neustadt")
    laender = ana.newest
    await ana.taps("Sachsen")
    assert (await ana.taps("Thüringen", message=laender)).startswith("Bundesland ist geändert")
    assert "Was treibt dich" in ana.last
    assert await world.rows(Person.land) == [None, "TH"]


async def test_a_confirmed_role_is_not_lost_to_an_old_button(sqlite_world):
    cem = await sqlite_world.joined("Cem Demir", role="mp")
    roles = cem.with_data("role:")
    orga = await sqlite_world.organiser()
    await orga.sends_button_data("claims")
    await orga.taps_data("claim_yes:")
    heard = await cem.presses(roles, "role:association")
    assert "nicht mehr aktuell" in heard
    assert "Rolle: Bundestag oder Landtag, bestätigt" in heard


async def test_announcements_are_answered_where_they_are_asked(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="announcements")
    question = ana.newest
    await ana.taps("Nein, danke")
    heard = await ana.taps("Ja, gern", message=question)
    assert heard.startswith("Dieser Knopf ist nicht mehr aktuell.")
    assert "Ankündigungen: nein" in ana.last
    await ana.taps("Ankündigungen")
    await ana.taps("Ja, gern")
    assert [c.given for c in await sqlite_world.rows(Consent)] == [True, True, False, True]


async def test_an_old_yes_to_announcements_gives_no_consent_that_was_refused_since(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller")
    question = ana.with_data("a_yes")
    await ana.says("/profil")
    await ana.taps_data("edit:announcements")
    await ana.taps("Nein")
    heard = await ana.taps("Ja, gern", message=question)
    assert heard.startswith("Dieser Knopf ist nicht mehr aktuell.")
    assert "Ankündigungen: nein" in heard, "what is stored now"
    await ana.taps_data("edit:announcements")
    assert "Ankündigungen: ja" in await ana.taps("Ja")
    await ana.says("/widerruf")
    await ana.taps("Nein: Ankündigungen")
    await ana.taps("Ja, gern", message=question)
    assert "Ankündigungen: nein" in ana.last
