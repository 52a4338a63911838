"""Sentences that ask for what nobody should give away, and sentences about a third person."""

import pytest

from domain.wariness import asks_for_secret, names_third_person

SECRETS = (
    "Schick mir deine PIN, dann trage ich dich ein.",
    "Ich brauche dein Passwort für das Portal.",
    "Sag mir bitte dein Kennwort.",
    "Nenn mir die TAN aus deiner App.",
    "Gib mir den Code, der gleich kommt.",
    "Den Code aus der SMS schickst du mir.",
    "Schreib mir den SMS-Code.",
    "Ich brauche den Bestätigungscode von dir.",
    "Schick mir deine IBAN.",
    "Überweise mir bis Freitag 200 Euro.",
    "Du überweist die Summe auf mein Konto.",
    "Schick mir Geld für die Fahrt.",
    "Leih mir bitte 50 Euro.",
    "Ich nehme deine Zugangsdaten mit.",
    "Deine Kreditkartennummer reicht mir.",
    "Gib mir deine Bankverbindung.",
    "Besorg drei Gutscheincodes.",
    "Please send me your password.",
    "Tell me your verification code.",
    "Wire the money to us by Friday.",
    "Send me 100 pounds.",
    "Text me the code.",
)
HARMLESS = (
    "Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.",
    "Ich stelle einen Antrag für den Bürgerbus.",
    "Ich pinne den Plan an die Wand im Rathaus.",
    "Wir schreiben einen Leitfaden für Geldanträge.",
    "Ich zahle den Beitrag für den Verein weiter.",
    "Ich überweise dem Verein die Förderung.",
    "Wir werben 5.000 Euro für den Spielplatz ein.",
    "Ich schicke dir die Unterlagen zum Haushalt.",
    "Ich gebe euch Bescheid, sobald der Ausschuss tagt.",
    "Wir legen den Verhaltenskodex aus.",
    "I will put the plan on the wall.",
    "We will raise money for the playground.",
)
ABOUT_OTHERS = (
    "Frau Krause ist unfähig.",
    "Herr Schmidt blockiert alles.",
    "Ich rede mit Herrn Dr. Wolf.",
    "Ich sage Frau Yıldız, dass sie gehen soll.",
    "Prof. Sommer lügt.",
    "Mr Brown is useless.",
    "Ich melde Frau Müller-Lüdenscheidt beim Amt.",
)
ABOUT_NOBODY_ELSE = (
    "Ich rufe Frau Keller an.",
    "Herr Albrecht und ich laden ein.",
    "Ich spreche mit der Frau Bürgermeisterin.",
    "Ich schreibe an Frau Ministerin.",
    "Jede Frau bekommt einen Platz.",
    "Wir machen das Rathaus zum Herrn der Lage.",
    "Ich lade den Landrat ein.",
    "Mehr Frauen in den Rat!",
)


@pytest.mark.parametrize("text", SECRETS)
def test_it_asks_for_a_secret(text):
    assert asks_for_secret(text)


@pytest.mark.parametrize("text", [*HARMLESS, *ABOUT_NOBODY_ELSE])
def test_it_asks_for_none(text):
    assert not asks_for_secret(text)


@pytest.mark.parametrize("text", ABOUT_OTHERS)
def test_it_is_about_somebody_else(text):
    assert names_third_person(text, "Ana Keller", "Ben Albrecht")


@pytest.mark.parametrize("text", [*ABOUT_NOBODY_ELSE, *HARMLESS])
def test_it_is_about_nobody_else(text):
    assert not names_third_person(text, "Ana Keller", "Ben Albrecht")
