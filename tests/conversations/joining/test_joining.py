"""From the QR code to a complete profile: doors, interruptions, what may be skipped."""

from db.models import Membership
from tests.cast import agrees
from tests.conversations.joining.door import newcomer


async def test_a_link_leads_into_its_workshop(sqlite_world):
    ana = await newcomer(sqlite_world)
    assert ana.last.startswith("Schön, dass du da bist!\nIch bin Mutmacher")
    assert ana.buttons[0] == "Los geht's"
    await agrees(ana)
    assert ana.last.startswith("Für wen bist du heute hier?")
    assert await sqlite_world.count(Membership) == 1


async def test_whoever_comes_after_the_day_is_not_shown_anything_today(sqlite_world):
    ana = await newcomer(sqlite_world)
    assert "Heute zeige ich dir" in ana.last
    await sqlite_world.clock.advance(days=1)
    assert "\nIch zeige dir, mit wem sich ein Gespräch lohnt." in await ana.start(f"w_{sqlite_world.code}")


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
    assert "Ohne Code kannst du zustimmen und das Team fragen." in ana.last
    await ana.taps("Ohne Code beginnen")
    await ana.taps("Ja, ich willige ein")
    await ana.taps("Ja, über Telegram")
    assert ana.last.startswith("Welche Werkstatt?")
    assert ana.buttons == ["Frag das Team", "Hilfe"]
    assert "Diesen Code kenne ich nicht" in await ana.says("ABC234")
    assert "Diesen Code kenne ich nicht" in await ana.says("Ich weiß nicht, was du meinst")
    await ana.says(sqlite_world.code.lower())
    assert ana.last.startswith("Für wen bist du heute hier?")


async def test_a_wrong_link_is_a_welcome_all_the_same(sqlite_world):
    ana = await newcomer(sqlite_world, payload="w_ZZZZZZ")
    assert ana.last.startswith("Schön, dass du da bist!")
    ben = await sqlite_world.joined("Ben Albrecht", until="role")
    assert "Diesen Code kenne ich nicht" in await ben.start("w_ZZZZZZ")
    assert "Dieser Link öffnet nichts" in await ben.start("c_1234")
    assert "Dieser Link öffnet nichts" in await ben.start("o_1234")


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
