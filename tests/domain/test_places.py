"""From a place as typed to its Land."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import places


@pytest.mark.parametrize(
    ("typed", "land"),
    [
        ("Berlin", "BE"),
        ("  berlin ", "BE"),
        ("Köln", "NW"),
        ("KÖLN", "NW"),
        ("Koeln", "NW"),
        ("Koln", "NW"),
        ("Mu\u0308nchen", "BY"),
        ("Munich", "BY"),
        ("Nürnberg", "BY"),
        ("Bremerhaven", "HB"),
        ("Essen", "NW"),  # the city, though there are villages
        ("Frankfurt am Main", "HE"),
        ("Frankfurt a.M.", "HE"),
        ("Frankfurt/Main", "HE"),
        ("Frankfurt/Oder", "BB"),
        ("Frankfurt (Oder)", "BB"),
        ("Frankfurt an der Oder", "BB"),
        ("Bernau b. Berlin", "BB"),
        ("Halle (Saale)", "ST"),
        ("Halle/Westf.", "NW"),
        ("Neustadt a. d. Weinstr.", "RP"),
        ("Rothenburg o.d.T.", "BY"),
        ("Bad Homburg v.d.H.", "HE"),
        ("St. Wendel", "SL"),
        ("Sankt Wendel", "SL"),
        ("Freiburg i. Br.", "BW"),
        ("Hansestadt Greifswald", "MV"),
        ("Lutherstadt Wittenberg", "ST"),
        ("Castrop Rauxel", "NW"),
        ("Baden-Baden", "BW"),
        ("Neu-Ulm", "BY"),
        ("Dessau-Roßlau", "ST"),
        ("Köln-Ehrenfeld", "NW"),
        ("Hamburg Altona", "HH"),
        ("10115 Berlin", "BE"),
        ("D-80331 München", "BY"),
        ("Gelsenkirchn", "NW"),
        ("Wuppertahl", "NW"),
    ],
)
def test_a_town_has_its_land(typed, land):
    assert places.land_of(typed) == (land,)


@pytest.mark.parametrize(
    ("typed", "land"),
    [
        ("Landkreis Rostock", "MV"),
        ("LK Görlitz", "SN"),
        ("Kreis Lippe", "NW"),
        ("Ostalbkreis", "BW"),
        ("Märkischer Kreis", "NW"),
        ("Rhein-Sieg-Kreis", "NW"),
        ("Region Hannover", "NI"),
        ("Mecklenburgische Seenplatte", "MV"),
        ("Oberallgäu", "BY"),
        ("Vogelsbergkreis", "HE"),
        ("Vulkaneifel", "RP"),
        ("Dithmarschen", "SH"),
        ("Wartburgkreis", "TH"),
        ("Saalekreis", "ST"),
        ("Uckermark", "BB"),
    ],
)
def test_a_district_has_its_land(typed, land):
    assert places.land_of(typed) == (land,)


@pytest.mark.parametrize(
    ("typed", "land"),
    [
        ("Neustadt, Hessen", "HE"),
        ("Neustadt (Sachsen)", "SN"),
        ("Halle, Sachsen-Anhalt", "ST"),
        ("Musterdorf, Bayern", "BY"),
        ("Frankfurt BB", "BB"),
        ("Bayern", "BY"),
        ("Freistaat Sachsen", "SN"),
        ("NRW", "NW"),
        ("Meck-Pomm", "MV"),
        ("by", "BY"),
        ("Lower Saxony", "NI"),
    ],
)
def test_a_land_that_is_named_settles_it(typed, land):
    assert places.land_of(typed) == (land,)


@pytest.mark.parametrize(
    ("typed", "lands"),
    [
        ("Frankfurt", ("HE", "BB")),
        ("Halle", ("ST", "NW")),
        ("Oldenburg", ("NI", "SH")),
        ("Bernau", ("BB", "BY", "BW")),
    ],
)
def test_where_there_are_several_people_choose(typed, lands):
    assert places.land_of(typed) == lands


def test_there_are_many_new_towns():
    assert len(places.land_of("Neustadt")) > 5


@pytest.mark.parametrize(
    "typed", ["", "  ", "🌻", "xx", "Bad", "Paris", "Zürich", "12345", "überall und nirgends", "-"]
)
def test_what_is_unknown_has_none(typed):
    assert places.land_of(typed) == ()


@pytest.mark.parametrize(("code", "name"), places.LAENDER.items())
def test_every_land_is_known_by_code_and_name(code, name):
    assert places.land_of(code) == (code,)
    assert places.land_of(name) == (code,)


def test_every_place_of_the_list_is_found():
    rows = Path(places.__file__).with_name("places.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) > 11_000
    for row in rows:
        name, codes = row.split("\t")
        assert set(codes.split(",")) <= set(places.LAENDER)
        found = places.land_of(name)
        # A name that is a Land's too, or holds one at its end, means the Land.
        assert set(codes.split(",")) <= set(found) or name in places.LAENDER.values(), name


@given(st.text(max_size=40) | st.text("abdeiorstuäöüß .,/()-", max_size=30))
def test_any_words_have_lands_or_none(text):
    found = places.land_of(text)
    assert set(found) <= set(places.LAENDER)
    assert len(set(found)) == len(found)


def test_nothing_is_read_at_import():
    program = "import domain.places as places; print(places.load.cache_info().currsize)"
    read = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert int(read) == 0
