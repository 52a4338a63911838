"""The organisers' desk as they read it. Ana Keller and Ben Albrecht are invented."""

import struct
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.audience import Facet, Sense
from domain.figures import Withheld
from domain.outcomes.matching import Card
from domain.outcomes.organising.broadcasts import (
    BroadcastCopy,
    BroadcastPreview,
    BroadcastProgress,
    BroadcastToConfirm,
    Phase,
    SegmentAsked,
)
from domain.outcomes.organising.desk import (
    DeskTask,
    OrgaMenu,
    OrgaWorkshop,
    RoleClaim,
    RoleClaims,
    WorkshopAsked,
)
from domain.outcomes.organising.workshops import WorkshopCard
from domain.roles import Role
from domain.voice import Voice
from domain.workshops import WorkshopDetails
from domain.written import SENDER, Format, FormatKind, Written
from messages.catalogue import words
from messages.message import Copy
from messages.organising.render import render
from tests.messages.reading import presses, read

LINK = "https://t.me/mutmacher_bot?start=w_K7RD2M"
DAY = date(2027, 5, 12)
BEN = Card("Ben Albrecht", Role.MP, False, "", "Nordtal", "BY")


def said(outcome: object, voice: Voice = Voice.DU) -> str:
    return read(render(outcome, words(voice)))


def test_the_menu_has_the_days_numbers_on_its_buttons():
    text = said(OrgaMenu((OrgaWorkshop(1, "Werkstatt Nordtal", 214, DAY),), 1, to_confirm=3, pledges=17))
    assert text.endswith(
        "[Werkstatt Nordtal (214)]\n[Aufgaben]\n[Rollen bestätigen (3)]\n[Menschen]\n[Ankündigung]\n"
        "[Stand] [Ergebnis]\n[Runde planen] [Zeitplan]\n[Runder Tisch] [Versprechensrunde]\n[Wand]\n"
        "[Daten als Datei]\n"
        "[Kalender] [Offene Worte]\n[Büros]\n"
        "[Warum keine Frage?] [Neue Werkstatt]\n[Team] [Meine Rolle]"
    )
    assert "17 Versprechen" in text
    assert "Versprechen gegeben" not in said(OrgaMenu((), 0, to_confirm=3, pledges=None))


def test_a_workshops_card_shows_link_and_code_as_text_and_picture():
    details = WorkshopDetails("Werkstatt Nordtal", date(2027, 5, 12))
    message = render(WorkshopCard(1, details, "K7RD2M", LINK, 1, "mutmacher_bot", Voice.DU), words(Voice.DU))
    assert f'<a href="{LINK}">{LINK}</a>' in message.text
    assert "Oder an @mutmacher_bot diesen Code schreiben: <code>K7RD2M</code>" in message.text
    assert "1 Mensch ist dabei." in message.text
    assert message.photo is not None
    assert message.photo.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", message.photo[16:24])
    assert width == height
    assert 500 <= width <= 700


def test_claims_are_a_list_of_names():
    text = said(RoleClaims(1, 3, 18, 9, ((4, BEN), (5, replace(BEN, place="Süd")))), Voice.SIE)
    assert text == (
        "**Mandate zu bestätigen (2/3)**\n18 Menschen warten. Wer steht vor Ihnen?\n"
        "[9. Ben Albrecht · Nordtal]\n[10. Ben Albrecht · Süd]\n[Zurück] [Weiter]\n[Jemanden suchen]\n[Zum Menü]"
    )


def test_a_claimed_mandate_is_checked_in_person():
    text = said(RoleClaim(4, BEN, left=2, decided=None))
    assert "Bundestag oder Landtag\nNoch nicht bestätigt\n" in text
    assert (
        "Selbst angegeben, noch ungeprüft. Bitte kurz am Empfang ansprechen.\nDanach warten noch 2 Menschen."
        in text
    )
    assert text.endswith("[Bestätigen]\n[Nicht bestätigen]\n[Weitere Rollen (2)]")


@pytest.mark.parametrize(("decided", "told"), [(True, "Bestätigt. Ben"), (False, "Nicht bestätigt. Ben")])
def test_after_a_decision_come_the_others_and_there_is_a_way_back(decided, told):
    message = render(RoleClaim(4, BEN, left=2, decided=decided), words(Voice.DU))
    assert told in message.text
    assert presses(message) == ["claims", f"claim_{'no' if decided else 'yes'}:4:{BEN.version}", "orga"]
    assert "claims" not in presses(render(RoleClaim(4, BEN, left=0, decided=decided), words(Voice.DU)))


@pytest.mark.parametrize(
    ("workshops", "labels"),
    [
        (
            [("Werkstatt Nordtal", 214), ("Werkstatt Süd", Withheld.FEW)],
            ["Werkstatt Nordtal (214)", "Werkstatt Süd"],
        ),
        (
            [
                ("Werkstatt der Mutigen Berlin", 30),
                ("Werkstatt der Mutigen Dresden", Withheld.FEW),
                ("Süd", 5),
            ],
            ["…Berlin (30)", "…Dresden", "Süd (5)"],
        ),
        (
            [("Werkstatt der Mutigen Nordtal", 6), ("Werkstatt der Mutigen Nordtal", 7)],
            ["12. Mai: Werkstatt d… (6)", "13. Mai: Werkstatt d… (7)"],
        ),
    ],
)
def test_workshops_of_long_names_are_told_apart(workshops, labels):
    rows = tuple(OrgaWorkshop(n, *each, DAY + timedelta(days=n)) for n, each in enumerate(workshops))
    message = render(WorkshopAsked(DeskTask.CARD, 0, 1, rows), words(Voice.DU, DAY))
    shown = [each.text for row in message.keyboard.inline_keyboard for each in row]
    assert shown[:-1] == labels


def test_workshops_to_choose_from_come_by_the_page():
    many = tuple(OrgaWorkshop(n, f"Werkstatt {n}", n, DAY) for n in range(30, 22, -1))
    message = render(WorkshopAsked(DeskTask.BROADCAST, 0, 4, many), words(Voice.DU))
    assert presses(message)[:2] == ["in_workshop:30:broadcast", "in_workshop:29:broadcast"]
    assert presses(message)[8:] == ["workshops:broadcast:1", "orga"]
    last = render(WorkshopAsked(DeskTask.BROADCAST, 3, 4, many[:1]), words(Voice.DU))
    assert presses(last) == ["in_workshop:30:broadcast", "workshops:broadcast:2", "orga"]
    menu = render(OrgaMenu(many, 30, to_confirm=0, pledges=None), words(Voice.DU))
    assert presses(menu)[7:9] == ["workshop:23", "workshops:card:0"]
    assert "[Alle 30 Werkstätten]" in said(OrgaMenu(many, 30, to_confirm=0, pledges=None))


def test_whom_it_goes_to_is_chosen_by_facets():
    first = SegmentAsked(8, ("Nordtal",), None, (("everybody", None, 214), ("mps", None, 26)))
    assert said(first).endswith(
        "[An alle (214)]\n[Abgeordnete (26)]\n[Rolle] [Bundesland]\n[Thema] [Versprechen]\n"
        "[Noch im Profil] [Still geworden]\n[Abbrechen]"
    )
    assert presses(render(first, words(Voice.DU)))[2:4] == ["segment:8:role", "segment:8:land"]
    second = SegmentAsked(
        8, ("Nordtal",), Facet.ROLE, (("mp", Sense.ONLY, 26), ("town_hall", Sense.WITHOUT, 40))
    )
    assert "[nur: Bundestag oder Landtag (26)]\n[ohne: Rathaus oder Landkreis (40)]" in said(second)
    lands = replace(second, facet=Facet.LAND, options=(("BY", None, 5),), page=1, pages=3)
    assert presses(render(lands, words(Voice.DU))) == [
        "segment_is:8:land:BY", "segment_page:8:land:0", "segment_page:8:land:2", "segments:8", "broadcast_drop:8",
    ]  # fmt: skip


CHOSEN = (
    (Sense.ONLY, Facet.ROLE, "confirmed_mp"),
    (Sense.ONLY, Facet.LAND, "BY"),
    (Sense.WITHOUT, Facet.PLEDGES, "open"),
)


def test_what_was_chosen_is_said_while_more_can_be_chosen():
    text = said(SegmentAsked(8, ("Nordtal",), None, (), CHOSEN, 12, is_chosen=True))
    assert (
        "Geht an: Abgeordnete, bestätigt · Bayern. Ohne: mit offenem Versprechen.\nZu erreichen: 12." in text
    )
    assert "[Zur Vorschau]\n[Auswahl leeren]\n" in text


def test_a_preview_names_the_exact_count_and_a_few_names():
    alone = BroadcastPreview(8, ("Nordtal",), (), 214, typed=True, names=("Ana Keller", "Ben Albrecht"))
    assert said(alone) == (
        "**So geht es an 214 Menschen**\nNordtal\nGeht an: alle.\n"
        "Darunter: Ana Keller, Ben Albrecht und 212 weitere\n"
        "Schreib mir die Zahl 214, dann geht es los.\n[Test an mich] [Empfänger ändern]\n[Später senden]\n[Abbrechen]"
    )
    assert "jemand Zweites aus dem Team" in said(replace(alone, typed=False))


def test_the_second_organiser_confirms():
    text = said(BroadcastToConfirm(8, ("Nordtal",), "Ana Keller", CHOSEN[1:2], 12), Voice.EN)
    assert text == (
        "**An announcement to 12 people**\nNordtal\nRecipients: Bavaria.\n"
        "Ana Keller asks for a second look. The message stands above. Is it right like this?\n"
        "[Confirm]\n[Cancel]"
    )


def test_the_report_hides_nothing():
    done = BroadcastProgress(8, 214, 205, 3, 1, 2, 1, 4, finished=True, phase=Phase.FINISHED)
    assert said(done) == (
        "**Fertig, 4 nicht zugestellt**\nInsgesamt: 214\nZugestellt: 205\nNicht erreichbar: 3\n"
        "Fehlgeschlagen: 1\nMöglicherweise doppelt: 2\nOhne Auskunft von Telegram: 1\n"
        "Inzwischen abgemeldet oder in Pause: 4\n[Fehlgeschlagene erneut]\n[Wer hat sie bekommen?]\n[Zum Menü]"
    )
    assert said(replace(done, unreachable=0, failed=0)).startswith("**Die Ankündigung ist durch**")
    running = said(replace(done, finished=False, phase=Phase.RUNNING))
    assert running.startswith("**Die Ankündigung ist unterwegs**")
    assert running.endswith("in Pause: 4\n[Anhalten] [Rest nicht senden]")


def test_what_was_stopped_says_what_became_of_it():
    until = datetime(2027, 1, 20, 14, 32)  # noqa: DTZ001 - by the local clock
    halted = BroadcastProgress(
        8, 214, 100, 0, 0, 0, 0, 0, finished=False, unsent=114, phase=Phase.HALTED, recall_until=until
    )
    assert said(halted) == (
        "**Die Ankündigung ist angehalten**\nInsgesamt: 214\nZugestellt: 100\nNicht verschickt: 114\n"
        "[Weiter senden]\n[Rest nicht senden]\n[Alles zurückholen]"
    )
    recalled = replace(
        halted, finished=True, deleted=98, undeletable=2, phase=Phase.RECALLED, recall_until=None
    )
    assert said(recalled) == (
        "**Die Ankündigung ist zurückgeholt**\nInsgesamt: 214\nZugestellt: 100\nDavon wieder gelöscht: 98\n"
        "Davon nicht mehr zu löschen: 2\nNicht verschickt: 114\n[Wer hat sie bekommen?]\n[Zum Menü]"
    )
    done = replace(halted, finished=True, phase=Phase.FINISHED)
    assert "[Zurückholen (bis 14:32)]" in said(done)


@pytest.mark.parametrize("since", [None, datetime(2027, 1, 20, 14, 32)])  # noqa: DTZ001 - by the local clock
@pytest.mark.parametrize("voice", [Voice.DU, Voice.EN])
def test_the_line_that_says_who_it_is_from_takes_no_more_than_is_kept_free(voice, since):
    longest = BroadcastCopy(5, 6, "W" * 200, Written("", ()), since)
    assert len(render(longest, words(voice)).text) <= SENDER - len("\n\n")


def test_an_announcement_is_sent_as_it_was_written_and_says_who_it_is_from():
    bold = Format(FormatKind.BOLD, 0, 2)
    text = BroadcastCopy(5, 6, "Werkstatt <Berlin>", Written("Um zwei & hier", (bold,)))
    said = render(text, words(Voice.DU))
    assert (said.text, said.formats) == ("Um zwei & hier\n\nVom Team: Werkstatt <Berlin>", (bold,))
    assert said.copy is None
    photo = render(BroadcastCopy(5, 6, "Werkstatt", Written("", media=True)), words(Voice.EN))
    assert (photo.text, photo.copy) == ("From the team: Werkstatt", Copy(5, 6))


def test_an_announcement_of_before_is_copied():
    said = render(BroadcastCopy(5, 6, "Werkstatt", None), words(Voice.DU))
    assert (said.copy, said.formats) == (Copy(5, 6), None)
