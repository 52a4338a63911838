"""Who is in an MP's office: asked for, confirmed by the MP or after a call, taken away, handed over, and the end."""

import re

from sqlalchemy import select

from db.models import Audit, CallEnd, HelpCall, OfficeSeat, Person, Pledge, Workshop
from domain.nudging import Period
from domain.pledges import Blocker, State
from domain.profile import can_be_suggested
from domain.versions import version_of
from tests.cast import BUS, agrees, pledge_row, sealed_pledge
from tests.conversations.offices import house, seated


async def asks(world, people, who):
    """They have opened the invitation, and nobody has decided."""
    return await seated(world, people.ben, who, confirmed_at=None)


async def test_the_mp_lets_somebody_in_and_takes_them_out_again(sqlite_world):
    world = sqlite_world
    people = await house(world, dana=False)
    seat = await asks(world, people, people.dana)
    card = await people.ben.sends_button_data("my_office")
    assert card.splitlines()[:3] == ["Dein Büro", "Cem Demir · bestätigt", "Dana Vogt · wartet auf ein Ja"]
    await people.ben.taps("Dana Vogt bestätigen")
    assert people.dana.last.startswith("Sie handeln jetzt für Ben Albrecht")
    await people.ben.taps_data(f"seat_end:{seat}")
    assert people.dana.last.startswith("Sie handeln nicht mehr für Ben Albrecht")
    assert "Dana" not in people.ben.last


async def test_an_organiser_confirms_after_a_call_and_the_mp_hears_of_it(sqlite_world):
    world = sqlite_world
    people = await house(world, dana=False)
    seat = await asks(world, people, people.dana)
    orga = await world.organiser()
    await orga.says("/orga")
    await orga.taps("Büros")
    await orga.taps("Ben Albrecht · 2")
    await orga.taps_data(f"seat_ok:{seat}")
    assert "Dana Vogt handelt jetzt für dich" in people.ben.last
    looks = await world.chosen(select(Audit.action).where(Audit.person_id == people.ben.row))
    assert {"saw office", "confirmed office"} <= set(looks)


async def test_a_third_is_refused_and_nobody_else_decides(sqlite_world):
    world = sqlite_world
    people = await house(world)
    await world.add(OfficeSeat(mp_id=people.ben.row, staff_id=people.ana.row, asked_at=world.clock.now()))
    (seat,) = await world.chosen(select(OfficeSeat.id).where(OfficeSeat.staff_id == people.ana.row))
    yes = f"seat_ok:{seat}:{version_of('Ana Keller', False)}"
    for nobody in (people.cem, people.ana):
        assert "nicht mehr aktuell" in await nobody.sends_button_data(yes)
    assert (await people.ben.sends_button_data(yes)).startswith("Beide Plätze sind besetzt")


async def test_whoever_leaves_hands_back_what_waits_for_the_mp(sqlite_world):
    world = sqlite_world
    people = await house(world, dana=False)
    (seat,) = await world.chosen(select(OfficeSeat.id))
    await people.cem.sends_button_data(f"office:{people.ben.row}")
    await people.cem.taps("Aus dem Büro gehen")
    assert people.cem.last.startswith("Sie handeln nicht mehr für Ben Albrecht")
    await sealed_pledge(world, people.ben, people.ana)
    await world.clock.advance(days=8)
    assert people.ben.shows("report:")
    assert not people.cem.shows("report:")
    assert seat


async def test_a_successor_takes_the_place_of_whoever_hands_over(sqlite_world):
    world = sqlite_world
    people = await house(world, dana=False)
    seat = await seated(world, people.ben, people.dana, confirmed_at=None, succeeds_id=people.cem.row)
    await people.ben.sends_button_data(f"seat_ok:{seat}:{version_of('Dana Vogt', False)}")
    assert people.dana.last.startswith("Sie handeln jetzt für Ben Albrecht")
    assert people.cem.last.startswith("Sie handeln nicht mehr für Ben Albrecht")


async def test_with_the_mandate_everything_ends_kindly(sqlite_world):
    world = sqlite_world
    people = await house(world)
    number = await sealed_pledge(world, people.ben, people.ana)
    await sealed_pledge(world, people.ana, people.ben, BUS)
    await people.cem.sends_button_data(f"mandate:{people.ben.row}")
    assert "2 Versprechen sind offen." in people.cem.last
    await people.cem.taps("Alles beenden")
    assert "niemand hat etwas falsch gemacht" in people.ana.last
    states = await world.chosen(select(Pledge.state))
    assert states == [State.ENDED, State.ENDED]
    assert people.ben.last.startswith("Danke für deine Zeit im Mandat")
    assert "nicht mehr aktuell" in await people.cem.sends_button_data(f"pledge:{number}")
    assert "Zuständigkeit abgegeben" in await people.ana.sends_button_data(f"history:{number}:0")
    assert "mit dem Mandat beendet" in await people.ana.says("/versprechen")


async def test_of_a_draft_of_the_mps_nobody_hears_with_the_mandate(sqlite_world):
    world = sqlite_world
    people = await house(world)
    (workshop,) = await world.chosen(select(Workshop.id))
    draft = pledge_row(workshop, people.ben.row, people.ana.row, world.clock.now(), state=State.DRAFT)
    await world.add(draft)
    before = people.ana.last
    await people.ben.sends_button_data(f"mandate:{people.ben.row}")
    await people.ben.taps("Alles beenden")
    assert await world.chosen(select(Pledge.state)) == [State.WITHDRAWN]
    assert people.ana.last == before


async def test_with_the_mandate_nobody_is_asked_to_help_any_more(sqlite_world):
    world = sqlite_world
    people = await house(world)
    number, now = await sealed_pledge(world, people.ben, people.ana), world.clock.now()
    call = HelpCall(
        pledge_id=number, person_id=people.ben.row, period=Period.M1, topic="ehrenamt", blocker=Blocker.TIME,
        made_at=now, look_at=now, named=False,
    )  # fmt: skip
    await world.add(call)
    await people.ben.sends_button_data(f"mandate:{people.ben.row}")
    await people.ben.taps("Alles beenden")
    assert await world.chosen(select(HelpCall.end)) == [CallEnd.OVER]


async def test_what_has_changed_since_it_was_asked_is_asked_again(sqlite_world):
    world = sqlite_world
    people = await house(world)
    await people.ben.sends_button_data(f"mandate:{people.ben.row}")
    await sealed_pledge(world, people.ben, people.ana)
    await people.ben.taps("Alles beenden")
    assert "1 Versprechen ist offen." in people.ben.last
    assert await world.chosen(select(Pledge.state)) == [State.ACTIVE]


def link_in(message):
    """The payload of the invitation that this message passes on."""
    return re.search(r"start=(b_\w+)", message.text)[1]


async def test_somebody_new_comes_by_the_invitation_and_acts_once_the_mp_has_tapped(sqlite_world):
    world = sqlite_world
    people = await house(world, dana=False)
    await people.ben.sends_button_data("my_office")
    await people.ben.taps("Jemanden einladen")
    payload = link_in(people.ben.newest)
    assert "du" not in people.ben.newest.text.split(), "passed on as Sie"
    eva = await world.person("Eva")
    assert "Abgeordnetenbüro" in await eva.start(payload)
    await agrees(eva)
    assert "heißen Sie" in eva.last
    await eva.says("Eva Falk")
    assert eva.last.startswith("Handeln Sie für Ben Albrecht?")
    await eva.taps("Ja, das tue ich")
    assert "Ein Ja von Ben Albrecht fehlt noch" in eva.last
    await people.ben.taps("Bestätigen")
    assert eva.last.startswith("Sie handeln jetzt für Ben Albrecht")
    number = await sealed_pledge(world, people.ben, people.ana)
    await eva.sends_button_data(f"pledge:{number}")
    assert eva.last.splitlines()[1] == "Für Ben Albrecht"
    frank = await world.person("Frank")
    assert "öffnet nichts" in (await frank.start(payload) or frank.heard)


async def test_whoever_goes_invites_their_successor(sqlite_world):
    world = sqlite_world
    people = await house(world, dana=False)
    await people.cem.sends_button_data(f"office:{people.ben.row}")
    await people.cem.taps("Übergeben")
    await people.dana.start(link_in(people.cem.newest))
    await people.dana.taps("Ja, das tue ich")
    await people.ben.taps("Bestätigen")
    assert people.dana.last.startswith("Sie handeln jetzt für Ben Albrecht")
    assert people.cem.last.startswith("Sie handeln nicht mehr für Ben Albrecht")


async def test_five_wrong_invitations_are_enough_for_an_hour(sqlite_world):
    people = await house(sqlite_world, dana=False)
    for last in "ABCDE":
        await people.dana.start(f"b_000000000{last}")
    assert "öffnet nichts" in people.dana.last
    assert "öffnet nichts" not in await people.dana.start("b_000000000F")


async def test_whoever_is_no_mp_any_more_has_no_office(sqlite_world):
    world = sqlite_world
    people = await house(world, dana=False)
    number = await sealed_pledge(world, people.ben, people.ana)
    await people.ben.says("/profil")
    await people.ben.taps_data("edit:role")
    await people.ben.taps_data("role:town_hall")
    assert "nicht mehr aktuell" in await people.cem.sends_button_data(f"pledge:{number}")
    await world.clock.advance(days=8)
    assert people.ben.shows("report:")
    assert not people.cem.shows("report:")


async def test_nobody_acts_for_an_mp_who_has_withdrawn(sqlite_world):
    world = sqlite_world
    people = await house(world, dana=False)
    number = await sealed_pledge(world, people.ben, people.ana)
    await people.ben.says("/widerruf")
    await people.ben.taps("Nein: Vernetzen und Erinnern")
    assert "nicht mehr aktuell" in await people.cem.sends_button_data(f"pledge:{number}")


async def test_somebody_else_goes_on_with_what_the_mp_had_under_way(sqlite_world):
    world = sqlite_world
    people = await house(world, dana=False)
    number = await sealed_pledge(world, people.ben, people.ana)
    await people.ben.sends_button_data(f"mandate:{people.ben.row}")
    await people.ben.taps("Weitergeben")
    await people.dana.start(link_in(people.ben.newest))
    assert people.dana.last.startswith("Machen Sie für Ben Albrecht weiter?")
    await people.dana.taps("Ja, ich übernehme")
    assert "Dana Vogt führt weiter, was Ben Albrecht mit dir vereinbart hat" in people.ana.last
    assert people.ben.last.startswith("Dana Vogt macht für dich weiter")
    assert people.cem.last.startswith("Sie handeln nicht mehr für Ben Albrecht")
    await world.clock.advance(days=8)
    assert people.dana.shows(f"report:{number}:")
    assert not people.ben.shows(f"report:{number}:")
    assert "nicht mehr aktuell" in await people.ben.sends_button_data(f"pledge:{number}")


async def test_whoever_comes_for_the_office_is_asked_nothing_about_themselves(sqlite_world):
    world = sqlite_world
    people = await house(world, dana=False)
    dana = await world.person("Dana")
    await people.ben.sends_button_data(f"office_invite:{people.ben.row}")
    await dana.start(re.search(r"start=(b_\w+)", people.ben.last)[1])
    await agrees(dana)
    assert "Ben Albrecht liest den Namen" in dana.last
    assert dana.buttons == [], "no way back to a question that was never asked"
    await dana.says("Dana Vogt")
    await dana.taps("Ja, das tue ich")
    await people.ben.taps("Bestätigen")
    assert "Alles bereit" in await dana.start() or "Dana" in dana.last
    assert "Gegend" not in str([each.text for each in dana.messages])
    (row,) = await world.chosen(select(Person).where(Person.chat_id == dana.id))
    assert not can_be_suggested(row)
    await dana.says("/partner")
    assert "Was treibt Sie gerade um?" in dana.last, "the way in, for whoever takes part as well"
    await dana.says("Ehrenamt")
    await dana.taps("Bestätigen")
    assert "Gegend" in dana.last


async def test_both_ways_of_handing_over_say_what_they_do(sqlite_world):
    world = sqlite_world
    people = await house(world)
    await sealed_pledge(world, people.ben, people.ana, BUS)
    card = await people.cem.sends_button_data("my_office")
    assert "bekommt Ihren Platz, sobald Ben Albrecht Ja sagt" in card
    assert "Meinen Platz übergeben" in people.cem.buttons
    await people.cem.taps("Mandat endet")
    assert "kann es mit einem Link weiterführen; sonst endet es" in people.cem.last
    assert people.cem.buttons[:2] == ["Versprechen weitergeben", "Alles beenden"]
    assert "Übergeben heißt" not in await people.ben.sends_button_data("my_office"), (
        "Ben has no seat of his own"
    )
