"""What several dialogues about a partner without Telegram share."""

from sqlalchemy import select

from db.models import Person
from tests.cast import PAY, guest, open_workshop
from tests.conversations.pledges import all_pledges

OFFICE = "Landratsamt Nordtal"


async def enters(author, name="Ben Albrecht", organisation=OFFICE):
    """From the list of pledges to the question who acts."""
    await author.says("/versprechen")
    await author.taps_data("pledge_new")
    await author.taps("Jemand ohne Telegram")
    await author.says(name)
    await (author.taps("Überspringen") if organisation is None else author.says(organisation))


async def invites(world, author, sentence=PAY, acts="author"):
    """As far as the text to pass on; the pledge's id."""
    await enters(author)
    await author.taps_data(next(data for _, data in author.newest.keyboard if data.endswith(f":{acts}")))
    await author.says(sentence)
    await author.taps_data("propose:")
    return (await all_pledges(world))[-1].id


async def agreed_with(world, sentence=PAY, acts="author", **about):
    """Ana, and a pledge of hers with Ben, who has no Telegram and has agreed; her phone and the pledge's id."""
    ana = await guest(world, await open_workshop(world), "Ana Keller", **about)
    number = await invites(world, ana, sentence, acts)
    await ana.taps_data(f"entered_yes:{number}")
    await ana.taps_data(f"talk:{number}:open")
    return ana, number


async def entered_people(world):
    return await world.chosen(select(Person).where(Person.entered_by_id.is_not(None)))


def forwarded(person):
    """The newest text on this phone that is for passing on."""
    return next(each for each in reversed(person.messages) if each.text.startswith(("Guten Tag", "Hello")))
