"""The other side is found by name: near enough is enough, and some are not to be found."""

from db.models import Pledge
from tests.cast import guest, open_workshop


async def searching(world):
    """Ben, who types names; and the phones of two who are not to be found: Paul pauses, Gustav has blocked the bot.

    Nor are Uta, who has not finished, and Frieda, who is in another workshop.
    """
    here = await open_workshop(world)
    there = await open_workshop(world, code="GHJKLM", title="Werkstatt Bremen")
    for name in ("Ana Keller", "Anna Kessler", "Annika Kellermann", "Anja Keller", "Hanna Keil"):
        await guest(world, here, name)
    ben = await guest(world, here, "Ben Albrecht")
    away = await guest(world, here, "Paul Pausinger")
    await away.says("/pause")
    await away.taps_data("pause:2")
    gone = await guest(world, here, "Gustav Geblockt")
    await gone.blocks()
    await guest(world, here, "Unfertige Uta", finished=False)
    await guest(world, there, "Frieda Fremdling")
    await ben.says("/versprechen")
    await ben.taps("Neues Versprechen")
    await ben.taps("Name suchen")
    return ben, away, gone


async def test_three_letters_or_a_typo_find_up_to_three_people(sqlite_world):
    ben, *_ = await searching(sqlite_world)
    await ben.says("Kel")
    assert 1 <= len([label for label in ben.buttons if label.startswith("Mit ")]) <= 3
    await ben.says("Ana Kelelr")
    assert ben.buttons[0] == "Mit Ana Keller"
    await ben.taps("Mit Ana Keller")
    assert ben.last.startswith("Ein Versprechen mit Ana Keller")


async def test_nobody_is_found_who_is_away_gone_unready_or_elsewhere(sqlite_world):
    ben, away, gone = await searching(sqlite_world)
    for nobody in ("An", "Pausinger", "Geblockt", "Unfertige", "Fremdling", "Albrecht", "@@@"):
        assert "Unter diesem Namen finde ich niemanden." in await ben.says(nobody), nobody
    for foreign in (away.row, gone.row, ben.row, 999):
        assert "Dieser Knopf ist nicht mehr aktuell." in await ben.sends_button_data(f"pledge_with:{foreign}")
    assert await sqlite_world.count(Pledge) == 0
