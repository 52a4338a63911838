"""Words for or against a topic (`stances_said.tsv`): it is named, but never sure; what all are against is no side."""

from pathlib import Path

import pytest

from domain.outcomes.choices import Stance
from domain.topics import heard, load, opinion, stances, takes_a_side, without_side

ROWS = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("stances_said.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def test_the_table_is_long_enough_to_hold_every_kind():
    assert len(ROWS) >= 150
    assert len(set(ROWS)) == len(ROWS)
    assert {side for *_, side in ROWS} == {"side", "none"}


@pytest.mark.parametrize(("said", "topic", "side"), ROWS)
def test_a_side_is_asked_about_and_never_sure(said: str, topic: str, side: str):
    understood = load().understand(said)
    heard = [*understood.sure, *understood.ask]
    if topic == "-":
        assert not heard
        assert [takes_a_side(words, None) for words in understood.words] == [side == "side"]
        return
    best = heard[0]
    assert best.topic == topic
    assert takes_a_side(best.part, best.topic) == (side == "side")
    if side == "side":
        assert not understood.sure
    else:
        assert not any(guess.side for guess in heard)


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        ("gegen Windkraft im Wald", Stance.HEARD_NO),
        ("Windkraft, bin dagegen", Stance.HEARD_NO),
        ("Windräder verhindern", Stance.HEARD_NO),
        ("keine Windräder", Stance.HEARD_NO),
        ("against wind farms", Stance.HEARD_NO),
        ("No to wind farms", Stance.HEARD_NO),
        ("für Windkraft", Stance.HEARD),
        ("nicht gegen Windkraft", Stance.HEARD),
        ("in favour of wind farms", Stance.HEARD),
        ("not against wind farms", Stance.HEARD),
    ],
)
def test_what_was_said_first_comes_first(said: str, noted: Stance):
    assert heard(said) is noted


def test_the_lists_name_topics_of_the_catalogue():
    assert load().topics.keys() >= stances.AGAINST_IS_USUAL | stances.DISPUTED
    assert not stances.AGAINST_IS_USUAL & stances.DISPUTED


def sides(text: str) -> dict[str, bool]:
    understood = load().understand(text)
    return {guess.topic: guess.side for guess in (*understood.sure, *understood.ask)}


def test_a_side_is_shared_by_what_und_joins_and_by_nothing_else():
    assert sides("gegen Windräder und Solarparks") == {"windkraft": True, "solar": True}
    assert sides("Windräder und Solarparks verhindern") == {"windkraft": True, "solar": True}
    assert sides("gegen Windräder, Ehrenamt") == {"windkraft": True, "ehrenamt": False}
    assert sides("Ehrenamt, Windkraft: dagegen") == {"ehrenamt": False, "windkraft": True}
    assert sides("Windkraft, gegen Windkraft") == {"windkraft": True}, "asked once"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dafür", Stance.FOR),
        ("Ich bin dafür!", Stance.FOR),
        ("bin dagegen", Stance.AGAINST),
        ("Nein, danke", Stance.AGAINST),
        ("I am against it", Stance.AGAINST),
        ("for it", Stance.FOR),
        ("ja", None),
        ("gegen Windkraft", None),
        ("", None),
    ],
)
def test_an_opinion_and_nothing_else(text: str, said: Stance | None):
    assert opinion(text) is said


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ("gegen Xylophonsteuer", "Xylophonsteuer"),
        ("nein zur Xylophonsteuer", "Xylophonsteuer"),
        ("Xylophonsteuer verhindern", "Xylophonsteuer"),
        ("dass alle gegen die Steuer sind", None),
        ("gegen ", None),
    ],
)
def test_what_own_words_are_about_without_their_side(words: str, about: str | None):
    assert without_side(words) == about
