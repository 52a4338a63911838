"""Words that no topic knows reach organisers without a trace of who said them."""

from random import Random

from domain.open_words import SHOWN, candidates


def found(*written, private=()):
    shown = candidates(list(enumerate(written)), private, Random(7))
    return None if shown is None else {(word.words, word.people) for word in shown}


MORE = ("Dorfkino", "Lastenrad", "Moorschutz", "Zirkus")


def test_below_five_people_nothing_is_shown():
    assert found(*MORE) is None
    assert candidates([(1, words) for words in (*MORE, "Chor")], (), Random(7)) is None, (
        "one person said it all"
    )


def test_words_alike_are_one_and_no_number_below_five_is_told():
    assert found(*MORE, "das Dorfkino retten", "dorfkino") == {
        ("Dorfkino", None), ("Lastenrad", None), ("Moorschutz", None), ("Zirkus", None),
    }  # fmt: skip


def test_five_who_say_the_same_are_counted():
    assert ("Dorfkino", 5) in found("Dorfkino", "dorfkino", "Dorfkino retten", "DORFKINO", "unser Dorfkino")


def test_a_name_or_a_number_or_a_story_is_not_shown():
    shown = found(
        *MORE, "Streit mit Keller", "Anas Antrag", "Ruf 0171 2345678", "ana@example.org",
        "mein Nachbar will seit Jahren einen Zaun bauen und darf nicht",
        private=["Ana Keller", "Chor Nordtal"],
    )  # fmt: skip
    assert {words for words, _ in shown} == {*MORE, "Anas Antrag"}


def test_what_is_written_in_one_group_with_a_name_goes_with_it():
    shown = found(*MORE, "Fähre", "Fähre Albrecht", private=["Ben Albrecht"])
    assert {words for words, _ in shown} == set(MORE)


def test_what_several_said_comes_in_before_the_cut_and_the_order_says_nothing():
    alone = [f"{first}{last}" for first in "BDFGHK" for last in ("amsel", "iber", "orke", "ulmet", "echte",
             "ymnas", "aurach", "oltern", "enzian", "ilster")]  # fmt: skip
    written = [*enumerate(alone), (900, "Lastenrad"), (901, "Lastenräder")]
    shown = candidates(written, (), Random(1))
    assert len(shown) == SHOWN
    assert any(word.words == "Lastenrad" for word in shown)
    orders = {tuple(word.words for word in candidates(written, (), Random(seed))) for seed in range(3)}
    assert len(orders) == 3


def test_words_are_alike_through_others_and_what_has_no_words_is_like_nothing():
    chain = ("Dorfkino", "Dorfkino Nordtal", "Nordtal", "Nordtal Wandern", "Wandern")
    shown = candidates(list(enumerate((*chain, "!!!", "!!!"))), (), Random(7))
    assert sorted((each.words, each.people) for each in shown) == [
        ("!!!", None),
        ("!!!", None),
        ("Nordtal", 5),
    ]
