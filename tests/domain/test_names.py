"""Finding people as they are called (`names_said.tsv`), and judging the names they give themselves."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import names
from domain.names import Hit, Objection, Somebody
from tests.timing import least_time

ROWS = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("names_said.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
AUE = "Prof. Dr. Sabine von der Aue"


def test_the_table_is_long_enough_to_hold_every_kind():
    assert len(ROWS) >= 120
    assert len(set(ROWS)) == len(ROWS)


@pytest.mark.parametrize(("typed", "name", "outcome"), ROWS)
def test_a_name_finds_whom_people_mean(typed, name, outcome):
    assert names.find(typed, [(7, name)]) == ([7] if outcome == "hit" else [])


@pytest.mark.parametrize(
    ("typed", "people", "first"),
    [
        ("von der Aue", ["Vonda Auer", "Derk Auer", AUE], AUE),
        ("Frau von der Aue", ["Frauke Auer", "Eva Au", AUE], AUE),
        ("Weiss", ["Eva Weise", "Karl Weiß"], "Karl Weiß"),
        ("Anna Müller", ["Hans Müller", "Anne Müller", "Anna Müller"], "Anna Müller"),
        ("Anna Lena", ["Anna Schulz", "Lena Vogt", "Anna-Lena Roth"], "Anna-Lena Roth"),
        ("Hans Müller", ["Hanna Müller", "Müller, Hans"], "Müller, Hans"),
    ],
)
def test_who_is_meant_comes_first(typed, people, first):
    found = names.find(typed, enumerate(people))
    assert people[found[0]] == first


def test_a_directory_finds_whom_people_mean_too():
    typed, called, _ = zip(*ROWS, strict=True)
    directory = names.Directory(called)
    people = [Somebody(at, name) for at, name in enumerate(called)]
    assert [directory.search(each, 9) for each in typed] == [names.search(each, people, 9) for each in typed]


def test_at_most_three_are_found():
    assert len(names.find("Müller", [(at, f"Hans Müller {'I' * at}") for at in range(9)])) == 3


# --- people of the same name


def test_two_of_one_name_are_marked_so_that_their_places_are_shown():
    people = [
        Somebody(1, "Hans Müller", "Köln"),
        Somebody(2, "Dr. Hans Mueller", "Bonn"),
        Somebody(3, "Eva Müller"),
    ]
    assert names.search("Müller", people) == [Hit(1, True), Hit(2, True), Hit(3, False)]


def test_a_look_alike_beyond_the_third_hit_counts():
    people = [Somebody(at, "Hans Müller") for at in range(5)]
    assert names.search("Hans Müller", people) == [Hit(0, True), Hit(1, True), Hit(2, True)]


def test_one_alone_is_not_marked():
    people = [Somebody(1, "Hans Müller", "Köln"), Somebody(2, "Eva Schmidt", "Köln")]
    assert names.search("Hans Müller", people) == [Hit(1, False)]


@pytest.mark.parametrize("typed", ["Müller aus Köln", "Müller (Köln)", "Müller, Köln", "Frau Müller Koeln"])
def test_a_place_typed_with_the_name_ranks_people_from_there_first(typed):
    people = [Somebody(1, "Hans Müller", "Bonn"), Somebody(2, "Hans Müller", "Köln")]
    assert names.search(typed, people)[0].id == 2


def test_a_name_that_is_a_place_too_is_the_name():
    people = [Somebody(1, "Eva Köln", "Köln"), Somebody(2, "Hans Müller", "Köln")]
    assert [hit.id for hit in names.search("Köln", people)] == [1]


# --- objections to a typed name


@pytest.mark.parametrize(
    ("name", "objection"),
    [
        (".", Objection.NO_LETTERS),
        ("🙂", Objection.NO_LETTERS),
        ("✅", Objection.NO_LETTERS),
        ("·", Objection.NO_LETTERS),
        ("123", Objection.NO_LETTERS),
        ("", Objection.NO_LETTERS),
        ("Anna · Bundestag oder Landtag, bestätigt", Objection.CLAIMED_ROLE),
        ("Karl Muster, MdB ✅", Objection.CLAIMED_ROLE),
        ("Karl Muster MdB", Objection.CLAIMED_ROLE),
        ("Karl Muster (mdl)", Objection.CLAIMED_ROLE),
        ("Karl Muster M.d.B.", Objection.CLAIMED_ROLE),
        ("Karl Muster M d L", Objection.CLAIMED_ROLE),
        ("Karl Muster МdВ", Objection.CLAIMED_ROLE),  # Cyrillic М and В
        ("Karl Muster ᵐᵈᵇ", Objection.CLAIMED_ROLE),
        ("Abgeordnete Eva Kern", Objection.CLAIMED_ROLE),
        ("Eva Kern, Mitglied im Bundestag", Objection.CLAIMED_ROLE),
        ("Eva Kern MEP", Objection.CLAIMED_ROLE),
        ("Eva Kern (bestätigt)", Objection.CONFIRMED),
        ("Eva Kern bestaetigt", Objection.CONFIRMED),
        ("Eva Kern, confirmed", Objection.CONFIRMED),
        ("Eva Kern VERIFIED", Objection.CONFIRMED),
        ("Eva Kern vеrifiеd", Objection.CONFIRMED),  # Cyrillic е
        ("Eva Kern – geprüft", Objection.CONFIRMED),
        ("Team Mutmacher", Objection.RESERVED),
        ("Mutmacher", Objection.RESERVED),
        ("Mutmacher-Team", Objection.RESERVED),
        ("Mut-Macher", Objection.RESERVED),
        ("Mutmаcher", Objection.RESERVED),  # Cyrillic а
        ("Support", Objection.RESERVED),
        ("SUPP0RT", Objection.RESERVED),
        ("Suppоrt", Objection.RESERVED),  # Cyrillic о
        ("S u p p o r t", Objection.RESERVED),
        ("Sup\u200bport", Objection.RESERVED),
        ("Werkstatt der Mutigen Support", Objection.RESERVED),
        ("Werkstatt der Mutigen", Objection.RESERVED),
        ("Admin", Objection.RESERVED),
        ("Anna · Stadtrat", Objection.SEPARATOR),
        ("Anna·Stadtrat", Objection.SEPARATOR),
        ("Anna • Stadtrat", Objection.SEPARATOR),
        ("Anna | Stadtrat", Objection.SEPARATOR),
        ("Karl Muster ✅", Objection.BADGE),
        ("Karl Muster ✔️", Objection.BADGE),
        ("Karl Muster √", Objection.BADGE),
        ("🌻 Eva", Objection.BADGE),
        ("Eva ⭐", Objection.BADGE),
        ("Eva 🇩🇪", Objection.BADGE),
        ("Eva ™", Objection.BADGE),
        ("Eva 1️⃣", Objection.BADGE),
    ],
)
def test_a_name_that_could_be_taken_for_more_is_objected_to(name, objection):
    assert names.objection_to(name) is objection


@pytest.mark.parametrize(
    "name",
    [
        "Eva",
        "Li",
        "Prof. Dr. Sabine von der Aue",
        "Anna-Lena Müller-Lüdenscheidt",
        "Pat O'Brien",
        "Pat O´Brien",
        "Gal·la Puig",
        "María José Núñez",
        "Mª José",
        "Łukasz Żak",
        "Nguyễn Thị Lan",
        "Анна Петрова",
        "Γιώργος Παπάς",
        "李明",
        "محمد علي",
        "Hans (Hansi) Groß",
        "Martin Luther King Jr.",
        "Anna + Ben",
        "M. P. Singh",
        "Team Blau",
        "Mutlu Macher",
        "Medina Adminović",
        *sorted({name for _, name, _ in ROWS}),
    ],
)
def test_a_name_of_any_people_is_taken(name):
    assert names.objection_to(name) is None


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Karl Muster", "Karl Muster"),
        ("Karl Muster", "Кarl Muster"),  # Cyrillic К
        ("Karl Muster", "Kаrl Мustеr"),
        ("Karl Muster", "КARL MUSTER"),
        ("Karl Muster", "κarl muster"),
        ("Karl Muster", "Kar1 Muster"),
        ("Karl Muster", "KarI Muster"),
        ("Karl Muster", "Karl  Muster."),
        ("Karl Muster", "Karl-Muster"),
        ("Karl Muster", "Muster, Karl"),
        ("Karl Muster", "Dr. Karl Muster MdB ✅"),
        ("Karl Muster", "Kárl Mustér"),
        ("Karl Muster", "K\u200barl Muster"),
        ("Karl Muster", "Ｋａｒｌ Ｍｕｓｔｅｒ"),
        ("Karl Muster", "𝐊𝐚𝐫𝐥 𝐌𝐮𝐬𝐭𝐞𝐫"),
        ("Hans Müller", "Hans Mueller"),
        ("Hans Müller", "Hans Muller"),
        ("Hans Müller", "Наns Мüllеr"),
        ("Jörg Baum", "Jӧrg Baum"),  # Cyrillic ӧ
        ("Eva Weiß", "Eva Weiss"),
        ("Eva Weiß", "Eva Weiβ"),  # a Greek beta
        ("Anna-Lena Roth", "Annalena Roth"),
        ("Jon Kim", "Jon Kirn"),
        ("Sabine von der Aue", "Prof. Sabine von der Aue"),
    ],
)
def test_the_eye_takes_one_for_the_other(name, other):
    assert names.looks_like(name, other)
    assert names.looks_like(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Karl Muster", "Karla Muster"),
        ("Karl Muster", "Karl von Muster"),
        ("Karl Muster", "Carl Muster"),
        ("Hans Müller", "Hans Möller"),
        ("Anna Roth", "Hanna Roth"),
        ("Анна", "Anna"),
        ("🙂", "🙂"),
        ("", ""),
    ],
)
def test_the_eye_tells_them_apart(name, other):
    assert not names.looks_like(name, other)
    assert not names.looks_like(other, name)


# --- any words

ANY = st.text(max_size=250) | st.text("aeknrmüßКо.,-'·()\u0308 ", max_size=60)


@given(ANY, st.lists(st.tuples(st.integers(), ANY), max_size=5))
def test_any_words_find_at_most_three_of_the_people(typed, people):
    found = names.find(typed, people)
    assert len(found) <= names.HITS
    assert set(found) <= {person_id for person_id, _ in people}


@given(st.lists(ANY, max_size=5))
def test_a_directory_finds_whom_a_search_finds(those):
    people = [Somebody(at, name) for at, name in enumerate(those)]
    directory = names.Directory(those)
    for typed in those:
        assert directory.search(typed) == names.search(typed, people)
        assert directory.looks_like(typed) == [
            at for at, name in enumerate(those) if names.looks_like(name, typed)
        ]


@given(ANY, ANY)
def test_any_name_can_be_judged_and_compared(name, other):
    assert names.objection_to(name) in {None, *Objection}
    assert names.looks_like(name, other) is names.looks_like(other, name)


@given(st.text("abcdefghijkmnopqrstuvwxyzäöüß", min_size=3, max_size=12))
def test_everybody_is_found_by_their_own_name(name):
    assert names.find(name, [(1, name.title())]) == [1]


@pytest.mark.parametrize(
    "typed", ["Müller", "a " * 100, "Anna-Lena von der Aue aus Köln", "(" * 200, "x" * 5_000]
)
def test_a_full_workshop_is_searched_in_a_moment(typed):
    people = [Somebody(at, f"Dr. Anna-Lena Özdemir-Weiß {at}", "Köln") for at in range(300)]
    people.append(Somebody(300, "a b " * 50))
    assert least_time(names.search, typed, people) <= 0.25


@pytest.mark.parametrize(
    ("organisation", "objection"),
    [
        ("MdB ✅", Objection.CLAIMED_ROLE),
        ("M. d. B.", Objection.CLAIMED_ROLE),
        ("Rathaus ✅", Objection.BADGE),
        ("Landtag, bestätigt", Objection.CONFIRMED),
        ("Rathaus · Team", Objection.SEPARATOR),
        ("Team Mutmacher", Objection.RESERVED),
        ("Werkstatt der Mutigen Support", Objection.RESERVED),
        ("🙂", Objection.NO_LETTERS),
        ("Deutscher Bundestag", None),
        ("Bundestag", None),
        ("Büro Karl Muster MdB", None),
        ("Refugee Support Berlin", None),
        ("Bündnis 90 / Die Grünen", None),
    ],
)
def test_an_organisation_is_taken_unless_it_looks_like_a_confirmation(organisation, objection):
    assert names.objection_to_organisation(organisation) is objection
