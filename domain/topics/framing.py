"""Words around a subject: what councils do about it, who asks, when and where. In a long text they are not the subject.

Carrier words never count. These do, as long as nothing else is said: "Sanierung" alone is a subject.
"""

from collections.abc import Container, Sequence

from domain.places.gazetteer import town_names
from domain.topics.words import fold, stem

_FRAMES = """
Antrag Prüfauftrag Sachstandsbericht Sachstand Einrichtung Erweiterung Fortschreibung Konzept Satzung Haushaltsmittel
Fraktion Stadtteil Anfrage Beschluss Beschlussvorlage Vorlage Mitteilung Mitteilungsvorlage Bericht Änderung Neufassung
Aufstellung Erlass Einführung Umsetzung Durchführung Schaffung Bereitstellung Mittel Bewilligung Gewährung Zuschuss
Förderung Errichtung Neubau Umbau Ausbau Sanierung Erneuerung Instandsetzung Anschaffung Beschaffung Beauftragung
Benennung Ernennung Bestellung Wahl Stellungnahme Resolution Situation Stand Entwicklung Verwaltung Gemeinde Stadt Kreis
Landkreis Ortsteil Stadtgebiet Jahr Quartal Haushaltsjahr gemäß Planung Maßnahme Zahl Anzahl Verfahren Projekt
Grundsatzbeschluss Satzungsbeschluss Beitritt Teilnahme Fortführung Verlängerung Anpassung Übernahme Verkauf Ankauf
Gründung Ausweitung Verbesserung Optimierung Stärkung Unterstützung Vorstellung Ergebnis Beteiligung Prüfung Überprüfung
Gutachten Genehmigung Annahme Übertragung Zusammenarbeit Verwendung Gewinnung Aufnahme Erhöhung Einsatz Beantwortung
Sitzung Januar Februar März April Mai Juni Juli August September Oktober November Dezember Beschlussfassung
Kenntnisnahme Entwurf Programm Richtlinie Rahmen Ansiedlung Verstetigung Anerkennung Ausweisung Neuausrichtung
Umgestaltung Neugestaltung Erhalt Betrieb Standort Stelle öffentlich städtisch kommunal örtlich
"""
_HEADS = """
Satzung Konzept Plan Planung Bericht Antrag Anfrage Quote Stelle Programm Projekt Maßnahme Verfahren Richtlinie
Verordnung Ordnung Gesetz Vertrag Mittel Kosten Bedarf Zahl Lage Situation Entwicklung Förderung Zuschuss Vorlage
Beschluss Ausschuss Beirat Beauftragte Konferenz Gipfel Offensive Kampagne Initiative Netzwerk Partnerschaft Angebot
Einrichtung Standort Bau Ausbau Neubau Umbau Sanierung Gebiet Bereich Thema Frage Problem Politik Arbeit Artikel
Strategie Bilanz Analyse Studie Gutachten Liste
"""
_SHORTEST_PLACE = 4


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in words.split())


FRAMES = _stems(_FRAMES)
HEADS = _stems(_HEADS)
"""Ends of compounds whose beginning is the subject: a Hundesteuersatzung is about the Hundesteuer."""


class Framing:
    """Knows frames, numbers and names of places, unless the catalogue uses such a name for something else."""

    def __init__(self, known: Container[str]) -> None:
        words = (word for name in town_names() for word in fold(name).split() if len(word) >= _SHORTEST_PLACE)
        self._around = FRAMES | {
            stem(word) for word in words if word not in known and stem(word) not in known
        }

    def telling(self, words: Sequence[str]) -> list[str]:
        """The folded words that may be the subject."""
        return [word for word in words if not word.isdigit() and stem(word) not in self._around]
