"""Telegram delivers an update twice, or what several people did in another order: the end is the same.

ORDERS: in so many of them, and all flows instead of two.
"""

from datetime import timedelta

from stage import phones
from tests.faults.ending import ending
from tests.faults.engine import MortalEngine
from tests.faults.flows import FLOWS, agree
from tests.faults.sizes import sized
from tests.faults.stories import judge
from tests.machine.engine import _gone, _Pressed

_NAMES = ("Ana Keller", "Ben Albrecht", "Cem Yildiz", "Dora Lang", "Eva Sommer", "Finn Weber")
ORDERS = sized("ORDERS", 0)


class Twice(MortalEngine):
    """Every update comes twice while it is new, and once more when it is done."""

    async def _take_in(self):
        updates = await super()._take_in()
        await self.intake.take(updates)
        return updates

    async def _does(self, chat, act, **how):
        await super()._does(chat, act, **how)
        await self.again()


def test_an_update_that_comes_again_changes_nothing(run, ground, undisturbed, dice, report):
    flows = dice.sample(list(FLOWS), len(FLOWS) if ORDERS else 2)
    for flow in flows:

        async def twice(story=FLOWS[flow]):
            engine = Twice(ground)
            await engine.open()
            try:
                await story(engine)
                return await ending(engine)
            finally:
                await engine.close()

        expected, _ = undisturbed(FLOWS[flow])
        judge(run(twice()), expected, 0)
    report(f"every update three times: {', '.join(flows)}")


def test_the_order_among_people_changes_nothing(run, ground, dice, report):
    """Three pairs with a pledge each. What one person did is read in its order, however it came."""
    runs = ORDERS or 6
    in_order = run(_delivered(ground, list))
    assert in_order.rows["pledge_events"].total() >= 6 + 3 + 6, "not much was done"
    for number in range(runs):
        this = run(_delivered(ground, lambda updates: dice.sample(updates, len(updates)), dice))
        assert not this.waiting
        assert not this.differs(in_order), f"order {number}: {this.differs(in_order)}"
    report(f"{runs} orders")


async def _delivered(ground, mix, dice=None):
    """All is stored before any of it is read, in this order and in batches of any size."""
    engine = MortalEngine(ground)
    await engine.open()
    try:
        updates = mix(await _done_by_three_pairs(engine))
        while updates:
            count = dice.randrange(1, 6) if dice else len(updates)
            await engine.intake.take(updates[:count])
            updates = updates[count:]
        await engine.settle()
        await engine.go(timedelta(hours=2))  # until news that wait a while have gone
        return await ending(engine)
    finally:
        await engine.close()


async def _done_by_three_pairs(engine):
    """An answer each, a note, a pause, another answer, as updates that nobody has fetched yet."""
    people = [await engine.guest(name) for name in _NAMES]
    pairs = list(zip(people[::2], people[1::2], strict=True))
    for one, other in pairs:
        number = await agree(engine, one, other)
        _acts(
            engine, one[0], f"report:{number}:w1:running", f"note:{number}:w1", "Der Termin steht.", "pause:1"
        )
        _acts(engine, other[0], f"report:{number}:w1:moving", f"report:{number}:w1:talking", "voice:en")
    updates = engine.stage.updates.pending()
    engine.stage.updates.drop_all()
    return updates


def _acts(engine, chat, *doings):
    phone = engine.stage.ledger.phones[chat]
    for each in doings:
        if " " in each:
            phones.send(engine.stage, phone, each)
        else:
            phones._callback(engine.stage, phone, _Pressed(_gone(chat, None)), each)
