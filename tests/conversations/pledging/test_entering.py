"""A pledge with somebody who has no Telegram: entered, invited by a text to pass on, agreed to by report."""

from sqlalchemy import select

from db.models import Nudge, Outgoing, Person
from domain.pledges import State
from tests.cast import guest, open_workshop, pair
from tests.conversations.pledges import state_of
from tests.conversations.pledging.entering import (
    OFFICE,
    agreed_with,
    entered_people,
    enters,
    forwarded,
    invites,
)


async def test_a_partner_without_telegram_is_entered_and_told_of_by_a_text_to_pass_on(sqlite_world):
    world = sqlite_world
    ana = await guest(world, await open_workshop(world), "Ana Keller")
    number = await invites(world, ana)
    (ben,) = await entered_people(world)
    assert (ben.name, ben.organisation, ben.chat_id) == ("Ben Albrecht", OFFICE, None)
    assert "Jetzt fehlt das Ja von Ben Albrecht" in ana.heard
    text = forwarded(ana).text
    assert text.startswith("Guten Tag Ben Albrecht,")
    assert "Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale." in text
    assert "Art. 14 DSGVO" in text
    assert "90 Tage nach dem Tag" in text
    assert "Bot" not in text
    assert not forwarded(ana).buttons
    assert "Wann sprecht ihr wieder?" in await ana.taps("Ist dabei")
    assert await state_of(world, number) is State.ACTIVE
    rows = await world.chosen(select(Nudge).where(Nudge.person_id == ben.id))
    assert rows, "his questions are planned, so that he can take them over"
    assert not await world.chosen(select(Outgoing).where(Outgoing.person_id == ben.id))


async def test_the_history_says_whose_word_it_was(sqlite_world):
    ana, number = await agreed_with(sqlite_world)
    await ana.sends_button_data(f"history:{number}:0")
    assert "Von dir berichtet." in ana.last


async def test_text_to_pass_on_is_formal_whatever_its_writer_reads(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    sie = await guest(world, workshop, "Cem Demir", voice="sie")
    await invites(world, sie)
    english = await guest(world, workshop, "Dora Wolf", voice="en")
    await english.sends_button_data("enter")
    await english.says("Ben Albrecht")
    await english.taps("Skip")
    await english.taps("I do")
    await english.says("I will phone by July.")
    await english.taps_data("propose:")
    assert "Sind Sie dabei?" in forwarded(sie).text
    assert "Are you in?" in forwarded(english).text
    assert "bot" not in forwarded(english).text.casefold()


async def test_a_handshake_may_turn_out_to_be_with_somebody_without_telegram(sqlite_world):
    world = sqlite_world
    ana = await guest(world, await open_workshop(world), "Ana Keller")
    await ana.says("/versprechen")
    await ana.taps_data("pledge_new")
    await ana.taps("Wir stehen zusammen")
    await ana.taps("Wir beide")
    await ana.says("Wir rufen bis 20. Juli beim Land an.")
    await ana.taps("Bestätigen")
    await ana.taps("Gegenüber ohne Telegram")
    await ana.says("Ben Albrecht")
    assert "Ben Albrecht" in await ana.taps("Überspringen")
    await ana.taps("Bestätigen")
    assert "Das übernehmen wir gemeinsam" in forwarded(ana).text


async def test_names_are_refused_as_everywhere_and_words_stay_words(sqlite_world):
    world = sqlite_world
    ana = await guest(world, await open_workshop(world), "Ana Keller")
    await ana.sends_button_data("enter")
    assert "Guten Tag" not in await ana.says("Team Mutmacher")
    assert not await entered_people(world)
    await enters(ana, "Ben <b>@boris /geheim</b>", "t.me/boris & Co")
    assert ana.newest.tappable == []


async def test_who_is_entered_is_found_and_suggested_by_nobody(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    await enters(ana, "Cem Demir")
    await ben.sends_button_data("pledge_search")
    assert "pledge_with" not in str((await ben.says("Cem Demir"), ben.newest.keyboard))
    (cem,) = await entered_people(world)
    await ben.sends_button_data(f"pledge_with:{cem.id}")
    assert not ben.shows("acts:")
    await ana.sends_button_data("pledge_new")
    assert "Mit Cem Demir" in ana.buttons, "whoever entered them may promise something again"


async def test_an_entry_can_be_deleted_at_any_time(world):
    ana, number = await agreed_with(world)
    await ana.taps_data(f"pledge:{number}") if ana.can(f"pledge:{number}") else await ana.sends_button_data(
        f"pledge:{number}"
    )
    await ana.taps("Kalender, Beleg und mehr")
    await ana.taps("Eintrag löschen")
    assert "Der Eintrag ist gelöscht" in await ana.taps("Ja, löschen")
    assert await world.count(Person) == 1
    assert await state_of(world, number) is State.ENDED
    await world.quiet()
    assert not [
        each for each in ana.messages if "Albrecht" in str(each.body) and not each.body.get("document")
    ]
    assert "Landratsamt" not in await world.stored()
