"""The sixteen Länder: their codes, their names and what else they are called."""

from collections.abc import Mapping
from types import MappingProxyType

LAENDER: Mapping[str, str] = MappingProxyType(
    {
        "BW": "Baden-Württemberg",
        "BY": "Bayern",
        "BE": "Berlin",
        "BB": "Brandenburg",
        "HB": "Bremen",
        "HH": "Hamburg",
        "HE": "Hessen",
        "MV": "Mecklenburg-Vorpommern",
        "NI": "Niedersachsen",
        "NW": "Nordrhein-Westfalen",
        "RP": "Rheinland-Pfalz",
        "SL": "Saarland",
        "SN": "Sachsen",
        "ST": "Sachsen-Anhalt",
        "SH": "Schleswig-Holstein",
        "TH": "Thüringen",
    }
)

# The Länder that are towns, and the Länder in which their suburbs are.
AROUND: Mapping[str, tuple[str, ...]] = MappingProxyType({"BE": ("BB",), "HB": ("NI",), "HH": ("SH", "NI")})

ALSO_CALLED: Mapping[str, str] = MappingProxyType(
    {
        "NRW": "NW",
        "RLP": "RP",
        "BaWü": "BW",
        "Meck-Pomm": "MV",
        "McPomm": "MV",
        "Bavaria": "BY",
        "Saxony": "SN",
        "Saxony-Anhalt": "ST",
        "Lower Saxony": "NI",
        "Thuringia": "TH",
        "Hesse": "HE",
        "North Rhine-Westphalia": "NW",
        "Rhineland-Palatinate": "RP",
        "Mecklenburg-Western Pomerania": "MV",
    }
)
