"""The summary and its lines, topics in every way they can be said, and commands in every state."""

import pytest

from db.models import Consent, Interest, Person
from domain import topics
from domain.outcomes.choices import Direction
from tests.world import agrees, shows, tells

LINES = {
    "name": ("Anna Keller-Braun", "Name: Anna Keller-Braun"),
    "organisation": ("Rathaus Dresden", "Organisation: Rathaus Dresden"),
    "place": ("Leipzig", "Ort: Leipzig"),
}
ASIDE = {
    "/hilfe": "Das geht hier",
    "/help": "Das geht hier",
    "/datenschutz": "Deine Daten bei Mutmacher",
    "/privacy": "Deine Daten bei Mutmacher",
    "/developer_info": "Deine Daten bei Mutmacher",
}


async def topics_of(world, direction=Direction.SEEKS):
    return [i.topic or i.words for i in await world.rows(Interest) if i.direction is direction]


async def asked_what_moves(world, **more):
    return await world.joined("Ana Keller", until="seeks", **more)


# --- the summary


async def test_every_line_of_the_summary_can_be_changed(world):
    ana = await world.joined("Ana Keller", until="summary")
    for question, (words, line) in LINES.items():
        await ana.taps_data(f"edit:{question}")
        assert "Abbrechen" in ana.buttons
        assert line in await ana.says(words)
    assert "Bundesland: Sachsen" in ana.last
    await ana.taps_data("edit:land")
    assert "Bundesland: Thüringen" in await ana.taps("Thüringen")
    await ana.taps_data("edit:role")
    assert "Rolle: Verein oder Initiative" in await ana.taps("Verein")
    await ana.taps_data("edit:seeks")
    await ana.taps("Anders sagen")
    await tells(ana, "seeks", "Klimaschutz")
    assert "Suche: Klimaschutz" in ana.last
    await ana.taps_data("edit:offers")
    await tells(ana, "offers", "Ehrenamt")
    assert "Biete: Ehrenamt" in ana.last
    await ana.taps_data("edit:announcements")
    assert "Ankündigungen: nein" in await ana.taps("Nein, danke")
    assert "Stimmt alles so?" in ana.last
    await ana.taps("Bestätigen")
    await ana.says("/profil")
    await ana.taps_data("edit:announcements")
    assert "Ankündigungen: ja" in await ana.taps("Ja, gern")
    await ana.taps_data("edit:name")
    assert "Name: Ana Keller" in await ana.says("Ana Keller")
    assert [c.given for c in await world.rows(Consent)] == [True, True, True, False, True]


async def test_an_edit_that_is_called_off_changes_nothing(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller")
    await ana.says("/profil")
    await ana.taps_data("edit:name")
    assert "Abgebrochen." in await ana.taps("Abbrechen")
    assert "Gerade warte ich auf keine Antwort." in await ana.says("Anna Braun")
    assert await sqlite_world.rows(Person.name) == [None, "Ana Keller"]


async def test_topics_that_are_called_off_are_what_they_were(world):
    """However often they were said differently; and a greeting replaces nothing."""
    ana = await world.joined("Ana Keller")
    before = await summary_line(ana, "Suche")
    await ana.taps_data("edit:seeks")
    await ana.says("hallo")
    assert await summary_line(ana, "Suche") == before
    await ana.taps_data("edit:seeks")
    await ana.says("Radwege")
    await ana.taps("Anders sagen")
    await ana.says("Kita-Plätze")
    assert "Kita" in ana.last
    await ana.says("/abbrechen")
    assert await summary_line(ana, "Suche") == before
    await ana.taps_data("edit:seeks")
    await ana.says("Radwege")
    await ana.taps("Bestätigen")
    await ana.says("/abbrechen")
    assert await summary_line(ana, "Suche") == "Suche: Radverkehr"


async def summary_line(person, label):
    await person.says("/profil")
    return next(line for line in person.last.splitlines() if line.startswith(f"{label}:"))


async def test_words_too_long_are_asked_for_again_with_the_limit(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="name")
    assert "Bis zu 60 Zeichen" in await ana.says("A" * 61)
    assert "Aus welcher Gegend" in await ana.says("A" * 60)
    assert "Bis zu 80 Zeichen" in await ana.says("Ort " * 30)
    await ana.says("Dresden")
    assert "Bis zu 500 Zeichen" in await ana.says("Kita " * 101)
    await tells(ana, "seeks", "Kita-Plätze")
    assert "Bis zu 120 Zeichen" in await ana.says("e" * 121)


async def test_after_a_refusal_the_open_question_stands_beneath_it(world):
    ana = await world.joined("Ana Keller", until="name")
    for refused, said in (("A" * 61, "Bis zu 60 Zeichen"), ("\u200b", "keine Worte"), ("/nanu", "Befehl")):
        assert said in await ana.says(refused)
        assert ana.last.startswith("Wie heißt du?"), refused
        assert len(ana.new) == 2
    await ana.says("Ana Keller")
    await ana.uploads("voice")
    assert [each.text.split("\n")[0] for each in ana.new] == [
        "Hören kann ich noch nicht, sehen auch nicht.",
        "Aus welcher Gegend kommst du?",
    ]
    await ana.says("Neustadt")
    assert (await ana.says("Atlantis")).startswith("Hier geht es mit einem Tipp weiter.")
    assert len(ana.new) == 2
    assert "In welchem Bundesland liegt das?" in ana.last
    await ana.says("/partner")
    assert "In welchem Bundesland liegt das?" in ana.last


async def test_after_a_refusal_the_line_being_edited_is_asked_for_again(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", organisation="Rathaus Dresden")
    await ana.says("/profil")
    await ana.taps_data("edit:organisation")
    await ana.says("e" * 121)
    assert len(ana.new) == 2
    assert ana.buttons == ["Zeile leeren", "Abbrechen"]
    await ana.uploads("voice")
    assert ana.buttons == ["Zeile leeren", "Abbrechen"]
    assert "Organisation: offen" in await ana.taps("Leeren")
    await ana.uploads("voice")
    assert len(ana.new) == 1, "no question is open"


async def test_too_long_words_while_editing_keep_the_question_open(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller")
    await ana.says("/profil")
    await ana.taps_data("edit:name")
    assert "Bis zu 60 Zeichen" in await ana.says("A" * 61)
    assert "Name: Anna Braun" in await ana.says("Anna Braun")


async def test_a_new_name_needs_a_new_confirmation(world):
    cem = await world.joined("Cem Demir", role="mp")
    orga = await world.organiser()
    await orga.says("/teilnehmende")
    await orga.taps_data("claim_yes:")
    await cem.says("/profil")
    assert "Rolle: Bundestag oder Landtag, bestätigt" in cem.last
    await cem.taps_data("edit:place")
    assert ", bestätigt" in await cem.says("Leipzig")
    await cem.taps_data("edit:name")
    assert ", noch nicht bestätigt" in await cem.says("Cem Aydin")
    await orga.says("/teilnehmende")
    await orga.taps_data("claim_yes:")
    await cem.says("/profil")
    await cem.taps_data("edit:role")
    await cem.taps("Verein")
    await cem.taps_data("edit:role")
    assert ", noch nicht bestätigt" in await cem.taps("Bundestag")


async def test_a_place_in_several_laender_is_asked_about(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="place")
    await ana.says("Neustadt")
    assert "In welchem Bundesland liegt das?\n„Neustadt“" in ana.last
    assert "Hier geht es mit einem Tipp weiter." in await ana.says("Atlantis")
    await ana.taps("Sachsen")
    assert "Was treibt dich" in ana.last
    assert await sqlite_world.rows(Person.land) == [None, "SN"]


# --- buttons further up


async def test_an_old_button_to_skip_empties_no_line(world):
    ana = await world.joined("Ana Keller", until="land", place="Neustadt")
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
    assert shows(ana, "skip:offers"), "the open question again"
    assert (await sqlite_world.rows(Person.organisation))[-1] == "Rathaus Dresden"


async def test_a_line_is_emptied_in_its_own_question_and_only_once_there(world):
    ana = await world.joined("Ana Keller", organisation="Rathaus Dresden")
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
    heard = await ana.presses(question, "skip:organisation")
    assert heard.endswith("Wie heißt du?") or "Wie heißt du?" in ana.last
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
    await orga.says("/teilnehmende")
    await orga.taps_data("claim_yes:")
    heard = await cem.presses(roles, "role:association")
    assert "nicht mehr aktuell" in heard
    assert "Rolle: Bundestag oder Landtag, bestätigt" in heard


async def test_a_list_further_up_is_brought_up_to_date_before_a_tap_in_it_counts(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.taps("Aus Liste wählen")
    await ana.taps_data("topics_group:")
    old = ana.newest
    tap = next(data for _, data in old.keyboard if data.startswith("topic_toggle"))
    chosen = tap.split(":")[2]
    await ana.says(topics.load().label(chosen, "de"))
    if shows(ana, "topic_pick"):
        await ana.taps_data(f"topic_pick:{ana.newest.keyboard[0][1].split(':')[1]}:{chosen}")
    assert await topics_of(sqlite_world) == [chosen]
    await ana.presses(old, tap)
    assert await topics_of(sqlite_world) == [chosen], "the tap was to take it, not to give it back"
    refreshed = next(each for each in ana.messages if each.id == old.id)
    assert any(label.startswith("✓ ") for label in refreshed.buttons)
    await ana.presses(refreshed, tap)
    assert await topics_of(sqlite_world) == []


async def test_what_was_understood_further_up_is_not_confirmed_for_something_else(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.says("Ehrenamt")
    old = ana.newest
    await ana.says("Klimaschutz")
    heard = await ana.taps("Bestätigen", message=old)
    assert "Verstanden: Klimaschutz" in heard
    await ana.taps("Bestätigen", message=old)
    assert "Wie heißt deine Organisation" in ana.last


# --- topics


async def test_sure_topics_are_confirmed(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.says("Ehrenamt und Klimaschutz")
    assert "Ehrenamt" in ana.last
    assert "Klimaschutz" in ana.last
    await ana.taps("Bestätigen")
    assert await topics_of(sqlite_world) == ["ehrenamt", "klimaschutz"]


async def test_typing_errors_are_no_matter(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.says("ehrnamt, klimaschuz")
    while "Meinst du" in ana.last:
        await ana.taps_data("topic_pick")
    await ana.taps("Bestätigen")
    assert set(await topics_of(sqlite_world)) == {"ehrenamt", "klimaschutz"}


def doubtful():
    """Words that may mean something of the list, or nothing."""
    candidates = ("Jugend", "Ärzte", "Geld fehlt", "Jugendrat", "Hausarzt gesucht")
    understood = {words: topics.load().understand(words) for words in candidates}
    return next(words for words, heard in understood.items() if heard.ask and not heard.sure)


async def test_a_doubt_is_resolved_by_a_tap(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    assert "Meinst du" in await ana.says(doubtful())
    picked = next(data for _, data in ana.newest.keyboard if data.startswith("topic_pick")).split(":")[2]
    await ana.taps_data("topic_pick")
    await ana.taps("Bestätigen")
    assert await topics_of(sqlite_world) == [picked]


async def test_a_doubt_may_be_none_of_them(sqlite_world):
    ana, words = await asked_what_moves(sqlite_world), doubtful()
    await ana.says(words)
    old = ana.newest.data_of("Keins davon")
    await ana.taps("Keins davon")
    assert f"„{words}“" in ana.last
    assert "Dieser Knopf ist nicht mehr aktuell." in await ana.forges(old)
    await ana.taps("Bestätigen")
    assert await topics_of(sqlite_world) == [words]


async def test_own_words_stay_as_they_are(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.says("Xylophonquartett im Zwergenland")
    assert ana.last.startswith("Ein neues Thema – ich nehme es, wie es ist."), ana.last
    await ana.taps("Bestätigen")
    assert await topics_of(sqlite_world) == ["Xylophonquartett im Zwergenland"]


async def test_one_of_several_is_struck(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.says("Ehrenamt und Klimaschutz")
    await ana.taps("Eins streichen")
    await ana.taps("Streichen: Ehrenamt")
    assert ana.last.startswith("Verstanden: Klimaschutz")
    await ana.taps("Bestätigen")
    assert await topics_of(sqlite_world) == ["klimaschutz"]


async def test_striking_the_last_asks_again(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.says("Ehrenamt und Klimaschutz")
    await ana.taps("Eins streichen")
    dropping = ana.newest
    await ana.taps("Streichen: Ehrenamt")
    await ana.forges(dropping.data_of("Streichen: Klimaschutz"))
    assert "Was treibt dich" in ana.last
    await tells(ana, "seeks", "Kita-Plätze")
    assert "Wie heißt deine Organisation" in ana.last


async def test_words_can_be_said_differently(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.says("Ehrenamt")
    await ana.taps("Anders sagen")
    assert "Was treibt dich" in ana.last
    await ana.says("Klimaschutz")
    await ana.taps("Bestätigen")
    assert await topics_of(sqlite_world) == ["klimaschutz"]


async def test_words_typed_instead_of_the_confirmation_replace_it(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.says("Ehrenamt")
    await ana.says("Klimaschutz")
    await ana.taps("Bestätigen")
    assert await topics_of(sqlite_world) == ["klimaschutz"]


async def test_topics_are_picked_from_the_list(world):
    ana = await asked_what_moves(world)
    before = len(ana.messages)
    await ana.taps("Aus Liste wählen")
    await ana.taps_data("topics_group:")
    first, second = [data for _, data in ana.newest.keyboard if data.startswith("topic_toggle")][:2]
    await ana.taps_data(first)
    assert "Gewählt: " in ana.last
    assert ana.buttons[0].startswith("✓ ")
    await ana.taps_data(second)
    await ana.taps_data(first)
    assert not ana.buttons[0].startswith("✓ ")
    assert len(ana.messages) == before, "the list changes in its message"
    await ana.taps_data("topics_ok:seeks")
    assert await topics_of(world) == [second.split(":")[2]]


async def test_every_group_and_page_of_the_list_opens(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.taps("Aus Liste wählen")
    groups = [data for _, data in ana.newest.keyboard if data.startswith("topics_group:")]
    assert len(groups) > 5
    for group in groups:
        await ana.forges(group, message_id=ana.newest.id)
        while "Nächste Seite" in ana.buttons:
            await ana.taps("Nächste Seite")
        assert "Alle Bereiche" in ana.buttons
    for wrong in (
        "topics_group:seeks:nowhere:0",
        "topics_group:seeks:engagement:99",
        "topic_toggle:seeks:nothing:0",
    ):
        await ana.forges(wrong, message_id=ana.newest.id)
        assert not any(each.text == "" for each in ana.new)


async def test_no_more_than_eight_topics_are_taken(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.taps("Aus Liste wählen")
    for group in [data for _, data in ana.newest.keyboard if data.startswith("topics_group:")][:4]:
        await ana.forges(group, message_id=ana.newest.id)
        for toggle in [data for _, data in ana.newest.keyboard if data.startswith("topic_toggle")][:3]:
            await ana.taps_data(toggle)
    assert len(await topics_of(sqlite_world)) == 8


async def test_an_office_offers_by_tap_and_in_words(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", role="authority", until="offers")
    await ana.taps("Kontakt vermitteln")
    assert "✓ Kontakt vermitteln" in ana.buttons
    await ana.says("Ehrenamt")
    await ana.taps("Bestätigen")
    assert await topics_of(sqlite_world, Direction.OFFERS) == ["offer-contact", "ehrenamt"]


# --- commands in every state


@pytest.mark.parametrize("state", ["stranger", "between", "role", "name", "seeks", "summary", None])
async def test_help_and_privacy_answer_in_every_state(sqlite_world, state):
    await sqlite_world.workshop()
    if state in ("stranger", "between"):
        ana = await sqlite_world.person("Ana")
        await ana.start(f"w_{sqlite_world.code}")
        if state == "between":
            await ana.taps("Los geht's")
            await ana.taps("Ja, ich")
    else:
        ana = await sqlite_world.joined("Ana Keller", until=state)
    for command, answer in ASIDE.items():
        assert answer in await ana.says(command), command
        assert answer in await ana.says(f"{command.upper()}@mutmacher_stage_bot"), command
        assert len(ana.new) == 1


async def test_commands_of_joined_people_lead_strangers_to_the_door(sqlite_world):
    await sqlite_world.workshop()
    ana = await sqlite_world.person("Ana")
    await ana.start(f"w_{sqlite_world.code}")
    for command in (
        "/profil",
        "/matches",
        "/pledges",
        "/pause",
        "/language",
        "/abbrechen",
        "/cancel",
        "/orga",
    ):
        assert "Los geht's" in (await ana.says(command)) + str(ana.buttons), command
    for command in ("/auskunft", "/mydata", "/widerruf", "/loeschen", "/delete", "/consents"):
        assert "Deine Daten bei Mutmacher" in await ana.says(command), command
    await agrees(ana)
    assert ana.last.startswith("Für wen bist du heute hier?")


async def test_commands_are_no_answers_while_a_question_is_open(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="name")
    assert "Wie heißt du?" in await ana.says("/profil")
    assert "Wie soll ich mit dir sprechen?" in await ana.says("/sprache")
    assert "Diesen Befehl kenne ich nicht." in await ana.says("/Ana Keller")
    assert "Diesen Befehl kenne ich nicht." in await ana.says("/werkstatt")
    assert "Diesen Befehl kenne ich nicht." in await ana.says("/export")
    assert await sqlite_world.rows(Person.name) == [None, None]
    assert "Aus welcher Gegend" in await ana.says("Ana Keller")


async def test_calling_off_in_the_middle_of_joining_asks_the_open_question(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="place")
    for command in ("/abbrechen", "/cancel"):
        assert (await ana.says(command)).startswith("Aus welcher Gegend kommst du?")
    await ana.says("Dresden")
    await ana.says("Ehrenamt")
    await ana.taps("Anders sagen")
    heard = await ana.says("/abbrechen")
    assert heard.startswith("Abgebrochen.")
    assert "Verstanden: Ehrenamt" in heard


async def test_calling_off_with_nothing_open_says_so(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller")
    assert (await ana.says("/abbrechen")).startswith("Gerade ist nichts offen.")


async def test_the_latest_answer_to_announcements_counts(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="announcements")
    question = ana.newest
    await ana.taps("Nein, danke")
    await ana.taps("Ja, gern", message=question)
    assert [c.given for c in await sqlite_world.rows(Consent)] == [True, True, False, True]
