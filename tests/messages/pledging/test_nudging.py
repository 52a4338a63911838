"""Nudges as people read them, in three voices. Ana Keller, Ben Albrecht and Cem Demir are invented."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.nudging import Period, Snooze
from domain.outcomes.pledging.nudges import NoteOffered, Nudged, NudgeRow, Result
from domain.outcomes.pledging.pledges import LastWord
from domain.pledges import Side, Status
from domain.voice import Voice
from domain.words import utf16_length
from messages.catalogue import words
from messages.pledging.nudge_render import render
from tests.messages.reading import labels, presses, read

SENTENCE = "Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale."
EHRENAMT = NudgeRow(
    pledge_id=2,
    period=Period.M3,
    side=Side.PROMISER,
    title="Ehrenamtspauschale",
    text=SENTENCE,
    other="Ana Keller",
    weeks_left=13,
    months=6,
    mine=LastWord(Status.RUNNING, date(2027, 3, 22), ""),
    theirs=None,
    talk_on=date(2027, 5, 11),
    answer=None,
)
KITA = replace(
    EHRENAMT,
    pledge_id=1,
    title="Kita-Randzeiten",
    other="Cem Demir",
    weeks_left=4,
    mine=LastWord(Status.STUCK, date(2027, 3, 22), ""),
    theirs=LastWord(None, date(2027, 4, 12), "Der Träger wäre bereit."),
    talk_on=None,
)
TO_ANA = replace(
    EHRENAMT,
    side=Side.COUNTERPART,
    other="Ben Albrecht",
    mine=None,
    theirs=LastWord(Status.RUNNING, date(2027, 4, 9), "Termin im Ausschuss steht."),
    talk_on=None,
)
BUS = replace(TO_ANA, pledge_id=3, title="Bürgerbus", other="Cem Demir", weeks_left=15, theirs=None)
LAST_DAY = replace(EHRENAMT, period=Period.DEADLINE, weeks_left=0)


def nudge(*rows: NudgeRow, **more: Any) -> Nudged:
    """These rows, which may be put off."""
    return Nudged(9, rows, snoozes=(Snooze.WEEK, Snooze.TWO_WEEKS), **more)


def said(outcome: object, voice: Voice = Voice.DU) -> str:
    return read(render(outcome, words(voice)))


LIST = {
    Voice.DU: """**Zwei Versprechen, zwei Tipps**
**1 Kita-Randzeiten** · mit Cem Demir · noch 4 Wochen
„Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.“
Du zuletzt: hängt. Cem am 12. April: „Der Träger wäre bereit.“
**2 Ehrenamtspauschale** · mit Ana Keller · noch 13 Wochen
„Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.“
Du zuletzt: läuft. Nächstes Gespräch: 11. Mai.
Wie steht es heute?
[1 läuft] [1 hängt] [1 erfüllt]
[2 läuft] [2 hängt] [2 erfüllt]
[1 Anderes] [2 Anderes]
[In 1 Woche] [In 2 Wochen]
[1 Melden]""",
    Voice.SIE: """**Zwei Versprechen, zwei Tipps**
**1 Kita-Randzeiten** · mit Cem Demir · noch 4 Wochen
„Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.“
Von Ihnen zuletzt: hängt. Cem Demir am 12. April: „Der Träger wäre bereit.“
**2 Ehrenamtspauschale** · mit Ana Keller · noch 13 Wochen
„Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.“
Von Ihnen zuletzt: läuft. Nächstes Gespräch: 11. Mai.
Wie steht es heute?
[1 läuft] [1 hängt] [1 erfüllt]
[2 läuft] [2 hängt] [2 erfüllt]
[1 Anderes] [2 Anderes]
[In 1 Woche] [In 2 Wochen]
[1 Melden]""",
    Voice.EN: """**Two promises, two taps**
**1 Kita-Randzeiten** · with Cem Demir · 4 weeks left
“Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.”
Your last word: stuck. Cem on 12 April: “Der Träger wäre bereit.”
**2 Ehrenamtspauschale** · with Ana Keller · 13 weeks left
“Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.”
Your last word: on track. Next talk: 11 May.
How are things today?
[1 on track] [1 stuck] [1 kept]
[2 on track] [2 stuck] [2 kept]
[1 Something else] [2 Something else]
[In 1 week] [In 2 weeks]
[1 Report]""",
}
TO_COUNTERPART = {
    Voice.DU: """**Zwei Versprechen an dich**
**1 Ehrenamtspauschale** · Ben Albrecht · noch 13 Wochen
„Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.“
Ben am 9. April: läuft. „Termin im Ausschuss steht.“
**2 Bürgerbus** · Cem Demir · noch 15 Wochen
„Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.“
Von Cem habe ich noch nichts gehört.
Was kommt bei dir an?
[1 geht voran] [1 noch nichts]
[1 wir sprechen] [1 Anderes]
[2 geht voran] [2 noch nichts]
[2 wir sprechen] [2 Anderes]
[In 1 Woche fragen] [In 2 Wochen fragen]
[1 Melden]""",
    Voice.SIE: """**Zwei Versprechen an Sie**
**1 Ehrenamtspauschale** · Ben Albrecht · noch 13 Wochen
„Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.“
Ben Albrecht am 9. April: läuft. „Termin im Ausschuss steht.“
**2 Bürgerbus** · Cem Demir · noch 15 Wochen
„Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.“
Von Cem Demir habe ich noch nichts gehört.
Was kommt bei Ihnen an?
[1 geht voran] [1 noch nichts]
[1 wir sprechen] [1 Anderes]
[2 geht voran] [2 noch nichts]
[2 wir sprechen] [2 Anderes]
[In 1 Woche fragen] [In 2 Wochen fragen]
[1 Melden]""",
    Voice.EN: """**Two promises made to you**
**1 Ehrenamtspauschale** · Ben Albrecht · 13 weeks left
“Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.”
Ben on 9 April: on track. “Termin im Ausschuss steht.”
**2 Bürgerbus** · Cem Demir · 15 weeks left
“Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.”
I haven't heard from Cem yet.
What is reaching you?
[1 moving] [1 nothing yet]
[1 we're talking] [1 Something else]
[2 moving] [2 nothing yet]
[2 we're talking] [2 Something else]
[Ask in 1 week] [Ask in 2 weeks]
[1 Report]""",
}
THE_DAY = {
    Voice.DU: """**Heute ist euer Tag: „Ehrenamtspauschale“**
Vor sechs Monaten hast du versprochen:
„Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.“
Was ist daraus geworden? Jede ehrliche Antwort zählt.
[Erfüllt] [Teilweise]
[Anders gelöst] [Verschoben]
[Hat nicht geklappt] [Anderes]""",
    Voice.SIE: """**Heute ist der Tag: „Ehrenamtspauschale“**
Vor sechs Monaten haben Sie versprochen:
„Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.“
Was ist daraus geworden? Jede ehrliche Antwort zählt.
[Erfüllt] [Teilweise]
[Anders gelöst] [Verschoben]
[Hat nicht geklappt] [Anderes]""",
    Voice.EN: """**Today is your day: “Ehrenamtspauschale”**
Six months ago you promised:
“Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.”
What became of it? Every honest answer counts.
[Kept] [Partly]
[Solved another way] [Postponed]
[It didn't work out] [Something else]""",
}


@pytest.mark.parametrize("voice", Voice)
def test_the_promiser_gets_a_list(voice):
    assert said(nudge(KITA, EHRENAMT), voice) == LIST[voice]


@pytest.mark.parametrize("voice", Voice)
def test_the_counterpart_gets_a_list(voice):
    assert said(nudge(TO_ANA, BUS), voice) == TO_COUNTERPART[voice]


@pytest.mark.parametrize("voice", Voice)
def test_the_day_itself(voice):
    assert said(Nudged(9, (LAST_DAY,)), voice) == THE_DAY[voice]


def test_the_day_itself_to_the_counterpart():
    text = said(Nudged(9, (replace(LAST_DAY, side=Side.COUNTERPART, other="Ben Albrecht"),)))
    assert "Vor sechs Monaten hat Ben dir versprochen:\n" in text
    assert "Was ist bei dir angekommen? Jede ehrliche Antwort zählt." in text


def test_one_pledge_asks_without_numbers():
    assert said(nudge(KITA)) == (
        "**Kita-Randzeiten** · mit Cem Demir\n"
        "„Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.“\n"
        "Noch 4 Wochen. Du zuletzt: hängt.\n"
        "Cem am 12. April: „Der Träger wäre bereit.“\n"
        "Wie steht es heute?\n"
        "[Läuft] [Hängt] [Erfüllt]\n"
        "[Anderes]\n[In 1 Woche] [In 2 Wochen]\n[Melden]"
    )


def test_buttons_say_which_question_is_answered():
    assert presses(render(nudge(KITA), words(Voice.DU))) == [
        "report:1:m3:running", "report:1:m3:stuck", "report:1:m3:kept", "others:1:m3", "snooze:9:1", "snooze:9:2",
        "complain_notes:1",
    ]  # fmt: skip


def test_an_answered_row_changes_in_place():
    text = said(Nudged(9, (replace(TO_ANA, answer=Status.MOVING), BUS)))
    assert "**1 Ehrenamtspauschale** · geht voran, notiert\n**2 Bürgerbus**" in text
    assert "[1 Ein Satz dazu] [1 Rückgängig]\n[2 geht voran]" in text


def test_nothing_is_put_off_when_all_is_answered():
    text = said(Nudged(9, (replace(TO_ANA, answer=Status.MOVING), replace(BUS, answer=Status.KEPT))))
    assert "Wochen fragen" not in text
    assert "Was kommt" not in text


def test_a_single_answer_is_shown_with_its_ways_on():
    assert said(Nudged(9, (replace(EHRENAMT, answer=Status.RUNNING),)), Voice.SIE) == (
        "**Ehrenamtspauschale** · mit Ana Keller\n"
        "Läuft, notiert. Ana Keller sieht Ihre Antwort.\n"
        "[Ein Satz dazu] [Rückgängig]\n"
        "[Beleg hinzufügen]"
    )


def test_other_answers_open_for_one_row():
    text = said(nudge(KITA, EHRENAMT, opened=(2, Period.M3)))
    assert "[2 läuft] [2 hängt]\n[2 erfüllt] [2 geplant]\n[2 teilweise] [2 anders gelöst]" in text
    assert (
        "[2 verschoben] [2 nicht geklappt]\n[2 gemeinsam beendet]\n[1 Anderes]\n[In 1 Woche] [In 2 Wochen]"
        in text
    )


def test_sides_and_days_may_mix():
    text = said(Nudged(9, (LAST_DAY, TO_ANA)))
    assert text.startswith(
        "**Zwei Versprechen, zwei Tipps**\n**1 Ehrenamtspauschale** · mit Ana Keller · heute ist euer Tag\n"
    )
    assert "Wie sieht es heute aus?" in text
    assert "In 2 Wochen" not in text


@pytest.mark.parametrize("voice", Voice)
@pytest.mark.parametrize("count", [1, 2, 8])
@pytest.mark.parametrize("period", [Period.M3, Period.DEADLINE])
@pytest.mark.parametrize("side", Side)
def test_the_worst_case_fits(voice, count, period, side):
    row = NudgeRow(
        7, period, side, "&@a.b" * 6, "<.x" * 166, "@" * 30 + "a.b" * 60, 13, 12,
        LastWord(None, date(2027, 3, 22), "a.b@" * 125), LastWord(Status.RUNNING, date(2027, 3, 22), "#x<" * 166),
        date(2027, 5, 11), None,
    )  # fmt: skip
    message = render(Nudged(9, (row,) * count), words(voice))
    assert utf16_length(read(message).split("\n[")[0]) <= 4096
    assert utf16_length(message.text) <= 8192
    assert sum(len(buttons) for buttons in labels(message)) <= 100
    assert utf16_length(read(message).split("\n")[0].replace("**", "")) <= 48


def test_words_without_a_question_are_offered_as_a_note():
    text = said(NoteOffered(5, "Termin <steht>", ((2, "Ehrenamtspauschale", "Ana Keller"),)))
    assert text == (
        "**Eine Notiz?**\n„Termin <steht>“\n"
        "Soll ich das als Notiz zu „Ehrenamtspauschale“ speichern? Ana liest es dann.\n"
        "[Ja, speichern]\n[Nein, danke]"
    )


def test_different_views_may_stand():
    text = said(
        Result(2, "Ehrenamtspauschale", SENTENCE, "Ana Keller", Status.KEPT, Status.PARTLY, "", "Fast.")
    )
    assert "Du sagst erfüllt, Ana sagt teilweise. Beides darf stehen bleiben." in text
    assert "Beides darf stehen bleiben.\n15 Minuten Gespräch helfen oft." in text
    assert "?" not in text, "no question without a button that answers it"
    assert "Von Ana: „Fast.“\nDanke, dass ihr beide drangeblieben seid.\n" in text


def test_a_note_that_asks_for_a_secret_stands_below_a_warning():
    row = replace(KITA, theirs=replace(KITA.theirs, note="Schick mir deine PIN."))
    assert "Gib niemandem PIN oder Passwort.\nCem am 12. April: „Schick mir deine PIN.“" in said(nudge(row))


def test_without_a_note_there_is_nothing_to_report():
    assert "[Melden]" not in said(nudge(replace(KITA, theirs=replace(KITA.theirs, note=""))))
