"""A sentence that asks for a secret, or is about a third person: a hint, and it goes out all the same."""

from tests.cast import pair
from tests.conversations.pledges import proposes, writes


async def test_a_request_for_a_pin_reaches_the_other_with_a_warning(sqlite_world):
    ana, ben = await pair(sqlite_world)
    number = await writes(ben, ana, "Schick mir deine PIN.")
    assert "Das klingt nach einer Bitte um PIN, Passwort oder Geld." in ben.last
    await ben.taps_data(f"propose:{number}")
    hint, sentence = "Gib niemandem PIN oder Passwort.", "Ben verspricht: „Schick mir deine PIN.“"
    assert ana.last.startswith(f"Ben Albrecht lädt dich zu einem Versprechen ein\n{hint}\n{sentence}")


async def test_whoever_sends_other_words_is_told_what_they_sound_like(sqlite_world):
    ana, ben = await pair(sqlite_world)
    number = await proposes(ben, ana, "Ich rufe bis Mai den Landrat an.")
    await ana.taps_data(f"adjust:{number}")
    await ana.says("Schick mir deine PIN.")
    assert "Das klingt nach einer Bitte um PIN, Passwort oder Geld." in ana.last
    assert "Gib niemandem PIN oder Passwort." in ben.last


async def test_who_writes_about_a_third_person_is_asked_to_think_of_them(sqlite_world):
    ana, ben = await pair(sqlite_world)
    number = await writes(ben, ana, "Frau Krause ist unfähig.")
    assert "Das klingt nach einer dritten Person." in ben.last
    await ben.taps_data(f"propose:{number}")
    assert "dritten Person" not in ana.last
    assert "Frau Krause ist unfähig." in ana.last
