"""From the QR code to a complete profile: doors, consents, interruptions."""

import pytest
from sqlalchemy import event

from db.models import Consent, Draft, Inbox, Interest, Membership, Person
from domain import consents
from domain.outcomes.choices import Purpose
from domain.voice import Voice
from tests.world import agrees, shows

ABOUT_PEOPLE = (Person, Consent, Membership, Interest, Draft)


async def newcomer(world, payload=None):
    """Somebody at the door, who has followed the workshop's link."""
    await world.workshop("Werkstatt Berlin")
    ana = await world.person("Ana", username="ana_k", last_name="Keller")
    await ana.start(f"w_{world.code}" if payload is None else payload)
    return ana


async def nothing_is_stored_about(world, person):
    assert person.id not in await world.rows(Person.chat_id)
    counts = [await world.count(table) for table in ABOUT_PEOPLE[1:]]
    assert counts == [0, 0, 0, 1], "only the organiser's finished draft"
    stored = await world.stored()
    assert not [words for words in ("Keller", "ana_k", *person.typed) if words in stored]


# --- doors


async def test_a_link_leads_into_its_workshop(world):
    ana = await newcomer(world)
    assert ana.last.startswith("Schön, dass du da bist!\nIch bin Mutmacher")
    assert ana.buttons[0] == "Los geht's"
    await agrees(ana)
    assert ana.last.startswith("Für wen bist du heute hier?")
    assert await world.count(Membership) == 1


async def test_a_typed_code_leads_there_too_however_it_is_spelled(sqlite_world):
    code = await sqlite_world.workshop()
    while "0" not in code:
        code = await sqlite_world.workshop()
    ana = await sqlite_world.person("Ana")
    assert "Für welche Werkstatt" in await ana.start()
    spellings = (code, code.lower(), " ".join(code), f"  {code[:3]}-{code[3:]}\n", code.replace("0", "o"))
    for spelled in spellings:
        await ana.says(spelled)
        assert ana.buttons[0] == "Los geht's", spelled
    await agrees(ana)
    assert ana.last.startswith("Für wen bist du heute hier?")


async def test_without_a_code_it_is_asked_for_after_the_consents(sqlite_world):
    ana = await newcomer(sqlite_world, payload="")
    await ana.taps("Ohne Code beginnen")
    await ana.taps("Ja, ich willige ein")
    await ana.taps("Ja, über Telegram")
    assert ana.last.startswith("Welche Werkstatt?")
    assert "Diesen Code kenne ich nicht" in await ana.says("ABC234")
    assert "Diesen Code kenne ich nicht" in await ana.says("Ich weiß nicht, was du meinst")
    await ana.says(sqlite_world.code.lower())
    assert ana.last.startswith("Für wen bist du heute hier?")


async def test_a_wrong_link_is_a_welcome_all_the_same(sqlite_world):
    ana = await newcomer(sqlite_world, payload="w_ZZZZZZ")
    assert ana.last.startswith("Schön, dass du da bist!")
    ben = await sqlite_world.joined("Ben Albrecht", until="role")
    assert "Diesen Code kenne ich nicht" in await ben.start("w_ZZZZZZ")
    assert "Das kann ich noch nicht" in await ben.start("h_1234")


async def test_a_second_door_is_harmless_and_a_second_workshop_is_joined(world):
    ana = await world.joined("Ana Keller", organisation="Rathaus Dresden")
    first = world.code
    assert "Hier bist du schon dabei.\nWerkstatt Berlin" in await ana.start(f"w_{first}")
    second = await world.workshop("Werkstatt Nord")
    heard = await ana.start(f"w_{second}")
    assert "Willkommen in dieser Werkstatt!\nWerkstatt Nord" in heard
    assert await world.count(Membership) == 2
    assert "Hier bist du schon dabei.\nWerkstatt Berlin" in await ana.says(first.lower())
    assert await world.count(Membership) == 2


async def test_a_code_typed_in_the_middle_of_joining_goes_on_there(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="name")
    second = await sqlite_world.workshop("Werkstatt Nord")
    assert "Wie heißt du?" in await ana.says(second)
    assert await sqlite_world.count(Membership) == 2


# --- consents


async def test_before_the_first_yes_nothing_typed_is_stored_and_the_question_comes(world):
    kept = []
    ana = await newcomer(world)
    event.listen(world.database.engines[0].sync_engine, "before_execute", _noting(kept))
    for words in ("Kanariengelb und Zitronenfalter", "/unbekannt Kanariengelb", "Zwölf Kanarienvögel"):
        heard = await ana.says(words)
        assert "Schön, dass du da bist!" in heard
        assert shows(ana, "begin:")
    await ana.uploads("photo", caption="Kanariengelb")
    await ana.shares_contact("+49301234567")
    await ana.sends_anything(location={"latitude": 52.5, "longitude": 13.4})
    assert len(kept) == 6
    assert not [
        row
        for row in kept
        if "Kanarien" in row or "Zitronen" in row or "Keller" in row or "52.5" in row or "+49" in row
    ]
    await nothing_is_stored_about(world, ana)


def _noting(kept):
    """Notes every update as it is about to be stored, before it is encrypted."""

    def note(_connection, statement, multiparams, params, _options):
        if getattr(statement, "is_insert", False) and statement.table.name == Inbox.__tablename__:
            kept.append(f"{statement.compile().params} {multiparams} {params}")

    return note


async def test_words_between_the_two_yes_are_not_stored_either(sqlite_world):
    ana = await newcomer(sqlite_world)
    await ana.taps("Los geht's")
    await ana.says("Kanariengelb")
    await ana.taps("Ja, ich willige ein")
    heard = await ana.says("Zitronenfalter")
    assert "Und der Weg: Telegram." in heard
    stored = await sqlite_world.stored()
    assert "Kanarien" not in stored
    assert "Zitronen" not in stored


async def test_no_to_the_core_leaves_nothing(sqlite_world):
    ana = await newcomer(sqlite_world)
    await ana.taps("Los geht's")
    assert "Gespeichert ist nichts." in await ana.taps("Nein, danke")
    await nothing_is_stored_about(sqlite_world, ana)


async def test_no_to_telegram_takes_the_first_yes_back(world):
    ana = await newcomer(world)
    await ana.taps("Los geht's")
    await ana.taps("Ja, ich willige ein")
    assert await world.count(Consent) == 1
    assert "Gespeichert ist nichts." in await ana.taps("Nein, danke")
    await nothing_is_stored_about(world, ana)
    await ana.start(f"w_{world.code}")
    await agrees(ana)
    assert ana.last.startswith("Für wen bist du heute hier?")


@pytest.mark.parametrize("voice", Voice)
async def test_a_yes_is_stored_with_the_text_that_was_shown(sqlite_world, voice):
    world = sqlite_world
    await world.joined("Ana Keller", voice=voice)
    given = await world.rows(Consent)
    assert [each.purpose for each in given] == [Purpose.CORE, Purpose.CARRIER, Purpose.ANNOUNCEMENTS]
    for each in given:
        text = consents.text(each.purpose, voice)
        assert (each.given, each.voice, each.version) == (True, voice, text.version)
        assert each.sha256 == text.sha256(world.settings.controller)
        assert abs((each.at - world.clock.now()).total_seconds()) < 60


async def test_no_to_announcements_is_an_answer_and_all_else_works(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", announcements=False)
    assert ana.last.startswith("Alles bereit")
    assert [c.given for c in await sqlite_world.rows(Consent)] == [True, True, False]


async def test_the_long_text_can_be_read_before_and_between(sqlite_world):
    ana = await newcomer(sqlite_world)
    await ana.taps("Erst lesen")
    assert ana.last.startswith("Deine Daten bei Mutmacher")
    await ana.taps("Ja, ich willige ein")
    await ana.taps("Alles lesen")
    assert ana.last.startswith("Deine Daten bei Mutmacher")
    await ana.taps("Ja, über Telegram")
    assert ana.last.startswith("Für wen bist du heute hier?")
    assert await sqlite_world.count(Membership) == 1


async def test_without_telegram_there_is_a_way_back(sqlite_world):
    ana = await newcomer(sqlite_world)
    assert "Am Infopunkt" in await ana.taps("Ohne Telegram")
    await ana.taps("Zurück")
    await agrees(ana)
    assert await sqlite_world.count(Membership) == 1


# --- interruptions


async def test_the_bot_may_start_again_between_any_two_steps_and_nobody_answers_twice(world):
    ana = await newcomer(world)
    steps = [
        (ana.taps, "Los geht's", "Zuerst dein Ja."),
        (ana.taps, "Ja, ich", "Und der Weg"),
        (ana.taps, "Ja, über", "Für wen bist du"),
        (ana.taps, "Verein", "Wie heißt du"),
        (ana.says, "Ana Keller", "Aus welcher Gegend"),
        (ana.says, "Neustadt", "In welchem Bundesland"),
        (ana.taps, "Sachsen", "Was treibt dich"),
        (ana.says, "Ehrenamt", "Verstanden: Ehrenamt"),
        (ana.taps, "Bestätigen", "Wie heißt deine Organisation"),
        (ana.says, "Stadtgarten e. V.", "was läuft bei euch schon gut"),
        (ana.says, "Kita-Plätze", "Verstanden: "),
        (ana.taps, "Bestätigen", "Ankündigungen aus der Werkstatt?"),
        (ana.taps, "Ja, gern", "Dein Profil"),
        (ana.taps, "Bestätigen", "Alles bereit, Ana Keller!"),
    ]
    for act, what, follows in steps:
        before = len(ana.messages)
        await world.restart()
        assert len(ana.messages) == before, "nothing is said twice"
        await act(what)
        assert follows in ana.last, ana.screen()
    assert "Stadtgarten e. V." in await ana.says("/profil")


async def test_start_goes_on_where_one_was(sqlite_world):
    ana = await newcomer(sqlite_world)
    await agrees(ana)
    steps = [
        ("Für wen bist du", lambda: ana.taps("Verein")),
        ("Wie heißt du", lambda: ana.says("Ana Keller")),
        ("Aus welcher Gegend", lambda: ana.says("Neustadt")),
        ("In welchem Bundesland", lambda: ana.taps("Sachsen")),
        ("Was treibt dich", lambda: ana.says("Ehrenamt")),
        ("Verstanden: Ehrenamt", lambda: ana.taps("Bestätigen")),
        ("Wie heißt deine Organisation", lambda: ana.taps("Überspringen")),
        ("was läuft bei euch schon gut", lambda: ana.taps("Überspringen")),
        ("Ankündigungen aus der Werkstatt?", lambda: ana.taps("Ja, gern")),
        ("Dein Profil", lambda: ana.taps("Bestätigen")),
    ]
    for question, answer in steps:
        for payload in ("", f"w_{sqlite_world.code}"):
            assert question in await ana.start(payload)
            assert len(ana.new) == 1
        await answer()
    assert (await ana.start()).startswith("Alles bereit, Ana Keller!")
    assert await sqlite_world.count(Membership) == 1


async def test_everything_that_may_be_skipped_is_skipped(sqlite_world):
    ana = await newcomer(sqlite_world)
    await agrees(ana)
    await ana.taps("Etwas anderes")
    await ana.says("Ana")
    await ana.says("Neustadt")
    for question in ("In welchem Bundesland", "Was treibt dich", "Wie heißt deine Org", "was läuft bei euch"):
        assert question in ana.last, ana.screen()
        await ana.taps_data("skip:")
    await ana.taps("Nein, danke")
    assert "Suche: offen" in ana.last
    await ana.taps("Bestätigen")
    assert ana.last.startswith("Alles bereit, Ana!")


async def test_a_claimed_mandate_is_welcomed_with_the_rule(sqlite_world):
    cem = await sqlite_world.joined("Cem Demir", role="mp", until="name")
    assert "„noch nicht bestätigt“" in cem.messages[-2].text
    assert "@mutmacher_stage_bot" in cem.messages[-2].text
    assert cem.last.startswith("Wie heißt du?")
    await cem.says("Cem Demir")
    await cem.says("Leipzig")
    await cem.taps_data("skip:seeks")
    await cem.taps_data("skip:organisation")
    assert cem.buttons[:4] == [
        "Gespräch anbieten", "Kontakt vermitteln", "Vor Ort vorbeikommen", "Thema einbringen",
    ]  # fmt: skip
    await cem.taps("Gespräch anbieten")
    await cem.taps("Kontakt vermitteln")
    await cem.taps("Gespräch anbieten")
    assert cem.buttons[1] == "✓ Kontakt vermitteln"
    await cem.taps("Bestätigen")
    await cem.taps("Nein, danke")
    assert "Rolle: Bundestag oder Landtag, noch nicht bestätigt" in cem.last


# --- buttons that no longer fit


async def test_old_buttons_of_joining_repeat_nothing(sqlite_world):
    ana = await newcomer(sqlite_world)
    first = ana.newest
    await agrees(ana)
    consent = ana.messages[1]
    for bubble, label in ((first, "Los geht's"), (consent, "Ja, ich")):
        assert (await ana.taps(label, message=bubble)).startswith("Für wen bist du heute hier?")
    heard = await ana.taps("Nein, danke", message=consent)
    assert heard.startswith("Dieser Knopf ist nicht mehr aktuell.")
    assert heard.endswith("Ein Tipp genügt. Mehr geht später unter /profil.")
    assert await sqlite_world.count(Consent) == 2


async def test_a_button_pressed_twice_at_once_counts_once(world):
    ana = await world.joined("Ana Keller", until="organisation")
    press = ("press", {"message_id": ana.newest.id, "data": "skip:organisation"})
    await ana.does_at_once(press, press)
    assert "was läuft bei euch schon gut" in ana.last
    await ana.taps_data("skip:offers")
    press = ("press", {"message_id": ana.newest.id, "data": "a_yes"})
    await ana.does_at_once(press, press, press)
    assert "Dein Profil" in ana.last
    assert await world.count(Consent) == 3


async def test_a_link_followed_twice_at_once_makes_one_person(world):
    await world.workshop()
    ana = await world.person("Ana")
    await ana.does_at_once(*[("start", {"payload": f"w_{world.code}"})] * 2)
    await ana.taps("Los geht's")
    press = ("press", {"message_id": ana.newest.id, "data": ana.newest.data_of("Ja, ich")})
    await ana.does_at_once(press, press)
    assert len([chat for chat in await world.rows(Person.chat_id) if chat == ana.id]) == 1
    assert await world.count(Consent) == 1


async def test_somebody_elses_button_looks_like_a_stale_one(sqlite_world):
    await sqlite_world.joined("Ana Keller")
    ben = await sqlite_world.joined("Ben Albrecht", seeks=None)
    foreign = (await sqlite_world.rows(Interest.id))[0]
    replies = set()
    for data in ("topic_drop:{}", "topic_pick:{}:ehrenamt", "topic_all:{}", "topic_none:{}"):
        for number in (foreign, 999_999, "0", "1" * 30, "x"):
            replies.add(await ben.forges(data.format(number)))
    assert [reply.split("\n")[0] for reply in replies] == ["Dieser Knopf ist nicht mehr aktuell."]
    assert await sqlite_world.rows(Interest.id) == [foreign]


async def test_what_no_button_says_is_out_of_date(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller")
    for data in (
        "",
        "nonsense",
        "role",
        "role:king",
        "edit:name:x",
        "land:XX",
        "k_yes:0",
        "ä:1",
        "role:mp\n",
    ):
        assert (await ana.forges(data)).startswith("Dieser Knopf ist nicht mehr aktuell."), data


async def test_a_profile_button_before_the_first_yes_leads_to_the_welcome(sqlite_world):
    ana = await newcomer(sqlite_world)
    for data in (
        "profile",
        "edit:name",
        "role:mp",
        "u_yes",
        "u_no",
        "partner",
        "profile_ok",
        "code",
        "my_data",
    ):
        heard = await ana.forges(data)
        assert "Schön, dass du da bist!" in heard or "Deine Daten" in heard, data
    await nothing_is_stored_about(sqlite_world, ana)
