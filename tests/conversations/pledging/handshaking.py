"""What several dialogues about handshakes share: how somebody holds one out, and what the bot says."""

from tests.cast import PAY
from tests.conversations.pledges import all_pledges

MOST_TAPS, MOST_TAPS_KNOWN, MOST_TAPS_NEW = 8, 4, 6
A_SCAN = 1  # and Telegram's own "Start"
INVITES = "Ben Albrecht lädt dich zu einem Versprechen ein"
NOTHING = "Damit lässt sich nichts öffnen"
READS = "liest jetzt euren Satz"
STALE = "Dieser Knopf ist nicht mehr aktuell"


async def holds_out(author, sentence=PAY, acts="author"):
    """From the list of pledges to the picture; the payload of its link, and its number."""
    await author.says("/versprechen")
    await author.taps_data("pledge_new")
    await author.taps("Wir stehen zusammen")
    await author.taps_data(next(data for _, data in author.newest.keyboard if data.endswith(f":{acts}")))
    await author.says(sentence)
    await author.taps("Bestätigen")
    return shown_by(author)


def shown_by(author):
    link, number = link_in(author.newest), _bold(author.newest)[-1]
    return link.partition("start=")[2], number


def link_in(bubble):
    return next(line for line in bubble.text.split("\n") if line.startswith("https://t.me/"))


def _bold(bubble):
    return [
        bubble.text[e["offset"] : e["offset"] + e["length"]] for e in bubble.entities if e["type"] == "bold"
    ]


async def state(world):
    return (await all_pledges(world))[-1].state
