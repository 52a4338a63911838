"""Many pledges of one person: five make one message, twenty one that pages and keeps what was answered."""

from domain.words import utf16_length
from tests.cast import guest, open_workshop, sealed_pledge
from tests.conversations.pledges import given, questions, without_day_7

SENTENCE = "Ich stelle bis Oktober den {}. Antrag für das Ehrenamt in unserer Gemeinde, mit allen Unterlagen."


async def many(world, number, *, day_7=False):
    """Ana, who has promised Ben so many things; asked about all of them just now."""
    workshop_id = await open_workshop(world)
    ana = await guest(world, workshop_id, "Ana Keller")
    ben = await guest(world, workshop_id, "Ben Albrecht")
    pledges = [await sealed_pledge(world, ana, ben, SENTENCE.format(each)) for each in range(1, number + 1)]
    if not day_7:
        await without_day_7(world)
    await world.clock.advance(**({"days": 8} if day_7 else {"months": 1, "hours": 4}))
    return ana, pledges


def limits_hold(person):
    assert utf16_length(person.newest.text) <= 4096
    assert len(person.newest.keyboard) <= 100
    assert all(utf16_length(label) <= 25 for label in person.buttons)


async def test_five_pledges_make_one_message(sqlite_world):
    ana, _ = await many(sqlite_world, 5)
    assert len(await questions(sqlite_world, ana)) == 1
    assert ana.last.startswith("Fünf Versprechen, fünf Tipps\n1 ")
    assert {f"{rank} läuft" for rank in range(1, 6)} <= set(ana.buttons)
    assert "Weiter" not in ana.buttons
    assert [e["type"] for e in ana.newest.entities].count("expandable_blockquote") == 5
    limits_hold(ana)


async def test_twenty_make_one_message_that_pages_and_keeps_what_was_answered(sqlite_world):
    world = sqlite_world
    ana, pledges = await many(world, 20)
    asked = ana.newest
    assert len(await questions(world, ana)) == 1
    assert ana.last.startswith("20 Versprechen, 20 Tipps\n1 ")
    await ana.taps("2 läuft")
    seen = 0
    for ranks, turns in (
        (range(1, 9), ["Weiter"]),
        (range(9, 17), ["Zurück", "Weiter"]),
        (range(17, 21), ["Zurück"]),
    ):
        assert ana.newest.id == asked.id
        limits_hold(ana)
        assert ana.buttons[-len(turns) :] == turns
        seen += sum(f"{rank} hängt" in ana.buttons for rank in ranks)
        if "Weiter" in turns:
            await ana.taps("Weiter")
    assert seen == 19
    await ana.says("18 hängt")
    assert ana.newest.id == asked.id
    assert "18 Unterlagen · hängt, notiert" in ana.last, "the page stays"
    await ana.taps("Zurück")
    await ana.taps("Zurück")
    assert "2 Unterlagen · läuft, notiert" in ana.last
    assert {(each.pledge_id, each.status) for each in await given(world)} == {
        (pledges[1], "running"),
        (pledges[17], "stuck"),
    }
    await ana.taps("In 2 Wochen")
    await world.clock.advance(days=15)
    assert ana.last.startswith("18 Versprechen, 18 Tipps"), "what was answered is not asked again"


async def test_a_page_that_is_done_says_where_something_is_open(sqlite_world):
    world = sqlite_world
    ana, pledges = await many(world, 9)
    for number in pledges[:8]:
        await ana.taps_data(f"report:{number}:m1:running")
    assert ana.last.endswith("Noch 1 Frage ist offen, auf einer anderen Seite.")
    await ana.taps("Weiter")
    await ana.taps("9 läuft")
    assert ana.last.endswith("Alles notiert. Ein Satz dazu ist willkommen.")


async def test_day_7_has_its_own_answers_in_a_list_too(sqlite_world):
    ana, _ = await many(sqlite_world, 2, day_7=True)
    assert ana.last.count("Gab es schon einen ersten kleinen Schritt?") == 2
    assert {"1 Ja, gemacht", "2 Noch nicht", "2 Ich hänge fest"} <= set(ana.buttons)
    await ana.taps("2 Noch nicht")
    assert "2 Unterlagen · noch nicht, notiert" in ana.last


async def test_somebody_elses_list_is_not_turned(sqlite_world):
    world = sqlite_world
    ana, _ = await many(world, 9)
    stranger = await world.joined_already("Cem Demir")
    await stranger.sends_button_data(next(data for _, data in ana.newest.keyboard if "nudge_page" in data))
    assert "nicht mehr aktuell" in stranger.screen(3)
