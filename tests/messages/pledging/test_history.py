"""What each line of *Verlauf* says."""

from datetime import date

import pytest

from domain.history import EventKind
from domain.outcomes.pledging.histories import History
from domain.outcomes.pledging.histories import HistoryEntry as Entry
from domain.pledges import Blocker, NoBecause, Status
from domain.voice import Voice
from messages.catalogue import words
from messages.pledging.render import render
from tests.messages.reading import read

ON, DAY, TALK = date(2027, 4, 12), date(2027, 10, 12), date(2027, 4, 26)
SENTENCE, NOTE = "Ich rufe an.", "Er hat zugesagt."
LINES = [
    (Entry(EventKind.PROPOSED, ON, "", day=DAY, text=SENTENCE), "du: Vorschlag „Ich rufe an.“ bis 12. Oktober"),
    (Entry(EventKind.PROPOSED, ON, "", day=DAY), "du: Vorschlag bis 12. Oktober"),
    (Entry(EventKind.WORDED, ON, "Ana", day=DAY, text=NOTE), "Ana: andere Worte „Er hat zugesagt.“ bis 12. Oktober"),
    (Entry(EventKind.DATED, ON, "Ana Keller", day=DAY), "Ana: anderer Tag bis 12. Oktober"),
    (Entry(EventKind.ACCEPTED, ON, "Ana Keller"), "Ana: dabei"),
    (Entry(EventKind.DECLINED, ON, "Ana Keller"), "Ana: passt gerade nicht"),
    (Entry(EventKind.DECLINED, ON, "Ana", because=NoBecause.NO_TIME), "Ana: passt gerade nicht (keine Zeit)"),
    (Entry(EventKind.DECLINED, ON, "Ana", text=NOTE), "Ana: passt gerade nicht „Er hat zugesagt.“"),
    (Entry(EventKind.AMENDMENT_PROPOSED, ON, "", text=SENTENCE), "du: Änderungsvorschlag „Ich rufe an.“"),
    (Entry(EventKind.AMENDMENT_PROPOSED, ON, "", day=DAY), "du: Änderungsvorschlag bis 12. Oktober"),
    (Entry(EventKind.AMENDMENT_ACCEPTED, ON, "Ana"), "Ana: mit der Änderung einverstanden"),
    (Entry(EventKind.AMENDMENT_DECLINED, ON, "Ana", because=NoBecause.NOT_MINE),
     "Ana: lässt es, wie es ist (nicht zuständig)"),
    (Entry(EventKind.AMENDMENT_WITHDRAWN, ON, ""), "du: Änderungsvorschlag zurückgenommen"),
    (Entry(EventKind.AMENDMENT_LAPSED, ON, None), "ich: Änderung ohne Antwort, es bleibt dabei"),
    (Entry(EventKind.EVIDENCED, ON, "Ana", text=NOTE), "Ana: Beleg „Er hat zugesagt.“"),
    (Entry(EventKind.WITHDRAWN, ON, ""), "du: Vorschlag zurückgenommen"),
    (Entry(EventKind.TALK_SET, ON, "", day=TALK), "du: nächstes Gespräch am 26. April"),
    (Entry(EventKind.TALK_LEFT_OPEN, ON, ""), "du: nächstes Gespräch noch offen"),
    (Entry(EventKind.SAID, ON, "Ana Keller", Status.RUNNING), "Ana: läuft"),
    (Entry(EventKind.SAID, ON, "Ana Keller", Status.ENDED), "Ana: gemeinsam beenden"),
    (Entry(EventKind.BLOCKED, ON, "Ana", blocker=Blocker.MAJORITY), "Ana: hängt an einer Mehrheit"),
    (Entry(EventKind.NOTED, ON, "", text=NOTE), "du: Notiz „Er hat zugesagt.“"),
    (Entry(EventKind.ADVISED, ON, "", text=NOTE), "du: Rat für andere „Er hat zugesagt.“"),
    (Entry(EventKind.DISAGREED, ON, "Ana Keller"), "Ana: andere Sicht der Dinge"),
    (Entry(EventKind.IN_TOUCH, ON, "Ana Keller"), "Ana: ihr seid in Kontakt"),
    (Entry(EventKind.ENDED, ON, None), "ich: abgeschlossen"),
    (Entry(EventKind.CORRECTED, ON, "", Status.PARTLY), "du: Ergebnis geändert: teilweise"),
]  # fmt: skip


def said(outcome, voice=Voice.DU):
    return read(render(outcome, words(voice)))


@pytest.mark.parametrize(("happened", "line"), LINES)
def test_a_line(happened, line):
    assert said(History(1, "Bus", (happened,))).split("\n")[1] == f"12. April, {line}"


@pytest.mark.parametrize(
    ("voice", "line"),
    [(Voice.SIE, "12. April, Ana Keller: läuft"), (Voice.EN, "12 April, Ana: on track")],
)
def test_who_it_was_in_other_voices(voice, line):
    happened = Entry(EventKind.SAID, ON, "Ana Keller", Status.RUNNING)
    assert said(History(1, "Bus", (happened,)), voice).split("\n")[1] == line


def test_without_anything_it_says_so():
    assert said(History(1, "Bus", ())).startswith("**Verlauf: „Bus“**\nHier ist noch nichts festgehalten.")
