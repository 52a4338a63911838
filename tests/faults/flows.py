"""What people do while processes die: six flows. Each makes its people, calls `begins`, and acts to the end."""

from datetime import timedelta

from actions.exchange.turn import Turn
from actions.pledging.nudges import nudges
from db.models import Person
from domain.history import EventKind
from domain.nudging import deadline_for
from tests.cast import event_row, pledge_row
from tests.machine.engine import BERLIN
from tests.world import OWNER

SENTENCE = "Ich rufe bis 20. Juli die Bauamtsleiterin an."
WORDS = "Es geht weiter im großen Saal"


async def onboard(engine):
    """From the link to a whole profile."""
    chat = engine.phone("Ana")
    engine.begins()
    await engine.follows(chat, "w_ABCDEF")
    for what in ("begin:", "k_yes:", "u_yes", "role:town_hall"):
        await engine.chooses(chat, what)
    for words in ("Ana Keller", "Dresden", "Ehrenamt"):
        await engine.says(chat, words)
    for what in ("topics_ok:seeks", "skip:organisation", "skip:offers", "a_yes", "profile_ok"):
        await engine.chooses(chat, what)
    await engine.go(A_TICK)


async def propose(engine):
    """From "with whom" to the invitation."""
    (ana, _), (_, ben_row) = await _pair(engine)
    engine.begins()
    await engine.says(ana, "/versprechen")
    await _proposes(engine, ana, ben_row)
    await engine.go(A_TICK)


async def accept(engine):
    """From the invitation to a day to talk."""
    (ana, _), (ben, ben_row) = await _pair(engine)
    await _proposes(engine, ana, ben_row)
    engine.begins()
    await engine.chooses(ben, "accept:")
    await engine.chooses(ben, "talk:", ":2w")
    await engine.go(A_TICK)


async def nudge(engine):
    """Both are asked after a week, one answers; after a month both are asked again."""
    (ana, _), (ben, _) = await _agreed(engine)
    engine.begins()
    await engine.go(timedelta(days=8))
    await engine.chooses(ana, "report:", ":running")
    await engine.says(ana, "Der Termin steht.")
    await engine.go(timedelta(days=28))
    await engine.chooses(ben, "report:")
    await engine.go(A_TICK)


async def broadcast(engine):
    """To five people, with the count typed, to the report."""
    orga = engine.phone("Orga", OWNER)
    for name in ("Ana Keller", "Ben Albrecht", "Cem Yildiz", "Dora Lang", "Eva Sommer"):
        await engine.guest(name, announcements=True)
    await engine.says(orga, "/orga")
    engine.begins()
    await engine.says(orga, "/ankuendigung")
    await engine.says(orga, WORDS)
    await engine.chooses(orga, "segment:")
    await engine.says(orga, "5")
    await engine.go(A_TICK)


async def erase(engine):
    """One party of a pledge goes; the other hears of it."""
    (ana, _), _ = await _agreed(engine)
    await engine.go(timedelta(days=8))
    engine.begins()
    await engine.says(ana, "/loeschen")
    await engine.chooses(ana, "erase_yes")
    await engine.go(timedelta(hours=2))


A_TICK = timedelta(minutes=5)
FLOWS = {each.__name__: each for each in (onboard, propose, accept, nudge, broadcast, erase)}


async def _proposes(engine, ana, ben_row):
    await engine.taps(ana, None, "pledge_search")
    await engine.says(ana, "Ben Albrecht")
    await engine.chooses(ana, f"pledge_with:{ben_row}")
    await engine.chooses(ana, "acts:", ":author")
    await engine.says(ana, SENTENCE)
    await engine.chooses(ana, "propose:")


async def _pair(engine):
    return await engine.guest("Ana Keller"), await engine.guest("Ben Albrecht", place="Erfurt")


async def _agreed(engine):
    """The two, and a pledge of hers that both agreed to just now."""
    ana, ben = await _pair(engine)
    await agree(engine, ana, ben)
    return ana, ben


async def agree(engine, one, other):
    """A pledge of the first of two guests, with all its questions; its id."""
    at, today = engine.moment, engine.moment.astimezone(BERLIN).date()
    async with engine.database.writer.begin() as session:
        me = await session.get_one(Person, one[1])
        pledge = pledge_row(
            1, me.id, other[1], at, text=SENTENCE, made_on=today, deadline=deadline_for(today)
        )
        session.add(pledge)
        await session.flush()
        session.add(event_row(pledge.id, me.id, EventKind.PROPOSED, at))
        session.add(event_row(pledge.id, other[1], EventKind.ACCEPTED, at))
        await nudges.plan(Turn(session, at, engine.operator, me.chat_id, me), pledge)
        return pledge.id
