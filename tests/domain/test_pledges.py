"""What a pledge is called, and which answers each side is offered."""

import pytest

from domain.pledges import AT_DEADLINE, Acts, Side, Status, answers, short_title, side
from domain.words import utf16_length


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.", "Ehrenamtspauschale"),
        ("Wir prüfen gemeinsam die Kita-Randzeiten im Landkreis", "Kita-Randzeiten"),
        ("Ich rufe den Träger an. Dann melde ich mich im November.", "Träger"),
        ("Ich rufe Herrn Professor Müller im November an.", "Müller"),
        ("Ich werbe für Bürger:innenräte im Kreis.", "Bürger:innenräte"),
        ("Ich treffe die Schulsozialarbeiter*innen der Stadt.", "Schulsozialarbeiter*innen"),
        ("Ich lade Lehrer/-innen und Eltern ein", "Lehrer/-innen"),
        ("Ich treffe alle Schüler(innen) der Schule", "Schüler(innen)"),
        ("Ich frage: Bürgermeister/Landrat sollen kommen", "Bürgermeister"),
        ("i will call you", ""),
        ("Ich kümmere mich darum.", ""),
        ("", ""),
        ("Ich " + "Donaudampfschifffahrtsgesellschaftskapitän", "Donaudampfschifffahrtsgesellsch…"),
    ],
)
def test_a_pledge_is_called_by_its_most_telling_noun(text: str, title: str) -> None:
    assert short_title(text) == title


def test_a_title_is_short() -> None:
    assert utf16_length(short_title("ein " + "Xylophon" * 60)) <= 32


@pytest.mark.parametrize(
    ("acts", "author", "partner"),
    [
        (Acts.AUTHOR, Side.PROMISER, Side.COUNTERPART),
        (Acts.PARTNER, Side.COUNTERPART, Side.PROMISER),
        (Acts.BOTH, Side.PROMISER, Side.PROMISER),
    ],
)
def test_who_acts_is_asked_how_it_stands(acts: Acts, author: Side, partner: Side) -> None:
    assert side(acts, is_author=True) is author
    assert side(acts, is_author=False) is partner


def test_at_the_deadline_both_have_the_same_answers() -> None:
    assert answers(Side.PROMISER, at_deadline=True) == answers(Side.COUNTERPART, at_deadline=True)
    assert answers(Side.PROMISER, at_deadline=True)[0] == AT_DEADLINE


def test_only_the_counterpart_is_asked_what_arrives() -> None:
    assert Status.MOVING in answers(Side.COUNTERPART, at_deadline=False)[0]
    assert Status.MOVING not in answers(Side.PROMISER, at_deadline=False)[0]
