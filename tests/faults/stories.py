"""A story told once, with whatever goes wrong meanwhile, and judged by the same story undisturbed."""

from collections import Counter
from dataclasses import replace

from tests.faults.ending import ending
from tests.faults.engine import MortalEngine
from tests.faults.processes import Fate
from tests.faults.trouble import troubled


async def told(ground, flow, *deaths, probe=False):
    """How the story ends if processes die at these points, and what became of them. `probe`: see DELIVERY_PROBE."""
    engine = MortalEngine(ground, Fate(*deaths))
    engine.probe = probe
    await engine.open()
    try:
        await flow(engine)
        return await ending(engine), engine.fate
    finally:
        await engine.close()


async def told_in_trouble(ground, flow, trouble):
    """How the story ends if the database is in trouble meanwhile."""
    engine = MortalEngine(ground)
    await engine.open()
    try:
        with troubled(engine.database, trouble):
            engine.on_begin = lambda: setattr(trouble, "begun", True)
            await flow(engine)
            trouble.begun = False
        ended = await ending(engine)
        # What fails because of the trouble itself may be logged as an error.
        return replace(ended, errors=[each for each in ended.errors if "faults/trouble.py" not in each])
    finally:
        await engine.close()


def judge(this, undisturbed, at_most, in_doubt=0):
    """Returns how many messages came again, of which there may be `at_most` in a chat, and no more than `in_doubt`."""
    assert not this.waiting, f"still owed or unread: {this.waiting}"
    assert not this.errors, "\n".join(this.errors)
    assert not this.lost(undisturbed), f"lost: {this.lost(undisturbed)}"
    assert not this.differs(undisturbed), f"half a state: {this.differs(undisturbed)}"
    repeated, by_chat = this.repeated(undisturbed), Counter()
    for (chat, _), times in repeated.items():
        by_chat[chat] += times
    assert max(by_chat.values(), default=0) <= at_most, f"repeated: {repeated}"
    assert repeated.total() <= in_doubt, f"{in_doubt} were on their way, repeated: {repeated}"
    return repeated.total()
