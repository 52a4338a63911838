"""The number of a handshake: new ones, and how people type them."""

from random import Random

import pytest

from domain.handshakes import NUMBERS, new_number, read_number


@pytest.mark.parametrize(
    "text",
    ["4729", " 4729 ", "47 29", "4 7 2 9", "47-29", "„4729“", "4729.", "4729!", "Die Zahl ist 4729.", "Zahl: 4729",
     "Meine Nummer lautet 4729", "The number is 4729", "4729 👍", "code 4729", "47\u200b29"],
)  # fmt: skip
def test_a_number_is_heard_however_it_is_typed(text):
    assert read_number(text) == 4729


@pytest.mark.parametrize(
    "text",
    ["", "472", "47290", "0472", "12.12.", "4729 Leute", "im Jahr 2027", "20.07.2027", "20:30", "47,29", "４７２９",
     "w_4729", "Ich führe bis 2027 ein Gespräch", "4729 4730"],
)  # fmt: skip
def test_nothing_else_is_a_number(text):
    assert read_number(text) is None


def test_a_new_number_is_none_of_those_taken():
    taken = set(NUMBERS) - {1000, 9999}
    assert {new_number(Random(seed), taken) for seed in range(20)} == {1000, 9999}
