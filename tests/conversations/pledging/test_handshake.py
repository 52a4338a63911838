"""The handshake: two people at a table, one sentence, and a code to scan or a number to type."""

from sqlalchemy import select

from db.models import Handshake, Membership, Person, Pledge
from domain.handshakes import WRONG_NUMBERS
from domain.pledges import State
from tests.cast import PAY, guest, open_workshop, pair, pledge_row
from tests.conversations.joining.door import nothing_is_stored_about
from tests.conversations.pledges import all_pledges
from tests.conversations.scanning import scanned

MOST_TAPS, MOST_TAPS_KNOWN, MOST_TAPS_NEW = 8, 4, 6
A_SCAN = 1  # and Telegram's own "Start"
INVITES = "Ben Albrecht lädt dich zu einem Versprechen ein"
NOTHING = "Damit lässt sich nichts öffnen"
READS = "liest jetzt euren Satz"
STALE = "Dieser Knopf ist nicht mehr aktuell"


async def holds_out(author, sentence=PAY, acts="author"):
    """From the list of pledges to the picture; the payload of its link, and its number."""
    await author.says("/versprechen")
    await author.taps_data("pledge_new")
    await author.taps("Wir stehen zusammen")
    await author.taps_data(next(data for _, data in author.newest.keyboard if data.endswith(f":{acts}")))
    await author.says(sentence)
    await author.taps("Bestätigen")
    return shown_by(author)


def shown_by(author):
    link, number = _link_in(author.newest), _bold(author.newest)[-1]
    return link.partition("start=")[2], number


def _link_in(bubble):
    return next(line for line in bubble.text.split("\n") if line.startswith("https://t.me/"))


def _bold(bubble):
    return [
        bubble.text[e["offset"] : e["offset"] + e["length"]] for e in bubble.entities if e["type"] == "bold"
    ]


async def state(world):
    return (await all_pledges(world))[-1].state


# --- from the picture to the pledge


async def test_two_who_know_the_bot(sqlite_world):
    ana, ben = await pair(sqlite_world)
    payload, number = await holds_out(ben)
    picture = ben.newest
    assert picture.text.startswith(f"Jetzt zu zweit\n„{PAY}“\nLass dein Gegenüber den Code scannen")
    assert "@mutmacher_stage_bot" in picture.text
    assert "Gilt bis heute Abend." in picture.text
    assert len(number) == 4
    assert await scanned(sqlite_world, picture) == _link_in(picture)
    assert picture.buttons == ["Name suchen", "Satz ändern", "Abbrechen"]
    said = await ana.start(payload)
    assert said.startswith(INVITES)
    assert PAY in said
    assert f"Ana Keller {READS}" in ben.last
    (picture,) = [each for each in ben.messages if each.id == picture.id]
    assert (picture.text, picture.buttons) == ("Dieser Code ist vergeben oder ersetzt", [])
    await ana.taps("Ich bin dabei")
    assert "Wann sprecht ihr wieder?" in ben.last
    await ana.taps("In 2 Wochen")
    assert ana.last.startswith("Abgemacht.")
    assert ben.last.startswith("Abgemacht.")
    assert await state(sqlite_world) is State.ACTIVE
    assert ben.taps_made <= MOST_TAPS
    assert ben.answers_typed == 1
    assert A_SCAN + ana.taps_made <= MOST_TAPS_KNOWN


async def test_somebody_new_to_the_bot_agrees_says_their_name_and_sees_the_sentence(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ben = await guest(world, workshop, "Ben Albrecht")
    payload, _ = await holds_out(ben)
    ana = await world.person("Ana", username="ana_k")
    welcome = await ana.start(payload)
    assert "Ich bin Mutmacher" in welcome
    assert "Jemand lädt dich zu einem Versprechen ein." in welcome
    await ana.taps("Los geht's")
    await ana.taps("Ja, ich willige ein")
    assert ana.last.startswith("Und der Weg")
    await world.restart()
    assert (await ana.taps("Ja, über Telegram")).startswith("Wie heißt du?")
    assert (await ana.start()).startswith("Wie heißt du?")
    assert PAY not in str([each.text for each in ana.messages])
    assert (await ana.says("Ana Keller")).startswith(INVITES)
    assert PAY in ana.last
    assert ben.last.startswith(f"Ana Keller {READS}")
    await ana.taps("Ich bin dabei")
    assert "Wann sprecht ihr wieder?" in ben.last
    said = await ana.taps("In 2 Wochen")
    assert "Abgemacht." in said
    assert ana.last.startswith("Für wen bist du heute hier?"), "then the rest of joining"
    assert A_SCAN + ana.taps_made <= MOST_TAPS_NEW
    assert ana.answers_typed == 1
    (row,) = await world.chosen(select(Person.id).where(Person.chat_id == ana.id))
    assert await world.chosen(select(Membership.workshop_id).where(Membership.person_id == row)) == [workshop]
    await ana.taps("Verein")
    assert ana.last.startswith("Aus welcher Gegend"), "the name is known"


async def test_a_typed_number_is_opened_after_the_authors_yes(sqlite_world):
    ana, ben = await pair(sqlite_world)
    _, number = await holds_out(ben)
    said = await ana.says(f"Die Zahl ist {number[:2]} {number[2:]}.")
    assert said.startswith("Einen Moment noch")
    assert PAY not in str([each.text for each in ana.messages])
    assert ben.last.startswith("Steht Ana Keller gerade bei dir?\nAna Keller möchte euer Versprechen öffnen")
    assert ben.buttons == ["Ja, das ist Ana", "Nein"]
    await ben.taps("Ja, das ist Ana")
    assert ben.last.startswith(f"Ana Keller {READS}")
    assert ana.last.startswith(INVITES)
    await ana.taps("Ich bin dabei")
    await ben.taps("In 2 Wochen")
    assert ben.taps_made <= MOST_TAPS
    assert ana.taps_made <= MOST_TAPS_KNOWN
    assert await state(sqlite_world) is State.ACTIVE


async def test_a_no_sounds_like_a_wrong_number_and_a_second_try_asks_again(sqlite_world, clock):
    ana, ben = await pair(sqlite_world)
    _, number = await holds_out(ben)
    await ana.says(number)
    await ben.taps("Nein")
    assert ben.last.startswith("Jetzt zu zweit"), "the code is still good"
    assert ana.last.startswith(NOTHING)
    heard = len(ana.messages)
    await ben.taps("Nein")
    assert len(ana.messages) == heard, "a no is said once"
    await clock.advance(minutes=1)
    await ana.says(number)
    await ana.says(number)
    assert sum(each.text.startswith("Steht Ana Keller") for each in ben.messages) == 2, "and rings once"
    await ben.taps("Ja, das ist Ana")
    assert ana.last.startswith(INVITES)


async def test_the_link_may_be_typed_in_any_form_and_where_a_name_is_asked_for(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    cem = await guest(world, 1, "Cem Demir")
    payload, _ = await holds_out(ben)
    assert (await ana.says(f"https://t.me/mutmacher_stage_bot?start={payload}")).startswith(INVITES)
    await ben.taps_data("drop:")
    payload, _ = await holds_out(ben)
    assert (await ana.says(f"„{payload.lower()}“.")).startswith(INVITES)
    await ben.taps_data("drop:")
    _, number = await holds_out(ben)
    await cem.sends_button_data("pledge_search")
    assert (await cem.says(number)).startswith("Einen Moment noch")


async def test_the_answers_are_those_of_any_proposal(sqlite_world):
    """A no, and other words."""
    ana, ben = await pair(sqlite_world)
    payload, _ = await holds_out(ben)
    await ana.start(payload)
    await ana.taps("Lieber nicht")
    assert "passt" in ben.last
    assert await state(sqlite_world) is State.DECLINED
    payload, _ = await holds_out(ben, acts="both")
    await ana.start(payload)
    await ana.taps("Satz anpassen")
    await ana.says("Wir rufen bis Mai zusammen an.")
    assert "Ana Keller schlägt eine Änderung vor" in ben.last
    await ben.taps("Ich bin dabei")
    assert await state(sqlite_world) is State.ACTIVE


async def test_changed_words_have_to_be_confirmed_before_they_can_be_opened(sqlite_world):
    ana, ben = await pair(sqlite_world)
    old, _ = await holds_out(ben)
    await ben.taps("Satz ändern")
    assert "dein Gegenüber" not in ben.last
    await ben.says("Ich rufe bis Mai im Amt an.")
    assert "So geht es an dein Gegenüber" in ben.last
    assert NOTHING in await ana.start(old)
    await ben.taps("Bestätigen")
    new, number = shown_by(ben)
    assert new != old
    await ben.says("/versprechen")
    assert "dein Gegenüber · Entwurf" in ben.last
    await ben.taps_data("pledge:")
    await ben.taps("Bestätigen")
    assert shown_by(ben) == (new, number), "unchanged, it is the same code"
    assert "Ich rufe bis Mai im Amt an." in await ana.start(new)


async def test_who_has_left_is_found_by_name_and_the_sentence_stays(sqlite_world):
    ana, ben = await pair(sqlite_world)
    payload, _ = await holds_out(ben)
    await ben.taps("Name suchen")
    await ben.says("Keller")
    await ben.taps("Mit Ana Keller")
    assert "So geht es an Ana Keller" in ben.last
    assert NOTHING in await ana.start(payload)
    await ben.taps("Bestätigen")
    assert ana.last.startswith(INVITES)
    assert PAY in ana.last
    assert await state(sqlite_world) is State.PROPOSED
    stale = next(each for each in ben.messages if "Mit Ana Keller" in each.buttons)
    assert STALE in await ben.taps("Mit Ana Keller", message=stale)


# --- what opens nothing


async def test_the_second_one_comes_too_late(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    cem = await guest(world, 1, "Cem Demir")
    payload, number = await holds_out(ben)
    await ana.start(payload)
    for said in (await cem.start(payload), await cem.says(number), await cem.start("h_AAAAAAAAAA")):
        assert said.startswith(NOTHING)
        assert "schon vergeben" in said
        assert cem.buttons == ["Name suchen"]
    assert (await ana.start(payload)).startswith(NOTHING), "the sentence is above"


async def test_it_ends_with_the_day_and_can_be_caught_up_on(sqlite_world, clock):
    ana, ben = await pair(sqlite_world)
    payload, number = await holds_out(ben)
    await clock.to(clock.local.replace(hour=23, minute=50).astimezone(clock.now().tzinfo))
    assert (await ana.says(number)).startswith("Einen Moment noch"), "the same evening is early enough"
    question = ben.newest
    await clock.advance(minutes=20)
    for said in (await ana.start(payload), await ana.says(number)):
        assert said.startswith(NOTHING)
        assert "Ihr könnt es nachholen" in said
    assert STALE in await ben.taps("Ja, das ist Ana", message=question)
    await ben.says("/versprechen")
    await ben.taps_data("pledge:")
    await ben.taps("Bestätigen")
    again, _ = shown_by(ben)
    assert again != payload
    assert (await ana.start(again)).startswith(INVITES)


async def test_ones_own_code_is_said_to_be_that(sqlite_world):
    _, ben = await pair(sqlite_world)
    payload, number = await holds_out(ben)
    assert "Das ist dein eigener Code." in await ben.start(payload)
    assert "Das ist dein eigener Code." in await ben.says(number)
    assert await state(sqlite_world) is State.DRAFT


async def test_nobody_finds_a_number_by_trying(sqlite_world, clock):
    ana, ben = await pair(sqlite_world)
    payload, number = await holds_out(ben)
    wrong = [str(each) for each in range(1000, 1000 + WRONG_NUMBERS + 1) if str(each) != number][
        :WRONG_NUMBERS
    ]
    for each in wrong:
        assert (await ana.says(each)).startswith(NOTHING)
    assert "Das waren genug Zahlen für jetzt." in await ana.says(number)
    assert not [each for each in ben.messages if "gerade bei dir" in each.text]
    await clock.advance(hours=1, minutes=1)
    assert (await ana.says(number)).startswith("Einen Moment noch")
    assert (await ana.start(payload)).startswith(INVITES)


async def test_a_number_counts_in_its_workshop_and_a_link_leads_into_it(sqlite_world):
    world = sqlite_world
    _, ben = await pair(world)
    elsewhere = await open_workshop(world, code="ZZZZZZ", title="Werkstatt Nord")
    cem = await guest(world, elsewhere, "Cem Demir")
    payload, number = await holds_out(ben)
    assert (await cem.says(number)).startswith(NOTHING)
    said = await cem.start(payload)
    assert "Willkommen in dieser Werkstatt!\nWerkstatt Berlin" in said
    assert INVITES in said


async def test_who_is_erased_holds_nothing_out(sqlite_world):
    ana, ben = await pair(sqlite_world)
    payload, number = await holds_out(ben)
    await ben.says("/loeschen")
    await ben.taps_data("erase_yes")
    sqlite_world.forgotten.add(ben.id)
    for said in (await ana.start(payload), await ana.says(number)):
        assert said.startswith(NOTHING)
    assert await sqlite_world.count(Handshake) == 0


async def test_who_asked_and_is_erased_is_named_no_more(sqlite_world):
    ana, ben = await pair(sqlite_world)
    _, number = await holds_out(ben)
    await ana.says(number)
    question = ben.newest
    assert "Ana Keller" in question.text
    await ana.says("/loeschen")
    await ana.taps_data("erase_yes")
    sqlite_world.forgotten.add(ana.id)
    assert not [each.text for each in ben.messages if "Ana" in each.text]
    assert STALE in await ben.sends_button_data(f"handshake_yes:{ana.row}:1", message_id=question.id)


async def test_only_who_typed_the_number_can_be_confirmed_and_only_by_its_author(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    cem = await guest(world, 1, "Cem Demir")
    _, number = await holds_out(ben)
    await ana.says(number)
    (pledge,) = await world.chosen(select(Pledge.id))
    for who, person in ((cem, ana), (ana, ana), (ben, cem), (ben, ben)):
        assert STALE in await who.sends_button_data(f"handshake_yes:{person.row}:{pledge}")
    assert await state(world) is State.DRAFT


async def test_an_author_who_pauses_hears_it_and_a_typed_yes_shows_nothing_to_anybody(sqlite_world):
    ana, ben = await pair(sqlite_world)
    await ben.says("/pause")
    await ben.taps_data("pause:0")
    _, number = await holds_out(ben)
    await ana.says(number)
    assert ben.last.startswith("Steht Ana Keller gerade bei dir?")
    await ben.says("Ja")
    assert await state(sqlite_world) is State.DRAFT, "it takes a tap"
    await ben.taps("Ja, das ist Ana")
    assert ana.last.startswith(INVITES)


async def test_as_many_proposals_as_anywhere(sqlite_world):
    """Five that wait for a yes, three a day to the same person; the author hears why."""
    world = sqlite_world
    ana, ben = await pair(world)
    for n in range(3):
        payload, _ = await holds_out(ben, f"Ich mache Sache {n}.")
        await ana.start(payload)
        await ben.taps_data("drop:")
    payload, _ = await holds_out(ben, "Ich mache noch eine Sache.")
    assert NOTHING in await ana.start(payload)
    assert ben.last.startswith("Das reicht für heute.")
    others = [await guest(world, 1, f"Gast{n} Nachname{n}") for n in range(5)]
    waiting = {"state": State.PROPOSED, "made_on": None}
    await world.add(*[pledge_row(1, ben.row, each.row, world.clock.now(), **waiting) for each in others])
    await ben.says("/versprechen")
    await ben.taps_data("pledge_new")
    await ben.taps("Wir stehen zusammen")
    await ben.taps("Ich")
    await ben.says("Ich mache etwas.")
    assert "Fünf Vorschläge sind gerade offen." in await ben.taps("Bestätigen")


# --- who is new at the door


async def test_a_dead_link_is_a_welcome_all_the_same_and_nothing_is_stored(sqlite_world):
    await sqlite_world.workshop()
    ana = await sqlite_world.person("Ana", username="ana_k", last_name="Keller")
    said = await ana.start("h_GEHEM23456")
    assert NOTHING in said
    assert "Ich bin Mutmacher" in said
    assert "h_GEHEM23456" not in await sqlite_world.stored()
    await nothing_is_stored_about(sqlite_world, ana)


async def test_a_no_or_an_age_under_sixteen_ends_it_as_at_every_door(sqlite_world):
    world = sqlite_world
    ben = await guest(world, await open_workshop(world), "Ben Albrecht")
    payload, _ = await holds_out(ben)
    ana = await world.person("Ana")
    await ana.start(payload)
    await ana.taps("Los geht's")
    assert "Gespeichert ist nichts." in await ana.taps("Nein, danke")
    cem = await world.person("Cem")
    await cem.start(payload)
    await cem.taps("Los geht's")
    await cem.taps("Ja, ich willige ein")
    await cem.taps("Ja, über Telegram")
    await cem.says("Ich bin erst 14")
    assert await world.count(Person) == 1, "Ben, and nobody who said so"
    assert not cem.can("accept:")
    assert await state(world) is State.DRAFT


async def test_a_code_from_the_wall_in_between_forgets_no_invitation(sqlite_world):
    world = sqlite_world
    code = await world.workshop()
    ben = await guest(world, 1, "Ben Albrecht")
    payload, _ = await holds_out(ben)
    ana = await world.person("Ana")
    await ana.start(payload)
    await ana.start(f"w_{code}")
    assert "Jemand lädt Sie zu einem Versprechen ein." in await ana.taps("Lieber per Sie")
    for tap in ("begin:", "k_yes:", "u_yes"):
        await ana.taps_data(tap)
    await ana.says("Ana Keller")
    assert "lädt Sie zu einem Versprechen ein" in ana.last


async def test_who_takes_too_long_meets_a_taken_code_and_goes_on_joining(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    payload, _ = await holds_out(ben)
    cem = await world.person("Cem")
    await cem.start(payload)
    for tap in ("begin:", "k_yes:", "u_yes"):
        await cem.taps_data(tap)
    await ana.start(payload)
    said = await cem.says("Cem Demir")
    assert NOTHING in said
    assert cem.last.startswith("Für wen bist du heute hier?")


async def test_a_handshake_is_kept_for_a_week(sqlite_world, clock):
    _, ben = await pair(sqlite_world)
    await holds_out(ben)
    await clock.advance(days=6)
    assert await sqlite_world.count(Handshake) == 1
    await clock.advance(days=3)
    assert await sqlite_world.count(Handshake) == 0


async def test_who_took_consent_back_gives_it_again_and_sees_the_sentence(sqlite_world):
    ana, ben = await pair(sqlite_world)
    payload, _ = await holds_out(ben)
    await ana.sends_button_data("consent_off:K")
    assert "Jemand lädt dich" in await ana.start(payload)
    await ana.taps("Los geht's")
    await ana.taps("Ja, ich willige ein")
    assert (await ana.taps("Ja, über Telegram")).startswith(INVITES), "no name is asked for again"
    await ana.taps("Ich bin dabei")
    assert await state(sqlite_world) is State.ACTIVE
