"""What a pledge is called: what it is about, never where or when."""

import pytest

from domain.titles import object_of, short_title, still_about, surest_topic
from domain.words import utf16_length


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.", "Ehrenamtspauschale"),
        ("Ich vermittle ein Gespräch mit dem Förderreferat des Bundesministeriums", "Förderreferat"),
        ("Ich spreche mit dem Leiter des Bauhofs", "Bauhofs"),
        ("Wir prüfen gemeinsam die Kita-Randzeiten im Landkreis", "Kita-Randzeiten"),
        ("Ich rufe den Träger an. Dann melde ich mich im November.", "Träger"),
        ("Ich rufe Herrn Professor Müller im November an.", "Müller"),
        ("Ich lade zu drei Runden über das Ehrenamt ein.", "Ehrenamt"),
        ("Ich lade dich bis Ende Mai in die Kita Sonnenschein ein.", "Kita Sonnenschein"),
        ("Ich lade im Mai Vereine ein.", "Vereine"),
        ("Ich lade im November Vereine ein.", "Vereine"),
        ("Ich spreche mit der Stadt über das Projekt Bürgerbus.", "Projekt Bürgerbus"),
        ("Ich lade bis Mai zu drei Runden ein.", ""),
        ("Ich komme nach Neustadt und bringe den Antrag mit.", ""),
        ("Ich komme nach Eberswalde und rede über Busse.", "Busse"),
        ("Wir treffen uns in Neustadt an der Weinstraße zur Wärmeplanung.", "Wärmeplanung"),
        ("Wir laden Vereine in Brandenburg zum Treffen ein.", "Vereine"),
        ("Wir pflanzen aus Überzeugung Bäume.", "Überzeugung"),
        ("Ich stelle im Frühjahr die Buslinie vor.", "Buslinie"),
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


@pytest.mark.parametrize(
    ("before", "now", "still"),
    [
        ("Ich stelle einen Antrag für den Bürgerbus.", "Die Kommission stellt Anträge für den Bürgerbus.", True),
        ("Ich stelle einen Antrag für den Bürgerbus.", "Ich stelle zwei Anträge für Bürgerbusse.", True),
        ("Ich stelle einen Antrag für den Bürgerbus.", "Ich lade zur Wärmeplanung ein.", False),
        ("I will talk about the volunteer allowance.", "I will have two talks about the volunteer allowance.", True),
        ("ich kümmere mich um den bus", "ich kümmere mich bis mai um den bus", True),
        ("ich melde mich", "ich melde mich bald", False),
        ("", "Ich melde mich.", False),
    ],
)  # fmt: skip
def test_an_amended_sentence_keeps_its_title_while_it_has_the_word(
    before: str, now: str, still: bool
) -> None:
    assert still_about(before, now) is still


def test_a_title_is_short() -> None:
    assert utf16_length(short_title("ein " + "Xylophon" * 60)) <= 32


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("ich kümmere mich um den bus", "Bus"),
        ("Ich rede mit dem rat über mehr radwege", "Radwege"),
        ("ich schreibe einen brief für dich wegen der turnhalle", "Turnhalle"),
        ("i will talk to the council about the bus", "Bus"),
        ("I will visit the library by 30 September.", "Library"),
        ("We'll set up a youth council in Dresden until May.", "Youth council"),
        ("I'll talk to the council about more cycle paths", "Cycle paths"),
        ("I promise to write a letter to the council by the end of May.", ""),
        ("I will call Ida.", ""),
        ("ich bin für euch da", ""),
        ("ich melde mich", ""),
        ("Ich rufe Ida wegen der schule an", ""),  # whoever writes capitals has none of these for the subject
    ],
)
def test_without_capitals_it_is_called_by_what_it_is_about(text: str, title: str) -> None:
    assert object_of(text) == title


@pytest.mark.parametrize(
    ("text", "deal_with", "topic"),
    [
        ("Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.", set(), "ehrenamt"),
        ("Ich bringe die Wärmeplanung in den Ausschuss ein.", set(), "waerme"),
        ("Ich spreche im Kreistag über Hochwasserschutz an der Gera.", set(), "hochwasser"),
        ("Ich lade zu einer Ehrenamtskonferenz im Rathaus Arnstadt ein", {"ehrenamt", "kita"}, "ehrenamt"),
        ("Ich lade zu einer Ehrenamtskonferenz im Rathaus Arnstadt ein", {"kita"}, None),
        ("Wir treffen uns bis Ostern zum Kaffee", {"ehrenamt", "kita"}, None),
        ("Ich schicke die Unterlagen bis Freitag", set(), None),
    ],
)
def test_it_is_about_what_its_words_surely_say_or_what_the_two_deal_with(
    text: str, deal_with: set[str], topic: str | None
) -> None:
    assert surest_topic(text, deal_with) == topic
