"""A sentence that asks for a secret, or is about a third person: a hint, and it goes out all the same."""

from tests.cast import pair
from tests.conversations.pledges import writes


async def test_a_request_for_a_pin_reaches_the_other_with_a_warning(sqlite_world):
    ana, ben = await pair(sqlite_world)
    number = await writes(ben, ana, "Schick mir deine PIN.")
    assert "Das klingt nach einer Bitte um PIN, Passwort oder Geld." in ben.last
    await ben.taps_data(f"propose:{number}")
    hint, sentence = "Gib niemandem PIN oder Passwort.", "Ben verspricht: „Schick mir deine PIN.“"
    assert ana.last.startswith(f"Ben Albrecht lädt dich zu einem Versprechen ein\n{hint}\n{sentence}")


async def test_who_writes_about_a_third_person_is_asked_to_think_of_them(sqlite_world):
    ana, ben = await pair(sqlite_world)
    number = await writes(ben, ana, "Frau Krause ist unfähig.")
    assert "Das klingt nach einer dritten Person." in ben.last
    await ben.taps_data(f"propose:{number}")
    assert "dritten Person" not in ana.last
    assert "Frau Krause ist unfähig." in ana.last
