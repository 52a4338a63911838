"""After two yeses: how people stay in touch, and what of them the other gets."""

from sqlalchemy import select

import messages
from actions.contents import contents
from bot.app import operator_of
from db.models import Outgoing, Person
from tests.conversations.matching.introducing import asks, meeting, seeker_and_helper
from tests.people import formats_in


async def test_the_name_on_telegram_is_shared_after_a_consent(sqlite_world):
    ana, ben = await meeting(sqlite_world)
    await ana.taps("Kontakt tauschen")
    assert ana.buttons[0] == "Mein Telegram-Name"
    await ana.taps("Mein Telegram-Name")
    assert "@ana_keller" not in ben.last, "first the consent"
    await ana.taps_data("consent_yes:G")
    assert ben.last.split("\n")[:2] == ["So erreichen Sie Ana Keller", "Telegram: @ana_keller"]
    assert ben.newest.body.get("has_protected_content") is True
    assert ben.newest.tappable == ["text_link"]


async def test_the_name_is_taken_back_with_one_tap_also_from_what_is_on_its_way(sqlite_world):
    world = sqlite_world
    ana, ben = await meeting(world)
    await ana.taps("Kontakt tauschen")
    await ana.taps("Mein Telegram-Name")
    await ana.taps_data("consent_yes:G")
    assert "ana_keller" in await would_say(world, ben)
    await ana.says("/widerruf")
    await ana.taps_data("consent_off:G")
    assert "ana_keller" not in await would_say(world, ben)
    assert await world.rows(Person.telegram_name) == [None] * await world.count(Person)


async def would_say(world, reader):
    """What the newest message to somebody would say if it were only sent now."""
    async with world.database.reader() as session:
        theirs = select(Outgoing).where(Outgoing.chat_id == reader.id).order_by(Outgoing.id.desc()).limit(1)
        row = (await session.scalars(theirs)).one()
        operator = operator_of(world.settings, world.bot.username)
        said = await contents(session, row, world.clock.now(), operator)
    return repr(messages.of(said.outcome, said.voice, said.today)) if said else ""


async def test_whoever_has_no_name_on_telegram_is_not_offered_to_share_it(sqlite_world):
    _, ben = await meeting(sqlite_world)
    await ben.taps("Kontakt tauschen")
    assert "Mein Telegram-Name" not in ben.buttons
    await ben.sends_button_data("contact_by:1:telegram")
    assert "Dieser Knopf ist nicht mehr aktuell." in ben.last


async def test_a_telephone_number_arrives_as_it_can_be_dialled(sqlite_world):
    ana, ben = await meeting(sqlite_world)
    await ben.taps("Kontakt tauschen")
    await ben.taps("Telefonnummer")
    assert "Das sieht nicht nach einem Kontakt aus." in await ben.says("ruf an")
    await ben.says("+49 351 1234567")
    assert "Ana Keller hat jetzt Ihre Telefonnummer." in ben.last
    assert "Telefon: +49 351 1234567" in ana.last
    assert ana.newest.body.get("has_protected_content") is True
    assert formats_in(ana) <= {"bold", "bot_command", "phone_number"}


async def test_whoever_gets_a_contact_can_give_one_in_return_with_a_tap(sqlite_world):
    ana, ben = await meeting(sqlite_world)
    await ben.taps("Kontakt tauschen")
    await ben.taps("E-Mail-Adresse")
    assert (await ben.says("ben@example.org")).startswith("Kontakt mit Ana Keller\n")
    assert ana.buttons == ["Kontakt tauschen", "Versprechen geben", "Melden"]
    await ana.taps("Kontakt tauschen")
    await ana.taps("Telefonnummer")
    await ana.says("0351 1234567")
    assert ben.last.startswith("So erreichen Sie Ana Keller")
    assert ben.buttons == ["Versprechen geben", "Melden"], "Ben has given his already"


async def test_of_an_address_only_an_address_can_be_tapped(sqlite_world):
    ana, ben = await meeting(sqlite_world)
    await ben.taps("Kontakt tauschen")
    await ben.taps("E-Mail-Adresse")
    await ben.says("ben@example.org")
    assert "E-Mail: ben@example.org" in ana.last
    assert ana.newest.tappable == ["email"]
    await ben.taps("E-Mail-Adresse", message=ben.with_button("E-Mail-Adresse"))
    await ben.says("www.boese.example/x@y")
    assert ana.newest.tappable == []
    assert formats_in(ana) <= {"bold", "bot_command", "email"}


async def test_whoever_shares_nothing_is_not_told_of_to_the_other(sqlite_world):
    ana, ben = await meeting(sqlite_world)
    await ben.taps("Kontakt tauschen")
    heard = len(ana.messages)
    await ben.taps("Lieber nichts teilen")
    assert "Ana Keller bekommt von mir keine Kontaktdaten." in ben.last
    assert len(ana.messages) == heard


async def test_a_contact_is_shared_when_it_is_given_and_not_before(sqlite_world):
    """Ben's number is known from before; he chooses the telephone, and thinks again."""
    world = sqlite_world
    ana, ben = await seeker_and_helper(world, contact_phone="+49 170 1234567")
    await asks(ana)
    await ben.taps("Kennenlernen")
    for thinks_again in ("/abbrechen", "contact_by:1:none"):
        await ben.sends_button_data("contact:1")
        await ben.sends_button_data("contact_by:1:phone")
        if thinks_again.startswith("/"):
            await ben.says(thinks_again)
        else:
            await ben.sends_button_data(thinks_again)
        await ben.says("0351 99 88 77")
        await ana.sends_button_data("intro:1")
        assert not any("170" in each.text or "0351" in each.text for each in ana.messages)
