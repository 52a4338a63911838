"""What people type so that others can reach them."""

import pytest

from domain.contacts import dialled, reads_like
from domain.outcomes.choices import ContactKind


@pytest.mark.parametrize("value", ["01234", "+49 351 123-45", "Büro: 0351/12345"])
def test_a_number_has_five_digits_or_more(value):
    assert reads_like(ContactKind.PHONE, value)


@pytest.mark.parametrize("value", ["", "1234", "ana@example.org"])
def test_anything_else_is_no_number(value):
    assert not reads_like(ContactKind.PHONE, value)


def test_an_address_has_an_at_inside_and_no_blank():
    assert reads_like(ContactKind.EMAIL, "ana@example.org")
    for value in ("", "@ana", "ana@", "ana example.org", "a b@c"):
        assert not reads_like(ContactKind.EMAIL, value)


@pytest.mark.parametrize("kind", [ContactKind.TELEGRAM, ContactKind.NONE])
def test_other_ways_are_not_typed(kind):
    assert not reads_like(kind, "ana@example.org 0351 12345")


@pytest.mark.parametrize(
    ("on_the_card", "dialled_as"),
    [
        ("4915100000000", "+4915100000000"),
        ("+4915100000000", "+4915100000000"),
        ("0351 1234567", "0351 1234567"),
        ("03511234567", "03511234567"),
        ("+49 (351) 12", "+49 (351) 12"),
    ],
)
def test_a_number_on_a_card_can_be_dialled(on_the_card, dialled_as):
    assert dialled(on_the_card) == dialled_as
