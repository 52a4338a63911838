"""Several workshops: which one is the present one is said, and the profile names all."""


async def test_every_door_says_which_workshop_is_the_present_one(world):
    ana = await world.joined_already("Ana Keller")
    berlin = world.code
    north = await world.workshop("Werkstatt Nord")
    heard = await ana.says(north)
    assert heard.startswith(
        "Willkommen in dieser Werkstatt!\nWerkstatt Nord\nGespräche schlage ich dir jetzt aus dieser Werkstatt vor."
    )
    assert "Werkstätten: Werkstatt Nord (jetzt) · Werkstatt Berlin" in await ana.says("/profil")
    heard = await ana.start(f"w_{berlin}")
    assert heard.startswith(
        "Hier bist du schon dabei.\nWerkstatt Berlin\nGespräche schlage ich dir jetzt aus dieser Werkstatt vor."
    )
    assert "Werkstätten: Werkstatt Berlin (jetzt) · Werkstatt Nord" in await ana.says("/profil")


async def test_in_the_middle_of_joining_too(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", until="name")
    first = sqlite_world.code
    second = await sqlite_world.workshop("Werkstatt Nord")
    for code, title in ((second, "Nord"), (first, "Berlin")):
        heard = await ana.says(code)
        assert f"Werkstatt {title}\nGespräche schlage ich dir jetzt aus dieser Werkstatt vor." in heard
        assert ana.last.startswith("Wie heißt du?")


async def test_a_single_one_is_only_named(sqlite_world):
    ana = await sqlite_world.joined_already("Ana Keller")
    assert "Werkstatt: Werkstatt Berlin\n" in await ana.says("/profil")
