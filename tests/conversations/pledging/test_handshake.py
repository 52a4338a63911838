"""The handshake: two people at a table, one sentence, and a code to scan or a number to type."""

from domain.pledges import State
from tests.cast import PAY, guest, pair
from tests.conversations.pledging.handshaking import (
    A_SCAN,
    INVITES,
    MOST_TAPS,
    MOST_TAPS_KNOWN,
    NOTHING,
    READS,
    STALE,
    holds_out,
    link_in,
    shown_by,
    state,
)
from tests.conversations.scanning import scanned


async def test_two_who_know_the_bot(sqlite_world):
    ana, ben = await pair(sqlite_world)
    payload, number = await holds_out(ben)
    picture = ben.newest
    assert picture.text.startswith(f"Jetzt zu zweit\n„{PAY}“\nLass dein Gegenüber den Code scannen")
    assert "@mutmacher_stage_bot" in picture.text
    assert "Gilt bis heute Abend." in picture.text
    assert len(number) == 4
    assert await scanned(sqlite_world, picture) == link_in(picture)
    assert picture.buttons == ["Name suchen", "Gegenüber ohne Telegram", "Satz ändern", "Abbrechen"]
    said = await ana.start(payload)
    assert said.startswith(INVITES)
    assert PAY in said
    assert f"Ana Keller {READS}" in ben.last
    (picture,) = [each for each in ben.messages if each.id == picture.id]
    assert (picture.text, picture.buttons) == ("Dieser Code ist vergeben oder ersetzt", [])
    await ana.taps("Ich bin dabei")
    assert "Wann sprecht ihr wieder?" in ben.last
    await ana.taps("In 2 Wochen")
    assert "Abgemacht." in ana.heard
    assert "Abgemacht." in ben.heard
    assert await state(sqlite_world) is State.ACTIVE
    assert ben.taps_made <= MOST_TAPS
    assert ben.answers_typed == 1
    assert A_SCAN + ana.taps_made <= MOST_TAPS_KNOWN


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
