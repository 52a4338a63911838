"""Six months of one pledge as both parties read them, compared with golden files that are there to be read.

`make golden` writes the files anew. What is new in them is read in all three voices before it is committed.
"""

from datetime import datetime

import pytest

from domain.voice import Voice
from tests.clock import BERLIN
from tests.conversations.pledges import chooses
from tests.conversations.silences import two
from tests.conversations.transcripts import Transcript, compare

SAID = {
    "de": {
        "sentence": "Ich führe bis 12. Oktober ein Gespräch zur Ehrenamtspauschale.",
        "committee": "Der Ausschuss hat keinen Termin frei.",
        "new sentence": "Ich führe bis 12. Oktober zwei Gespräche zur Ehrenamtspauschale.",
        "learned": "Mit einer Beispielrechnung hören alle zu.",
        "following": "Zweiter Anlauf im Herbst.",
    },
    "en": {
        "sentence": "By 12 October I will have a talk about the volunteer allowance.",
        "committee": "The committee has no free date.",
        "new sentence": "By 12 October I will have two talks about the volunteer allowance.",
        "learned": "With worked figures everyone listens.",
        "following": "A second go in autumn.",
    },
}


@pytest.mark.parametrize("voice", Voice)
async def test_six_months_read_as_they_did(sqlite_world, voice):
    compare(await six_months(sqlite_world, voice), f"{voice}.txt")


async def six_months(world, voice):
    """Ben's pledge to Ana, from the invitation to the result; what both read."""
    ana, ben = await two(world, voice=voice)
    said = SAID[voice.language]
    await chooses(ben, ana)
    story = Transcript(world, ben, ana)
    await made(story, ben, ana, said["sentence"])
    await first_weeks(story, ben, ana, said)
    await other_words(story, ben, ana, said["new sentence"])
    await seen_differently(story, ben, ana)
    await silence(story, ben, ana)
    await the_end(story, ben, ana, said["learned"])
    await looking_back(story, ben, ana, said["following"])
    return story.text


async def made(story, ben, ana, sentence):
    await story.taps(ben, "acts:")
    await story.says(ben, sentence)
    await story.taps(ben, "propose:")
    await story.taps(ana, "accept:")
    await story.taps(ana, "talk:")


async def first_weeks(story, ben, ana, said):
    """Day 7, then the first month: Ben is stuck, Ana puts it off by a week."""
    await story.until(on(20, 4))
    await story.taps(ben, "report:1:w1")
    await story.taps(ana, "report:1:w1")
    await story.until(on(13, 5))
    await story.taps(ben, "report:1:m1:stuck")
    await story.taps(ben, "note:")
    await story.says(ben, said["committee"])
    await story.taps(ana, "snooze:")
    await story.until(on(14, 5))
    await story.taps(ana, "talk_ask:")
    await story.taps(ana, "talk")
    await story.until(on(21, 5))
    await story.taps(ana, "report:1:m1:talking")


async def other_words(story, ben, ana, sentence):
    await story.says(ben, "/versprechen")
    await story.taps(ben, "pledge:1")
    await story.taps(ben, "amend:")
    await story.taps(ben, "amend_words:")
    await story.says(ben, sentence)
    await story.taps(ana, "amend_yes:")


async def seen_differently(story, ben, ana):
    """After two months Ben says that it is kept, Ana that it is not."""
    await story.until(on(15, 6))
    await story.taps(ben, "report:1:m2:kept")
    await story.taps(ana, "disagree:")
    await story.until(on(16, 6))


async def silence(story, ben, ana):
    """Ben says nothing to three questions; Ana gets a hint, and he comes back with one tap."""
    await story.until(on(13, 7))
    await story.taps(ana, "report:1:m3:moving")
    await story.until(on(13, 8))
    await story.taps(ana, "report:1:m4:nothing")
    await story.until(on(14, 9))
    await story.taps(ana, "report:1:m5:nothing")
    await story.until(on(29, 9))
    await story.taps(ben, "come_back:")
    await story.taps(ben, "report:1:d14:running")
    await story.taps(ana, "report:1:d14:moving")


async def the_end(story, ben, ana, learned):
    await story.until(on(9, 10))
    await story.until(on(13, 10))
    await story.taps(ben, "report:1:deadline:kept")
    await story.taps(ben, "note:")
    await story.says(ben, learned)
    await story.taps(ana, "report:1:deadline:partly")


async def looking_back(story, ben, ana, following):
    """Ana words a line and agrees, Ben agrees, too."""
    await story.taps(ana, "retro:")
    await story.taps(ana, "retro_line:1:next")
    await story.says(ana, following)
    await story.taps(ana, "retro_ok:")
    await story.until(on(14, 10))
    await story.taps(ben, "retro_ok:")
    await story.taps(ben, "retro_picture:")
    await story.until(on(25, 10))


def on(day, month):
    """This day of 2027, before anybody is asked."""
    return datetime(2027, month, day, 7, tzinfo=BERLIN)
