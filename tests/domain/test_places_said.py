"""What people say when they are asked where they are from: `places_said.tsv` has a row for each kind of answer."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import places
from domain.places import Place, PlaceAnswer, Sureness
from tests.timing import least_time

ROWS = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("places_said.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
REGIONS = [
    line.split("\t")
    for line in Path(places.__file__).with_name("regions.tsv").read_text(encoding="utf-8").splitlines()[1:]
]


def meant(said):
    if said in {"declined", "nothing"}:
        return PlaceAnswer((), declined=said == "declined")
    return PlaceAnswer(tuple(_choice(part) for part in said.split(" | ")))


def _choice(said):
    name, _, rest = said.rpartition(": ")
    laender, sureness = rest.split(" ")
    return Place(name, tuple(laender.split(",")) if laender != "none" else (), Sureness(sureness))


def test_the_table_is_long_enough_to_hold_every_kind():
    assert len(ROWS) >= 150
    assert len({typed for typed, _ in ROWS}) == len(ROWS)


@pytest.mark.parametrize(("typed", "said"), ROWS)
def test_an_answer_is_understood(typed, said):
    assert places.understood(typed) == meant(said)


@pytest.mark.parametrize(("typed", "said"), ROWS)
def test_no_land_is_taken_that_is_only_guessed(typed, said):
    choices = meant(said).choices
    land_is_sure = len({choice.land for choice in choices}) == 1 and choices[0].land is not None
    assert (len(places.land_of(typed)) == 1) is land_is_sure


def test_a_land_is_taken_without_a_tap_only_where_it_is_the_only_one():
    assert Place("Rügen", ("MV",), Sureness.KNOWN).land == "MV"
    assert Place("Wuppertal", ("NW",), Sureness.MISSPELT).land == "NW"
    assert Place("Rügen", ("MV",), Sureness.GUESSED).land is None
    assert Place("Harz", ("ST", "NI"), Sureness.KNOWN).land is None
    assert Place("Wien", (), Sureness.UNKNOWN).land is None


def test_every_region_is_known_with_its_laender_the_likeliest_first():
    assert sum("landkreis" not in row for row in REGIONS) == 1_388
    for name, codes, _ in REGIONS:
        laender = tuple(codes.split(","))
        assert places.land_of(name)[: len(laender)] == laender, name


@pytest.mark.parametrize("name", ["Rügn", "Köllnn", "Berln", "Dresdn", "Bremn", "Hessn"])
def test_below_seven_letters_a_slip_is_asked_about(name):
    assert places.land_of(name) == ()


@pytest.mark.parametrize(
    ("answer", "land"),
    [
        ("NRW", "NW"),
        ("nordrhein westfahlen", "NW"),
        ("Sachsn-Anhalt", "ST"),
        ("bei München", "BY"),
        ("Raum Köln", "NW"),
        ("bei Berlin", None),  # Brandenburg, or Berlin itself
        ("Rügen", "MV"),
        ("Harz", None),
        ("Neustadt", None),
        ("Rügn", None),
        ("Görlitz und Berlin", None),
        ("möchte ich nicht sagen", None),
        ("", None),
    ],
)
def test_asked_for_the_land_people_name_it_or_a_place_in_it(answer, land):
    assert places.land_named(answer) == land


WORDS = "ich komme aus Köln bei und , / ( ) Berlin nicht sagen Raum Neustadt in der am BB"


@given(
    st.text(max_size=300)
    | st.text("abdeiorstuäöüß .,;/()&+·-", max_size=60)
    | st.lists(st.sampled_from(WORDS.split()), max_size=30).map(" ".join)
)
def test_any_words_are_understood_in_some_way(text):
    understood = places.understood(text)
    assert len(understood.choices) <= 4
    for place in understood.choices:
        assert place.name
        assert set(place.laender) <= set(places.LAENDER)
        assert (place.sureness is Sureness.UNKNOWN) is (place.laender == ())
    assert not (understood.declined and understood.choices)
    assert places.land_named(text) in {None, *places.LAENDER}


@pytest.mark.parametrize(
    "text",
    [
        "ich " * 5_000,
        "bei " * 50,
        "Köln und " * 22,
        "(" * 200,
        "aus der " * 25,
        "nicht " * 33,
        "a" * 200,
        ". " * 100,
    ],
)
def test_hostile_words_take_no_longer(text):
    places.load()
    assert least_time(places.understood, text) <= 0.05


def test_an_answer_takes_a_millisecond():
    places.load()
    assert least_time(lambda: [places.understood(typed) for typed, _ in ROWS]) / len(ROWS) <= 0.001
