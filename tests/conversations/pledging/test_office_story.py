"""Seven months of an MP's pledge to a mayor as all four read it: the MP, two in the office, and the mayor.

`make golden` writes the files anew.
"""

import re
from datetime import datetime

import pytest

from domain.roles import Role
from domain.voice import Voice
from tests.cast import guest, open_workshop
from tests.clock import BERLIN
from tests.conversations.transcripts import Transcript, compare

SAID = {
    "de": {
        "sentence": "Ich führe bis 12. November ein Gespräch zur Ehrenamtspauschale.",
        "committee": "Der Ausschuss hat keinen Termin frei.",
        "asked": "Wann tagt der Ausschuss wieder?",
        "answered": "Am 8. Juli, wir haben zehn Minuten.",
        "following": "Zweiter Anlauf im Frühjahr.",
    },
    "en": {
        "sentence": "By 12 November I will have a talk about the volunteer allowance.",
        "committee": "The committee has no free date.",
        "asked": "When does the committee meet again?",
        "answered": "On 8 July, we have ten minutes.",
        "following": "A second go in spring.",
    },
}


@pytest.mark.parametrize("voice", Voice)
async def test_seven_months_with_an_office_read_as_they_did(sqlite_world, voice):
    text = await seven_months(sqlite_world, voice)
    compare(re.sub(r"b_[0-9A-Z]{10}", "b_##########", text), f"office-{voice}.txt")


async def seven_months(world, voice):
    """Cem and Dana come into Ben's office, say yes to Ana for Ben, and in the middle Cem hands over to Eva."""
    house = await with_phones(world, voice)
    story = Transcript(world, *house.values())
    said = SAID[voice.language]
    await invited(story, **house)
    await made(story, said["sentence"], **house)
    await first_months(story, said, **house)
    await words_between(story, said, **house)
    await handed_over(story, **house)
    await the_end(story, **house)
    await looking_back(story, said["following"], **house)
    return story.text


async def with_phones(world, voice):
    """Everybody has joined but Dana. Those in an office are Sie to us, unless they want English."""
    workshop = await open_workshop(world)
    about = {"voice": voice, "place": "Nirgendwo"}
    office = {**about, "voice": voice if voice is Voice.EN else Voice.SIE, "role": Role.OFFICE}
    return {
        "ana": await guest(world, workshop, "Ana Keller", **about),
        "ben": await guest(world, workshop, "Ben Albrecht", role=Role.MP, role_confirmed=True, **about),
        "cem": await guest(world, workshop, "Cem Demir", **office),
        "dana": await world.person("Dana"),
        "eva": await guest(world, workshop, "Eva Falk", **office),
    }


async def invited(story, ben, cem, dana, **_):
    """Ben passes on two links: Cem is known, Dana is new."""
    await story.says(ben, "/profil")
    await story.taps(ben, "my_office")
    await story.taps(ben, "office_invite:")
    await story.starts(cem, link_in(ben))
    await story.taps(cem, "office_yes:")
    await story.taps(ben, "seat_ok:")
    await story.taps(ben, "office_invite:")
    await story.starts(dana, link_in(ben))
    for tap in ("begin:", "k_yes:", "u_yes"):
        await story.taps(dana, tap)
    await story.says(dana, "Dana Vogt")
    await story.taps(dana, "office_yes:")
    await story.taps(ben, "seat_ok:")


async def made(story, sentence, ana, ben, cem, dana, **_):
    """Ana words what Ben promised at the table; the office says yes."""
    await story.says(ana, "/versprechen")
    await story.taps(ana, "pledge_new")
    await story.taps(ana, "pledge_search")
    await story.says(ana, "Ben")
    await story.taps(ana, "pledge_with:")
    await story.taps(ana, next(data for _, data in ana.newest.keyboard if data.endswith(":partner")))
    await story.says(ana, sentence)
    await story.taps(ana, "deadline_on:")
    await story.taps(ana, "propose:")
    await story.taps(cem, "accept:")
    await story.taps(dana, "talk:")


async def first_months(story, said, ana, cem, dana, **_):
    await story.until(on(20, 4))
    await story.taps(cem, "report:1:w1")
    await story.taps(ana, "report:1:w1")
    await story.until(on(13, 5))
    await story.taps(dana, "report:1:m1:stuck")
    await story.taps(dana, "note:")
    await story.says(dana, said["committee"])
    await story.taps(ana, "report:1:m1:talking")
    await story.until(on(15, 6))
    await story.taps(cem, "report:1:m2:running")
    await story.taps(ana, "report:1:m2:moving")


async def words_between(story, said, ana, cem, **_):
    await story.says(ana, "/versprechen")
    await story.taps(ana, "pledge:1")
    await story.taps(ana, "more:")
    await story.taps(ana, "relay:")
    await story.says(ana, said["asked"])
    await story.taps(cem, "relay_answer:")
    await story.says(cem, said["answered"])


async def handed_over(story, ana, ben, cem, dana, eva, **_):
    """Cem goes in July, and Eva answers what Cem was asked last."""
    await story.until(on(14, 7))
    await story.says(cem, "/profil")
    await story.taps(cem, "my_office")
    await story.taps(cem, "office_invite:")
    await story.starts(eva, link_in(cem))
    await story.taps(eva, "office_yes:")
    await story.taps(ben, "seat_ok:")
    await story.says(eva, "/versprechen")
    await story.taps(eva, "pledge:1")
    await story.taps(eva, "report:1:m3:running")
    await story.taps(ana, "report:1:m3:moving")
    await story.until(on(13, 8))
    await story.taps(dana, "report:1:m4:running")
    await story.until(on(14, 9))
    await story.taps(eva, "report:1:m5:running")
    await story.taps(ana, "report:1:m5:talking")


async def the_end(story, ana, dana, eva, **_):
    await story.until(on(30, 10))
    await story.taps(dana, "report:1:d14:running")
    await story.taps(ana, "report:1:d14:moving")
    await story.until(on(13, 11))
    await story.taps(eva, "report:1:deadline:kept")
    await story.taps(ana, "report:1:deadline:partly")


async def looking_back(story, following, ana, dana, **_):
    """Ana words a line and agrees, and Dana does for Ben."""
    await story.taps(ana, "retro:")
    await story.taps(ana, "retro_line:1:next")
    await story.says(ana, following)
    await story.taps(ana, "retro_ok:")
    await story.until(on(14, 11))
    await story.taps(dana, "retro_ok:")
    await story.until(on(20, 11))


def link_in(person):
    """The payload of the invitation that is passed on from this phone."""
    return re.search(r"start=(b_\w+)", person.newest.text)[1]


def on(day, month):
    """This day of 2027, before anybody is asked."""
    return datetime(2027, month, day, 7, tzinfo=BERLIN)
