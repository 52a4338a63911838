"""Whoever has a pledge with an MP knows that an office reads it: on every list of who may, and once when it begins."""

from db.models import OfficeSeat
from domain.roles import Role
from domain.versions import version_of
from tests.cast import guest, open_workshop, sealed_pledge
from tests.conversations.offices import house, seated
from tests.conversations.pledges import proposes


async def test_every_list_of_who_may_read_names_the_office(sqlite_world):
    people = await house(sqlite_world)
    number = await proposes(people.ben, people.ana, "Ich führe bis 12. Oktober ein Gespräch zum Bürgerbus.")
    assert "Eure Antworten lest nur ihr zwei und das Büro von Ben." in people.ana.last
    await people.ana.taps_data(f"accept:{number}:")
    for each in (people.ana, people.ben):
        await each.taps_data(f"talk:{number}:open")
    lines = (
        (people.ana, "nur ihr zwei und das Büro von Ben."),
        (people.ben, "nur ihr zwei und dein Büro."),
        (people.cem, "nur Ben Albrecht, das Büro und das Gegenüber."),
    )
    for each, read_by in lines:
        for button in (f"pledge:{number}", f"readers:{number}"):
            await each.sends_button_data(button)
            assert f"Lesen dürfen: {read_by}" in each.last.splitlines(), each.screen()


async def test_partners_hear_once_that_an_office_begins(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    ben = await guest(world, workshop, "Ben Albrecht", role=Role.MP, role_confirmed=True)
    office = [await guest(world, workshop, name, role=Role.OFFICE) for name in ("Cem Demir", "Dana Vogt")]
    for _ in range(2):
        await sealed_pledge(world, ben, ana)
    for staff, name in zip(office, ("Cem Demir", "Dana Vogt"), strict=True):
        seat = await seated(world, ben, staff, confirmed_at=None)
        await ben.sends_button_data(f"seat_ok:{seat}:{version_of(name, False)}")
    told = [each for each in ana.messages if each.text.startswith("Für Ben Albrecht handelt jetzt ein Büro")]
    assert len(told) == 1, ana.screen()
    await ana.taps("Versprechen ansehen")
    assert "und das Büro von Ben" in ana.last


async def test_whoever_is_called_otherwise_by_now_is_shown_before_they_are_confirmed(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ben = await guest(world, workshop, "Ben Albrecht", role=Role.MP, role_confirmed=True)
    staff = await guest(world, workshop, "Cem Demir", role=Role.OFFICE)
    seat = await seated(world, ben, staff, confirmed_at=None)
    before = version_of("Ana Keller", False)
    for verb in ("seat_ok", "seat_end"):
        await ben.sends_button_data(f"{verb}:{seat}:{before}")
        assert "Cem Demir" in ben.screen(), ben.screen()
    (row,) = await world.rows(OfficeSeat)
    assert (row.confirmed_at, row.ended_at) == (None, None)
    assert "Cem Demir bestätigen" in ben.buttons
    await ben.taps("Cem Demir bestätigen")
    (row,) = await world.rows(OfficeSeat)
    assert row.confirmed_at is not None
