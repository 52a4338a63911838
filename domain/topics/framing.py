"""Words around a subject: what councils do about it, who asks, when and where. In a long text they are not the subject.

Carrier words never count. These do, as long as nothing else is said: "Sanierung" alone is a subject.
"""

from collections.abc import Callable, Sequence

from domain.places.gazetteer import town_names
from domain.topics.words import fold, stem

_FRAMES = """
Antrag Prüfauftrag Sachstandsbericht Sachstand Einrichtung Erweiterung Fortschreibung Konzept Satzung Haushaltsmittel
Fraktion Stadtteil Anfrage Beschluss Beschlussvorlage Vorlage Mitteilung Mitteilungsvorlage Bericht Änderung
Neufassung Aufstellung Erlass Einführung Umsetzung Durchführung Schaffung Bereitstellung Mittel Bewilligung Gewährung
Zuschuss Förderung Errichtung Neubau Umbau Ausbau Sanierung Erneuerung Instandsetzung Anschaffung Beschaffung
Beauftragung Benennung Ernennung Bestellung Wahl Stellungnahme Resolution Situation Stand Entwicklung Verwaltung
Gemeinde Stadt Kreis Landkreis Ortsteil Stadtgebiet Jahr Quartal Haushaltsjahr gemäß Planung Maßnahme Zahl Anzahl
Verfahren Projekt Grundsatzbeschluss Satzungsbeschluss Beitritt Teilnahme Fortführung Verlängerung Anpassung Übernahme
Verkauf Ankauf Gründung Ausweitung Verbesserung Optimierung Stärkung Unterstützung Vorstellung Ergebnis Beteiligung
Prüfung Überprüfung Gutachten Genehmigung Annahme Übertragung Zusammenarbeit Verwendung Gewinnung Aufnahme Erhöhung
Einsatz Beantwortung Sitzung Januar Februar März April Mai Juni Juli August September Oktober November Dezember
Beschlussfassung Kenntnisnahme Entwurf Programm Richtlinie Rahmen Ansiedlung Verstetigung Anerkennung Ausweisung
Neuausrichtung Umgestaltung Neugestaltung Erhalt Betrieb Standort Stelle öffentlich städtisch kommunal örtlich Plan
Quote Verordnung Ordnung Gesetz Vertrag Kosten Bedarf Lage Ausschuss Beirat Beauftragte Konferenz Gipfel Offensive
Kampagne Initiative Netzwerk Partnerschaft Angebot Bau Gebiet Bereich Thema Frage Problem Politik Arbeit Artikel
Strategie Bilanz Analyse Studie Liste
"""
_SHORTEST_PLACE = 4


FRAMES = frozenset(stem(fold(word)) for word in _FRAMES.split())
"""Stems. They also end compounds whose beginning is the subject: a Hundesteuersatzung is about the Hundesteuer."""


class Framing:
    """Knows frames, numbers and names of places, unless the catalogue uses such a name for something else."""

    def __init__(self, is_known: Callable[[str], bool]) -> None:
        self._is_known = is_known
        places = {word for name in town_names() for word in fold(name).split()}
        self._around = FRAMES | {
            stem(place)
            for place in places
            if len(place) >= _SHORTEST_PLACE and not is_known(place) and not is_known(stem(place))
        }

    def telling(self, words: Sequence[str]) -> list[str]:
        """The folded words that may be the subject."""
        return [
            word
            for word in words
            if stem(word) not in self._around and (self._is_known(word) or not word.isdigit())
        ]
