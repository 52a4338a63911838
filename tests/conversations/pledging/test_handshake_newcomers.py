"""A handshake with somebody who is new at the door."""

from sqlalchemy import select

from db.models import Membership, Person
from domain.pledges import State
from tests.cast import PAY, guest, open_workshop, pair
from tests.conversations.joining.door import nothing_is_stored_about
from tests.conversations.pledging.handshaking import (
    A_SCAN,
    INVITES,
    MOST_TAPS_NEW,
    NOTHING,
    READS,
    holds_out,
    state,
)


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


async def test_whoever_made_it_while_joining_is_asked_who_may_read_it_once_that_is_over(sqlite_world):
    world = sqlite_world
    ben = await guest(world, await open_workshop(world), "Ben Albrecht")
    payload, _ = await holds_out(ben)
    ana = await world.person("Ana")
    await ana.start(payload)
    for tap in ("Los geht's", "Ja, ich willige ein", "Ja, über Telegram"):
        await ana.taps(tap)
    await ana.says("Ana Keller")
    await ana.taps("Ich bin dabei")
    await ana.taps("Noch offen")
    await ana.taps("Verein")
    await ana.says("Dresden")
    await ana.says("Ehrenamt")
    await ana.taps("Bestätigen")
    for _ in range(2):
        await ana.taps("Überspringen")
    await ana.taps("Nein")
    assert "Wer darf mitlesen?" not in ana.screen()
    await ana.taps("Bestätigen")
    assert ana.last.startswith("Wer darf mitlesen? „Ehrenamtspauschale“")


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
