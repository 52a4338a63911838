"""Days that were understood, as people are asked about them, in three voices."""

from dataclasses import replace
from datetime import date

import pytest

from domain.deadlines import SaidDay
from domain.outcomes.pledging.days import DayMeant, DayUse
from domain.outcomes.pledging.pledges import PledgePreview
from domain.pledges import Acts
from domain.voice import Voice
from messages.catalogue import words
from messages.pledging.render import render
from tests.messages.pledging.test_pledging import SENTENCE, said
from tests.messages.reading import labels, presses

MEANT = {
    Voice.DU: """**Wann sprecht ihr wieder?**
Verstanden habe ich: 31. März 2027. Sonst schreib mir einen anderen Tag.
[31. März 2027 · passt]
[Abbrechen]""",
    Voice.SIE: """**Wann sprechen Sie wieder?**
Verstanden habe ich: 31. März 2027. Sonst schreiben Sie mir bitte einen anderen Tag.
[31. März 2027 · passt]
[Abbrechen]""",
    Voice.EN: """**When will you talk again?**
I understood 31 March 2027. If it is another day, just write it.
[31 March 2027 · fits]
[Cancel]""",
}


@pytest.mark.parametrize("voice", Voice)
def test_a_day_that_was_understood_is_one_button(voice):
    assert said(DayMeant(2, (date(2027, 3, 31),), DayUse.TALK), voice) == MEANT[voice]


def test_each_day_that_may_be_meant_is_a_button_that_carries_it():
    either = DayMeant(2, (date(2027, 6, 5), date(2027, 5, 6)), DayUse.DEADLINE)
    message = render(either, words(Voice.DU))
    assert labels(message) == [["5. Juni 2027 · passt"], ["6. Mai 2027"], ["Abbrechen"]]
    assert presses(message)[:2] == ["deadline_on:2:20270605", "deadline_on:2:20270506"]
    for use, verb in ((DayUse.TALK, "talk"), (DayUse.TALK_MOVE, "talk_move")):
        assert presses(render(replace(either, use=use), words(Voice.DU)))[0] == f"{verb}:2:20270605"


ASKED = {
    Voice.DU: "Im Satz klingt es nach dem 31. März 2027.",
    Voice.SIE: "Im Satz klingt es nach dem 31. März 2027.",
    Voice.EN: "The sentence sounds like 31 March 2027.",
}


@pytest.mark.parametrize("voice", Voice)
def test_the_day_in_a_sentence_is_asked_about_only_in_doubt(voice):
    march = date(2027, 3, 31)
    doubted = PledgePreview(
        2, SENTENCE, "Ana Keller", Acts.AUTHOR, date(2027, 7, 20), SaidDay(march, (march,), sure=False)
    )
    assert ASKED[voice] in said(doubted, voice)
    assert presses(render(doubted, words(voice)))[1] == "deadline_on:2:20270331"
    sure = replace(doubted, said=SaidDay(march, (march,), sure=True))
    assert ASKED[voice] not in said(sure, voice)
    assert presses(render(sure, words(voice)))[1] == "deadline_on:2:20270331"
    out_of_reach = replace(doubted, said=SaidDay(march, (), sure=False))
    assert "deadline_on" not in "".join(presses(render(out_of_reach, words(voice))))
