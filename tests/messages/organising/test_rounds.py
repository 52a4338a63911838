"""Rounds and open words as organisers read them. Ana Keller and Ben Albrecht are invented."""

from dataclasses import replace

from domain.figures import Withheld
from domain.outcomes.matching import Because, Why
from domain.outcomes.organising.rounds import (
    Edit,
    NamedSeat,
    NoCard,
    OpenWords,
    RoundChoice,
    RoundDropped,
    RoundLeft,
    RoundOption,
    RoundPair,
    RoundPreview,
    RoundReport,
    RoundSeats,
    WithoutCard,
)
from domain.voice import Voice
from messages.catalogue import words
from messages.organising.render import render
from tests.messages.reading import presses, read

PREVIEW = RoundPreview(
    4, 7, "Werkstatt Nordtal", 245, 130, 28, 2, ((NoCard.NO_TOPICS, 8), (NoCard.PAUSED, Withheld.FEW)), 9
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
    def seat(why: Why, topic: str | None, theirs: str | None = None, own: str | None = None) -> NamedSeat:
        return NamedSeat(3, "Ana Keller", "Ben Albrecht", Because(why, topic, theirs, own, near=None))

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
        + "".join(f"[Ana Keller mit Ben A… ({n})]\n" for n in range(1, 5))
        + "[Zurück] [Weiter]\n[Zur Übersicht]"
    )


TRIO = NamedSeat(9, "Ana Keller", "Ben Albrecht", Because(Why.HERE, None, None, None, near=None), "Cem Demir")


def test_a_pair_of_the_plan_can_be_changed():
    assert said(RoundPair(4, 7, 1, replace(TRIO, third=None))) == (
        "**Ein Paar der Runde**\n· Ana Keller und Ben Albrecht sind beide da.\nWas soll sich ändern?\n"
        "[Tauschen]\n[Jemanden dazunehmen]\n[Aus der Runde nehmen]\n[Zu den Paaren]"
    )
    three = render(RoundPair(4, 7, 1, TRIO), words(Voice.DU))
    assert "Zu dritt mit Cem Demir." in read(three)
    assert presses(three) == ["round_choose:4:swap-9:0", "round_cut:4:7:9", "round_seats:4:1"]


def test_each_choice_carries_what_was_shown():
    option = RoundOption(5, "Dora Lenz", TRIO, replace(TRIO, name="Dora Lenz"))
    swap = RoundChoice(4, 7, Edit.SWAP, 9, "Ana Keller", 0, 1, (option,))
    assert presses(render(swap, words(Voice.DU))) == ["round_do:4:7-swap-9:5", "round_pair:4:9"]
    give = render(replace(swap, edit=Edit.GIVE, options=()), words(Voice.EN))
    assert "Nobody fits here" in read(give)
    assert presses(give) == ["round_left:4:0"]


def test_who_stays_without_is_named_with_the_reason():
    ana = WithoutCard(1, "Ana Keller", NoCard.CROWDED, can_get_one=True)
    ben = WithoutCard(2, "Ben Albrecht", NoCard.FULL, can_get_one=False)
    left = RoundLeft(4, 0, 1, (ana, ben), topicless=True)
    assert said(left) == (
        "**Wer ohne Vorschlag bleibt (1/1)**\n· Ana Keller: passende Gegenüber sind schon gefragt\n"
        "· Ben Albrecht: alle Gespräche sind vergeben\n"
        "[Karte für Ana Keller]\n[Nach Themen fragen]\n[Zur Übersicht]"
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
