"""Day 7, the last fortnight and the one follow-up, as people read them."""

from dataclasses import replace
from datetime import date

import pytest

from domain.nudging import Period
from domain.outcomes.pledging.nudges import Nudged
from domain.pledges import Side, Status, after_a_week
from domain.voice import Voice
from messages.catalogue import words
from messages.pledging.nudge_render import render
from tests.messages.pledging.test_nudging import EHRENAMT, KITA, LAST_DAY, nudge, said
from tests.messages.reading import presses

WEEK = replace(EHRENAMT, period=Period.WEEK1, talk_on=date(2027, 2, 3), mine=None)


def test_day_7_asks_about_the_date_to_talk():
    assert said(nudge(WEEK)) == (
        "**Eine Woche „Ehrenamtspauschale“**\n"
        "Am 3. Februar wollt ihr sprechen, du und Ana. Steht der Termin?\n"
        "Ein Tipp genügt. Ana sieht deine Antwort.\n"
        "[Steht] [Noch nicht]\n[Ich hänge fest] [Anderer Gesprächstag]\n"
        "[In 1 Woche fragen] [In 2 Wochen fragen]"
    )


def test_without_a_date_it_asks_about_a_first_step():
    assert said(nudge(replace(WEEK, talk_on=None)), Voice.EN) == (
        "**One week in: “Ehrenamtspauschale”**\n"
        "Has there been a first small step? “Not yet” is a good answer too.\n"
        "One tap is enough. Ana sees your answer.\n"
        "[Yes, done] [It's planned]\n[Not yet] [I'm stuck]\n[Ask in 1 week] [Ask in 2 weeks]"
    )


@pytest.mark.parametrize("side", Side)
def test_every_answer_to_the_first_step_can_be_given(side):
    row = replace(WEEK, side=side, talk_on=None)
    taps = [data for data in presses(render(Nudged(9, (row,)), words(Voice.DU))) if "report" in data]
    assert taps == [f"report:2:w1:{status}" for status in after_a_week(side)]


def test_the_follow_up_is_shorter_and_led_by_the_other():
    assert said(nudge(replace(KITA, again=True))) == (
        "**Kurz noch einmal: „Kita-Randzeiten“**\n"
        "Cem am 12. April: „Der Träger wäre bereit.“\n"
        "Wie steht es heute?\n"
        "[Läuft] [Hängt] [Erfüllt]\n[Anderes]\n[In 1 Woche] [In 2 Wochen]\n[Melden]"
    )
    assert "Was ist daraus geworden?" in said(Nudged(9, (replace(LAST_DAY, again=True),)))


@pytest.mark.parametrize(
    ("days", "left"), [(14, "Noch 14 Tage."), (3, "Noch 3 Tage."), (1, "Noch 1 Tag."), (15, "Noch 2 Wochen.")]
)
def test_the_last_fortnight_is_counted_in_days(days, left):
    row = replace(EHRENAMT, period=Period.BEFORE14, weeks_left=days // 7, days_left=days)
    assert left in said(Nudged(9, (row,)))


def test_an_answer_shows_instead_of_the_question():
    text = said(Nudged(9, (replace(WEEK, answer=Status.PLANNED),)))
    assert text.startswith("**Ehrenamtspauschale** · mit Ana Keller\nSteht, notiert.")
