"""Words without a name in them: however it is spelled, and with ordinary words kept."""

import pytest

from domain.names import blocked, full_name_blocked

TABLE = [
    # all spellings of a name
    ("Danke an Herrn Mueller und MUELLER", "Hans Müller", "Danke an Herrn █ und █"),
    ("Muller, müller, Müllers Plan, Müller's Rat", "Hans Müller", "█, █, █ Plan, █ Rat"),
    ("Herr Müller ruft an", "Hans Mueller", "Herr █ ruft an"),
    ("Frau Gross und Frau GROSS", "Eva Groß", "Frau █ und Frau █"),
    ("Frau Groß kommt", "Eva Gross", "Frau █ kommt"),
    ("Annalena, Anna-Lena, Anna Lena und ANNALENA", "Anna-Lena Wald", "█, █-█, █ und █"),
    ("Annalena ruft an", "Anna Lena Roth", "█ ruft an"),
    ("Anna-Lena und die liebe Anna Lena", "Annalena Roth", "█-█ und die liebe █"),
    ("Li Bo ruft an", "Li Bo", "█ ruft an"),
    ("Jose und José", "José Núñez", "█ und █"),
    ("Mu\u0308ller", "Hans Müller", "█"),
    ("Sørensen und Soerensen", "Lars Sørensen", "█ und █"),
    ("Ursula von der Leyen, Frau von der Leyen", "Ursula von der Leyen", "█, Frau von der █"),
    ("Ich rufe Ana Keller an, ANA KELLER!", "Ana Keller", "Ich rufe █ an, █!"),
    ("Frau Wald und Frau Dr. Kern", "Frau Dr. Eva Kern", "Frau Wald und Frau Dr. █"),
    # ordinary words
    ("Am Freitag trifft Frau Freitag den Rat", "Sabine Freitag", "Am Freitag trifft Frau █ den Rat"),
    ("am freitag mit frau freitag", "Sabine Freitag", "am freitag mit frau █"),
    ("Bis Freitag rufe ich Sabine Freitag an", "Sabine Freitag", "Bis Freitag rufe ich █ an"),
    ("Freitag ruft an", "Sabine Freitag", "█ ruft an"),
    ("Freitags Plan", "Sabine Freitag", "█ Plan"),
    ("Ich weiß, dass Herr Weiß kommt", "Karl Weiß", "Ich weiß, dass Herr █ kommt"),
    ("ein großes Fest, ganz groß", "Eva Groß", "ein großes Fest, ganz groß"),
    ("im Sommer mit Sommer", "Eva Sommer", "im Sommer mit █"),
    ("Anamnese im Weinkeller", "Ana Keller", "Anamnese im Weinkeller"),
    ("Licht im Keller", "Ana Keller", "Licht im Keller"),
]


@pytest.mark.parametrize(("words", "name", "left"), TABLE)
def test_a_name_is_taken_out(words, name, left):
    assert blocked(words, name) == left


IN_FULL = [
    ("Impuls: Ana Keller, Ana Demir", "Ana Keller", "Impuls: █, Ana Demir"),
    ("Ana Keller-Schmidt und KELLER, Ana", "Ana Keller", "█-Schmidt und █"),
    ("Prof. Hans von Mueller spricht", "Hans Müller", "Prof. █ spricht"),
    ("Hans Müllers Rede", "Dr. Hans Müller", "█ Rede"),
    ("Frau Keller führt durch den Keller", "Ana Keller", "Frau Keller führt durch den Keller"),
    ("Ana und Keller", "Ana Keller", "Ana und Keller"),
    ("Ana begrüßt", "Ana", "Ana begrüßt"),
    ("Impuls", "", "Impuls"),
]


@pytest.mark.parametrize(("words", "name", "left"), IN_FULL)
def test_a_full_name_is_taken_out_and_no_part_of_it_alone(words, name, left):
    assert full_name_blocked(words, name) == left
