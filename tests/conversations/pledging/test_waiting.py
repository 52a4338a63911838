"""Whoever waits for an answer hears how it went, once, whatever the other does."""

from domain.history import EventKind
from domain.pledges import State
from tests.cast import event_row, guest, open_workshop, pledge_row, sealed_pledge

DAY = "20271112"


# --- what the other may do


async def nothing(ben, data):
    pass


async def pauses(ben, data):
    await ben.says("/pause")
    await ben.taps_data("pause:0")


async def blocks(ben, data):
    await ben.blocks()


async def withdraws(ben, data):
    await ben.sends_button_data("consent_off:K")


async def is_erased(ben, data):
    await ben.says("/loeschen")
    await ben.taps_data("erase_yes")
    ben.world.forgotten.add(ben.id)


def presses(data):
    async def press(ben, about):
        await ben.sends_button_data(data.format(**about))

    return press


def says_why(data):
    async def say(ben, about):
        await ben.sends_button_data(data.format(**about))
        await ben.says("Erst nach der Wahl.")

    return say


GONE = "hat die eigenen Daten hier gelöscht"
NO_WORD = "Von Ben kam bisher keine Antwort."
LAPSED = "Zur Änderung kam keine Antwort. Es bleibt, wie es war."
RESULT = "So ging es aus"
PROPOSAL = {
    "accepts": (presses("accept:{pledge}:1"), "Es gilt!"),
    "declines": (presses("decline:{pledge}"), "Für Ben passt es gerade nicht."),
    "declines, in a tap": (presses("because:{pledge}:0:no_time"), "Ben fehlt gerade die Zeit dafür."),
    "declines, in words": (says_why("no_because:{pledge}:0"), "Ben schreibt dazu: „Erst nach der Wahl.“"),
    "is silent": (nothing, NO_WORD),
    "pauses": (pauses, NO_WORD),
    "blocks the bot": (blocks, "Ben erreiche ich gerade nicht über Telegram."),
    "withdraws K": (withdraws, GONE),
    "is erased": (is_erased, GONE),
}
AMENDMENT = {
    "accepts": (presses("amend_yes:{pledge}:{amendment}"), "Ben ist einverstanden."),
    "declines": (presses("amend_no:{pledge}:{amendment}"), "Ben möchte es lassen, wie es ist."),
    "declines, in a tap": (
        presses("because:{pledge}:{amendment}:no_time"),
        "Ben fehlt gerade die Zeit dafür.",
    ),
    "declines, in words": (says_why("no_because:{pledge}:{amendment}"), "Ben schreibt dazu: „Erst nach"),
    "is silent": (nothing, LAPSED),
    "pauses": (pauses, LAPSED),
    "blocks the bot": (blocks, LAPSED),
    "withdraws K": (withdraws, LAPSED),
    "is erased": (is_erased, GONE),
}
ENDING = {
    "sees it so": (presses("agree:{pledge}:kept"), RESULT),
    "sees it otherwise": (presses("disagree:{pledge}"), "Ben sieht es noch anders."),
    "is silent": (nothing, RESULT),
    "pauses": (pauses, RESULT),
    "blocks the bot": (blocks, RESULT),
    "withdraws K": (withdraws, GONE),
    "is erased": (is_erased, GONE),
}


async def couples(world, ways):
    """An Ana and a Ben for each way, in one workshop."""
    workshop_id = await open_workshop(world)
    return {
        way: (await guest(world, workshop_id, "Ana Keller"), await guest(world, workshop_id, "Ben Albrecht"))
        for way in ways
    }


async def does_all(ways, waiting):
    """Each Ben does what his way is; `waiting`: (Ana, Ben, what buttons are about) by way."""
    for way, (does, _) in ways.items():
        _, ben, about = waiting[way]
        await does(ben, about)


def heard(ways, waiting, since):
    """By way: how many messages said what was expected, and how many said any word about the wait."""
    words = {word for _, word in ways.values()}
    return {
        way: (_count(waiting[way][0], since[way], {word}), _count(waiting[way][0], since[way], words))
        for way, (_, word) in ways.items()
    }


def _count(person, since, words):
    return len([each for each in person.messages[since:] if any(word in each.text for word in words)])


async def test_whoever_proposes_a_pledge(sqlite_world):
    world, waiting = sqlite_world, {}
    for way, (ana, ben) in (await couples(world, PROPOSAL)).items():
        now = world.clock.now()
        row = pledge_row(1, ana.row, ben.row, now, state=State.PROPOSED, made_on=None)
        await world.add(row)
        await world.add(event_row(row.id, ana.row, EventKind.PROPOSED, now, text=row.text, day=row.deadline))
        waiting[way] = ana, ben, {"pledge": row.id}
    since = {way: len(ana.messages) for way, (ana, _, _) in waiting.items()}
    await does_all(PROPOSAL, waiting)
    await world.clock.advance(days=9)
    assert heard(PROPOSAL, waiting, since) == dict.fromkeys(PROPOSAL, (1, 1))


async def test_whoever_proposes_a_change(sqlite_world):
    world, waiting = sqlite_world, {}
    for way, (ana, ben) in (await couples(world, AMENDMENT)).items():
        number = await sealed_pledge(world, ana, ben)
        await ana.sends_button_data(f"amend_on:{number}:{DAY}")
        data = next(data for _, data in ben.newest.keyboard if data.startswith("amend_yes:"))
        waiting[way] = ana, ben, {"pledge": number, "amendment": int(data.split(":")[2])}
    since = {way: len(ana.messages) for way, (ana, _, _) in waiting.items()}
    await does_all(AMENDMENT, waiting)
    await world.clock.advance(days=1)
    told = heard(AMENDMENT, waiting, since)
    assert told["pauses"] == told["withdraws K"] == (1, 1), "at once"
    await world.clock.advance(days=6, hours=2)
    told = heard(AMENDMENT, waiting, since)
    told.pop("withdraws K")  # erased by now, and so is what named them
    assert told == dict.fromkeys(told, (1, 1))


async def test_whoever_says_that_it_is_over(sqlite_world):
    world, waiting = sqlite_world, {}
    for way, (ana, ben) in (await couples(world, ENDING)).items():
        number = await sealed_pledge(world, ana, ben)
        await ana.sends_button_data(f"report:{number}:w1:kept")
        waiting[way] = ana, ben, {"pledge": number}
    since = {way: len(ana.messages) for way, (ana, _, _) in waiting.items()}
    await does_all(ENDING, waiting)
    await world.clock.advance(days=17)
    assert heard(ENDING, waiting, since) == dict.fromkeys(ENDING, (1, 1))


async def test_an_end_of_the_pledge_is_the_word_about_a_change(sqlite_world):
    world = sqlite_world
    ana, ben = (await couples(world, ["ends"]))["ends"]
    number = await sealed_pledge(world, ana, ben)
    await ana.sends_button_data(f"amend_on:{number}:{DAY}")
    await ben.sends_button_data(f"report:{number}:w1:kept")
    await ana.sends_button_data(f"agree:{number}:kept")
    await world.clock.advance(days=8)
    assert _count(ana, 0, {RESULT}) == 1
    assert _count(ana, 0, {LAPSED}) == 0
    await ben.taps_data("amend_yes:")
    assert "Abgeschlossen" in ben.last
