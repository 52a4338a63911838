"""Two people whose pledge has ended, and what they do about their retrospective."""

from datetime import datetime

from sqlalchemy import select

from db.models import PledgeEvent
from tests.clock import BERLIN
from tests.conversations.pledges import a_month_on, answers, results


async def ended(world, *voices, ben="kept", ana="kept"):
    """Ana and Ben, and the pledge of Ben's that they have just ended together, a month after it was made; its id."""
    people = await a_month_on(world, *voices)
    a, b, number = people
    await answers(b, number, "running")
    await b.taps("Ein Satz dazu" if "Ein Satz dazu" in b.buttons else "Add a line")
    await b.says("Der Ausschuss tagt am Dienstag.")
    await b.sends_button_data(f"report:{number}:m1:{ben}")
    await a.sends_button_data(f"agree:{number}:{ana}")
    return people


async def looks(person, number):
    """At the five lines; the lines below the title."""
    await person.sends_button_data(f"retro:{number}")
    return below(person)


def below(person):
    return person.last.split("\n")[1:]


async def approves(person):
    return await person.taps_data("retro_ok:")


async def corrects(person, label):
    """How it ended, in the result."""
    shown = results(person)[-1].id
    await person.taps("Antwort ändern", message=results(person)[-1])
    await person.taps(label, message=next(each for each in person.messages if each.id == shown))


async def writes(person, number, line, words):
    await person.sends_button_data(f"retro_line:{number}:{line}")
    return await person.says(words)


async def kinds(world, number):
    """What happened to the retrospective, in its order."""
    found = await world.chosen(
        select(PledgeEvent).where(PledgeEvent.pledge_id == number).order_by(PledgeEvent.id)
    )
    return [each.kind.removeprefix("retro_") for each in found if each.kind.startswith("retro_")]


def at(day, month, hour, minute=0):
    """This instant of 2027 in Berlin."""
    return datetime(2027, month, day, hour, minute, tzinfo=BERLIN)


async def closes(world, *voices):
    """Both have approved: Ana and Ben, and the pledge's id."""
    ana, ben, number = await ended(world, *voices)
    await writes(ana, number, "learned", "Mit einer Beispielrechnung hören alle zu.")
    await approves(ana)
    await approves(ben)
    return ana, ben, number
