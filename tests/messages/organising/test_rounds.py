"""Rounds and open words as organisers read them. Ana Keller and Ben Albrecht are invented."""

from dataclasses import replace

from domain.figures import Withheld
from domain.outcomes.matching import Because, Why
from domain.outcomes.organising.rounds import (
    NoCard,
    OpenWords,
    RoundDropped,
    RoundLeft,
    RoundPreview,
    RoundReport,
    RoundSeat,
    RoundSeats,
)
from domain.voice import Voice
from messages.catalogue import words
from messages.organising.render import render
from tests.messages.reading import presses, read

PREVIEW = RoundPreview(
    4, "Werkstatt Nordtal", 245, 130, 28, 2, ((NoCard.NO_TOPICS, 8), (NoCard.PAUSED, Withheld.FEW)), 9
)


def said(outcome: object, voice: Voice = Voice.DU) -> str:
    return read(render(outcome, words(voice)))


def test_a_preview_is_numbers_and_a_way_to_the_names():
    assert said(PREVIEW) == (
        "**Eine Runde zum Kennenlernen**\nWerkstatt Nordtal\nVorschläge: 245\n"
        "Davon mit Abgeordneten: 130 (verschiedene: 28)\n"
        "Mandate ohne Bestätigung: 2. Vorgeschlagen wird nur, wen ihr bestätigt habt.\n"
        "Ohne Vorschlag: 9\n– keine Themen genannt: 8\n– macht Pause: unter 5\n"
        "Bis „Bestätigen“ erfährt niemand davon. Dann bekommt jede Person eine Karte mit dem Grund.\n"
        "[Wer trifft wen]\n[Wer bleibt ohne (9)]\n[Bestätigen]\n[Abbrechen]"
    )


def test_an_empty_round_cannot_be_confirmed():
    empty = replace(PREVIEW, cards=0, with_mps=0, mps=0, left=(), without=0)
    assert presses(render(empty, words(Voice.DU))) == ["round_drop:4"]
    assert "Nobody new fits right now." in said(empty, Voice.EN)
    assert "Davon mit Abgeordneten" not in said(empty), "of nobody"


def test_each_pair_has_a_reason_in_the_third_person():
    def seat(why: Why, topic: str | None, theirs: str | None = None, own: str | None = None) -> RoundSeat:
        return RoundSeat("Ana Keller", "Ben Albrecht", Because(why, topic, theirs, own, near=None))

    seats = (
        seat(Why.THEY_OFFER, "ehrenamt"), seat(Why.YOU_OFFER, "ehrenamt"),
        seat(Why.BOTH, "kita", "ehrenamt"), seat(Why.SAME, None, own="Moor"),
    )  # fmt: skip
    assert said(RoundSeats(4, 1, 3, seats)) == (
        "**Wer wen trifft (2/3)**\nWer vorn steht, bekommt den Vorschlag.\n"
        "· Ana Keller sucht Ehrenamt, Ben Albrecht bietet es an.\n"
        "· Ana Keller bietet Ehrenamt an, Ben Albrecht sucht es.\n"
        "· Ana Keller sucht Ehrenamt und bietet Kita und Kinderbetreuung an, bei Ben Albrecht ist es umgekehrt.\n"
        "· Ana Keller und Ben Albrecht beschäftigen sich beide mit dem Thema „Moor“.\n"
        "[Zurück] [Weiter]\n[Zur Übersicht]"
    )


def test_who_stays_without_is_named_with_the_reason():
    left = RoundLeft(4, 0, 1, (("Ana Keller", NoCard.CROWDED), ("Ben Albrecht", NoCard.FULL)))
    assert said(left) == (
        "**Wer ohne Vorschlag bleibt (1/1)**\n· Ana Keller: passende Gegenüber sind schon gefragt\n"
        "· Ben Albrecht: alle Gespräche sind vergeben\n[Zur Übersicht]"
    )


def test_the_report_says_what_was_overtaken():
    assert said(RoundReport(240, 0)) == "**Die Runde ist unterwegs**\nVorschläge: 240\n[Zum Menü]"
    assert "Seit der Übersicht überholt: 5." in said(RoundReport(240, 5))
    assert "Von dieser Runde erfährt niemand." in said(RoundDropped())


def test_open_words_stand_there_without_small_numbers():
    assert said(OpenWords((("Dorfkino", 7), ("Moor", None)))).splitlines()[2:] == [
        "· Dorfkino (7)", "· Moor", "[Zum Menü]",
    ]  # fmt: skip
    assert "Sobald fünf Menschen" in said(OpenWords(None))
    assert "ohne Namen zeigen" in said(OpenWords(()))
