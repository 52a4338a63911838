"""A pledge with an association that has no Telegram, as both parties read it: it takes over its side in month four."""

import re
from datetime import datetime

import pytest

from domain.voice import Voice
from tests.cast import guest, open_workshop
from tests.clock import BERLIN
from tests.conversations.pledging.handshaking import link_in
from tests.conversations.transcripts import Transcript, compare

SAID = {
    "de": ("Ben Albrecht", "Sportverein Nordtal", "Ich führe bis 12. November ein Gespräch zur Ehrenamtspauschale."),
    "en": ("Ben Albrecht", "Sports club Nordtal", "By 12 November I will have a talk about the volunteer allowance."),
}  # fmt: skip


@pytest.mark.parametrize("voice", Voice)
async def test_a_pledge_with_somebody_without_telegram_reads_as_it_did(sqlite_world, voice):
    text = await seven_months(sqlite_world, voice)
    compare(re.sub(r"c_[0-9A-Z]{10}", "c_##########", text), f"without-telegram-{voice}.txt")


async def seven_months(world, voice):
    """Ana's, who enters Ben, reports for him, and passes the link on; what she reads, and then what he does."""
    ana = await guest(world, await open_workshop(world), "Ana Keller", voice=voice)
    ben = await world.person("Ben")
    story = Transcript(world, ana, ben)
    await made(story, ana, *SAID[voice.language])
    await first_months(story, ana)
    await taken_over(story, ana, ben, voice)
    await the_end(story, ana, ben)
    await looking_back(story, ana, ben)
    return story.text


async def made(story, ana, name, organisation, sentence):
    await story.says(ana, "/versprechen")
    await story.taps(ana, "pledge_new")
    await story.taps(ana, "enter")
    await story.says(ana, name)
    await story.says(ana, organisation)
    await story.taps(ana, "acts:")
    await story.says(ana, sentence)
    await story.taps(ana, "deadline_on:")
    await story.taps(ana, "propose:")
    await story.taps(ana, "entered_yes:")
    await story.taps(ana, "talk:")


async def first_months(story, ana):
    await story.until(on(20, 4))
    await story.taps(ana, "report:1:w1")
    await story.until(on(13, 5))
    await story.taps(ana, "report:1:m1:running")
    await story.taps(ana, "entered_text:")
    await story.taps(ana, "entered_says:1:m1:moving")


async def taken_over(story, ana, ben, voice):
    await story.until(on(13, 8))
    await story.says(ana, "/versprechen")
    await story.taps(ana, "pledge:1")
    await ana.sends_button_data("takeover_link:1")
    await story.starts(ben, link_in(ana.newest).partition("start=")[2])
    for tap in (f"greet:1:{voice}", "begin:", "k_yes:", "u_yes", "takeover_yes:", "pledge:"):
        if voice is Voice.DU or not tap.startswith("greet"):
            await story.taps(ben, tap)


async def the_end(story, ana, ben):
    await story.until(on(14, 9))
    await story.taps(ben, "report:1:m5:moving")
    await story.until(on(13, 11))
    await story.taps(ana, "report:1:deadline:kept")
    await story.taps(ben, "report:1:deadline:kept")


async def looking_back(story, ana, ben):
    await story.taps(ben, "retro:")
    await story.taps(ben, "retro_ok:")
    await story.taps(ana, "retro_ok:")


def on(day, month):
    """This day of 2027, before anybody is asked."""
    return datetime(2027, month, day, 7, tzinfo=BERLIN)
