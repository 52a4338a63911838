"""How buttons are spelled: read back as they were written, and nothing else is one."""

import pytest

from handlers.button_arguments import day, number
from handlers.buttons import ROUTES
from messages.buttons import Verb
from messages.callback_data import decode, encode
from tests.handlers.tapping import spellings


@pytest.mark.parametrize("verb", Verb)
def test_every_verb_has_a_route_and_reads_back_what_was_written(verb):
    for data in spellings(verb, [1, 999_999_999], 5):
        pressed = decode(data)
        assert encode(pressed.verb, *pressed.args) == data
        assert len(data.encode()) <= 64
        assert len(pressed.args) == len(ROUTES[verb].parsers)


@pytest.mark.parametrize(
    "data",
    [
        "", "keep", "pledge:", ":pledge", "pledge:1\n", "pledge :1", "PLEDGE:1", "pledge:ä", "pledge:١",
        "pledge:1:2:3:4", "pledge:" + "1" * 49, "x" * 65, "pledge;1", "pledge:1;drop", "\u200bpledge:1", "pledge:１",
    ],
)  # fmt: skip
def test_what_is_not_spelled_so_is_no_button(data):
    assert decode(data) is None


@pytest.mark.parametrize("text", ["", "١", "１", "²", "-1", "+1", " 1", "1_0", "1.0", "0x1", "1" * 10])
def test_an_id_is_a_few_plain_digits(text):
    with pytest.raises(ValueError):
        number(text)


@pytest.mark.parametrize(
    "text", ["00010101", "19991231", "22000101", "99991231", "20270230", "2027-01-01", "٢٠٢٧٠١٠١"]
)
def test_a_day_is_one_that_can_be_counted_from(text):
    with pytest.raises(ValueError):
        day(text)


def test_too_long_a_button_cannot_be_written():
    with pytest.raises(ValueError):
        encode(Verb.TOPICS_GROUP, "seeks", "x" * 32, "y" * 32)
