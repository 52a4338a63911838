"""Workshop codes: made without lookalikes, read forgivingly."""

from random import Random, SystemRandom

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import codes


@pytest.mark.parametrize(
    "typed",
    ["7K1M0Q", "7k1m0q", " 7K1-M0Q ", "7K1 M0Q", "7k1–m0q", "7KLMOQ", "7kimoq", "7 k l m o q", "7K1M0Q\n"],
)
def test_it_forgives(typed):
    assert codes.read_code(typed) == "7K1M0Q"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "7K1M0",
        "7K1M0QX",
        "7K1M0U",
        "Code 7K1M0Q",
        "7K1M0Q!",
        "7K1M0ß",
        "٧K1M0Q",
        "７K1M0Q",
        "/start",
        "w_7K1M0Q",
    ],
)
def test_anything_else_is_no_code(typed):
    assert codes.read_code(typed) is None


def test_the_source_of_chance_decides():
    assert codes.new_code(Random(1)) == codes.new_code(Random(1))
    assert codes.new_code(SystemRandom()) != codes.new_code(SystemRandom())


@given(st.randoms(use_true_random=False))
def test_what_is_made_is_read_back(random):
    code = codes.new_code(random)
    assert len(code) == 6
    assert not set(code) & set("ILOU")
    assert codes.read_code(code) == code
    assert codes.read_code(f" {code[:3].lower()}-{code[3:].lower()} ") == code


@given(st.text(max_size=12))
def test_reading_twice_is_reading_once(text):
    code = codes.read_code(text)
    assert code is None or codes.read_code(code) == code
