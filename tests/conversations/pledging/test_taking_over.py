"""A personal link: somebody who was entered without Telegram takes over their side, with all its history."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from db.models import Membership, Nudge, Person, PersonalCode, Pledge, PledgeEvent
from domain.history import EventKind
from tests.cast import PAY, agrees, guest
from tests.conversations.pledges import answers, without_day_7
from tests.conversations.pledging.entering import agreed_with, enters
from tests.conversations.pledging.handshaking import STALE, link_in

NOTHING = "Dieser Link öffnet nichts"


async def makes_link(ana, number):
    """The payload of the link that she passes on."""
    await ana.sends_button_data(f"takeover_link:{number}")
    return link_in(ana.newest).partition("start=")[2]


async def new_at_the_door(world, payload, name="Ben"):
    """Somebody new who opens the link and gives both consents; whoever passed it on said Sie."""
    ben = await world.person(name)
    await ben.start(payload)
    await agrees(ben)
    return ben


async def row_of(world, person):
    (found,) = await world.chosen(select(Person).where(Person.chat_id == person.id))
    return found


async def test_in_month_four_the_other_takes_over_with_all_the_history(sqlite_world):
    world = sqlite_world
    ana, number = await agreed_with(world)
    await without_day_7(world)
    await world.clock.advance(months=1, hours=4)
    await ana.taps_data(f"entered_text:{number}")
    await ana.taps("geht voran")
    await world.clock.advance(months=3)
    payload = await makes_link(ana, number)
    assert ana.last.startswith("Guten Tag Ben Albrecht,")
    assert payload.startswith("c_")
    welcome = await (ben := await world.person("Ben")).start(payload)
    assert "Hier wartet ein Versprechen" in welcome
    assert "Schön, dass Sie da sind!" in welcome, "as the text that was passed on"
    await agrees(ben)
    assert ben.last.startswith("Sind Sie das: Ben Albrecht?")
    assert "Landratsamt Nordtal" in ben.last
    assert "Ehrenamtspauschale" not in ben.last, "the sentence only after the yes"
    assert "Bleibt es lange still" in ben.last
    await ben.taps("Ja, das bin ich")
    assert "Das ist jetzt Ihre Seite" in ben.last
    assert "Ben Albrecht ist jetzt selbst dabei" in ana.heard
    await ben.taps("Versprechen ansehen")
    assert "von Ana Keller berichtet: geht voran" in ben.last
    assert (await row_of(world, ben)).organisation == "Landratsamt Nordtal"
    await its_rows_are_his(world, ben, number)
    shown = len(ben.messages)
    await world.clock.advance(months=1, days=2)
    new = [each for each in ben.messages[shown:] if "Was kommt bei Ihnen an?" in each.text]
    assert len(new) == 1, "the next question, and none that fell due before"
    await answers(ben, number, "moving")
    assert not await world.chosen(select(PledgeEvent).where(PledgeEvent.party_id.is_(None)))


async def its_rows_are_his(world, ben, number):
    me = (await row_of(world, ben)).id
    (pledge,) = await world.chosen(select(Pledge).where(Pledge.id == number))
    assert pledge.partner_id == me
    assert {row.person_id for row in await world.chosen(select(Nudge))} == {me, pledge.author_id}
    told = await world.chosen(select(PledgeEvent).where(PledgeEvent.party_id == me))
    assert [(row.kind, row.reported) for row in told] == [
        (EventKind.ACCEPTED, True), (EventKind.SAID, True), (EventKind.TAKEN_OVER, False),
    ]  # fmt: skip
    assert not await world.chosen(select(Person).where(Person.entered_by_id.is_not(None)))
    assert not await world.count(PersonalCode)
    assert await world.chosen(select(Membership.workshop_id).where(Membership.person_id == me)) == [
        pledge.workshop_id
    ]


async def test_somebody_known_takes_over_as_who_they_are(world):
    ana, number = await agreed_with(world)
    cem = await guest(world, 1, "Cem Demir", organisation="Verein")
    await cem.start(await makes_link(ana, number))
    await cem.taps("Ja, das bin ich")
    assert (await row_of(world, cem)).name == "Cem Demir"
    await ana.sends_button_data(f"pledge:{number}")
    assert "Cem Demir" in ana.last
    assert "Text für" not in str(ana.buttons)
    await ana.sends_button_data(f"entered_says:{number}:m1:moving")
    assert await world.chosen(select(PledgeEvent).where(PledgeEvent.kind == EventKind.SAID)) == []


async def test_a_link_opens_something_once_and_the_newest_only(sqlite_world):
    world = sqlite_world
    ana, number = await agreed_with(world)
    old, link = await makes_link(ana, number), await makes_link(ana, number)
    cem, dora = await guest(world, 1, "Cem Demir"), await guest(world, 1, "Dora Wolf")
    assert NOTHING in await cem.start(old)
    await cem.start(link)
    await dora.says(link)
    assert dora.last.startswith("Bist du das: Ben Albrecht?"), "a typed code is one, too"
    await cem.taps("Ja, das bin ich")
    assert NOTHING in await dora.taps("Ja, das bin ich")
    assert NOTHING in await dora.start(link)
    assert STALE in await dora.sends_button_data("takeover_yes:4711")


async def test_nobody_takes_over_from_themselves(sqlite_world):
    ana, number = await agreed_with(sqlite_world)
    assert "Das ist dein eigener Link" in await ana.start(await makes_link(ana, number))
    assert "Das ist dein eigener Link" in await ana.start(await makes_link(ana, number))
    await ana.sends_button_data(f"takeover_yes:{(await sqlite_world.chosen(select(PersonalCode.id)))[0]}")
    assert STALE in ana.heard


async def test_a_no_changes_nothing(sqlite_world):
    ana, number = await agreed_with(sqlite_world)
    link = await makes_link(ana, number)
    cem = await guest(sqlite_world, 1, "Cem Demir")
    await cem.start(link)
    assert "Der Link gilt weiter." in await cem.taps("Nein")
    await cem.start(link)
    assert cem.last.startswith("Bist du das")


@pytest.mark.parametrize("known", [True, False], ids=["known", "new"])
async def test_five_wrong_codes_an_hour_are_enough(sqlite_world, known):
    world = sqlite_world
    ana, number = await agreed_with(world)
    link = await makes_link(ana, number)
    cem = await guest(world, 1, "Cem Demir") if known else await world.person("Cem")
    for end in "34567":
        assert NOTHING in await cem.start(link[:-1] + ("2" if link[-1] == end else end))
    assert "Das waren viele Versuche" in await cem.start(link)
    world.clock.skip(timedelta(hours=1, minutes=1))
    assert NOTHING not in await cem.start(link)


async def test_a_link_ends_after_a_month_and_with_the_entry(sqlite_world):
    world = sqlite_world
    ana, number = await agreed_with(world)
    link = await makes_link(ana, number)
    cem = await guest(world, 1, "Cem Demir")
    await cem.start(link)
    await ana.sends_button_data(f"entry_delete_yes:{number}")
    assert "Ben Albrecht" not in str([each.body for each in cem.messages])
    assert NOTHING in await cem.start(link)


async def test_an_expired_link_opens_nothing(sqlite_world):
    world = sqlite_world
    ana, number = await agreed_with(world)
    link = await makes_link(ana, number)
    async with world.database.writer.begin() as session:
        await session.execute(update(PersonalCode).values(expires_at=world.clock.now()))
    cem = await guest(world, 1, "Cem Demir")
    assert NOTHING in await cem.start(link)


async def test_no_code_is_stored_and_none_before_consent(sqlite_world):
    world = sqlite_world
    ana, number = await agreed_with(world)
    code = (await makes_link(ana, number)).removeprefix("c_")
    assert code not in await world.stored()
    ben = await new_at_the_door(world, f"c_{code}")
    assert ben.last.startswith("Sind Sie das")
    assert code not in await world.stored()


async def test_all_pledges_with_them_are_taken_over(sqlite_world):
    world = sqlite_world
    ana, number = await agreed_with(world)
    await ana.says("/versprechen")
    await ana.taps_data("pledge_new")
    await ana.taps("Mit Ben Albrecht")
    await ana.taps("Wir beide")
    await ana.says("Wir rufen bis 20. Juli beim Land an.")
    await ana.taps_data("propose:")
    cem = await guest(world, 1, "Cem Demir")
    await cem.start(await makes_link(ana, number))
    await cem.taps("Ja, das bin ich")
    await cem.taps("Alle Versprechen")
    assert len([data for _, data in cem.newest.keyboard if data.startswith("pledge:")]) == 2
    await cem.taps_data(f"pledge:{number + 1}")
    assert "Ich bin dabei" in cem.buttons, "a proposal waits for their own yes from now on"


async def test_hostile_names_stay_words_in_what_is_passed_on(sqlite_world):
    world = sqlite_world
    ana, _ = await agreed_with(world)
    await enters(ana, "<b>@boris</b> t.me/boris", "@geheim & Co")
    await ana.taps("Ich")
    await ana.says(PAY)
    await ana.taps_data("propose:2")
    await makes_link(ana, 2)
    ours = {"bot_command", "text_link", "url", "email"}
    assert {kind for each in ana.messages for kind in each.tappable} <= ours
    assert "boris" not in str([each.entities for each in ana.messages])
    cem = await guest(world, 1, "Cem Demir")
    await cem.start(await makes_link(ana, 2))
    assert cem.newest.tappable == []
