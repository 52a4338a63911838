"""Who is erased goes from the chats of an office, too, and of those who have left it."""

from tests.conversations.offices import a_month_on
from tests.conversations.pledges import answers


async def erases(world, person):
    await person.says("/loeschen")
    await person.taps_data("erase_yes")
    world.forgotten.add(person.id)
    await world.quiet()


def read_by(person):
    return "\n".join(each.text for each in person.messages)


async def test_an_mp_who_is_erased_goes_from_the_chats_of_their_office(sqlite_world):
    people, _ = await a_month_on(sqlite_world)
    assert "Für Ben Albrecht" in read_by(people.cem)
    await erases(sqlite_world, people.ben)
    for each in (people.cem, people.dana):
        assert "Ben" not in read_by(each)
        assert each.last.startswith("Ein Büro gibt es nicht mehr")


async def test_the_other_party_goes_from_the_chat_of_whoever_has_left_the_office(sqlite_world):
    people, _ = await a_month_on(sqlite_world)
    await people.dana.sends_button_data(f"office:{people.ben.row}")
    await people.dana.taps("Aus dem Büro gehen")
    await erases(sqlite_world, people.ana)
    assert "Ana" not in read_by(people.dana)


async def test_somebody_of_the_office_goes_from_the_history_that_the_mp_reads(sqlite_world):
    people, number = await a_month_on(sqlite_world)
    await answers(people.cem, number, "running")
    for each in (people.ben, people.dana):
        await each.sends_button_data(f"history:{number}:0")
        assert "Cem" in each.last
    await erases(sqlite_world, people.cem)
    for each in (people.ben, people.dana):
        assert "Cem" not in read_by(each)
    assert people.dana.last.splitlines()[1] == "Für Ben Albrecht"
