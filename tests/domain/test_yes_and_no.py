"""A plain yes, a plain no, and everything that is neither."""

import pytest

from domain.yes_and_no import answer


@pytest.mark.parametrize(
    "said",
    ["ja", "Ja!", "jo", "gern", "Sehr gern", "okay", "ok, danke", "passt", "Passt so", "klar", "ja klar, gern", "steht",
     "auf jeden Fall", "In Ordnung", "Stimmt so", "yes", "Yes please", "sure", "sounds good", "of course", "👍 ja"],
)  # fmt: skip
def test_a_yes(said):
    assert answer(said) is True


@pytest.mark.parametrize(
    "said",
    ["nein", "Nö", "nee", "nein danke", "lieber nicht", "eher nicht", "leider nein", "leider nicht", "no", "No thanks",
     "no, thank you", "rather not", "nope"],
)  # fmt: skip
def test_a_no(said):
    assert answer(said) is False


@pytest.mark.parametrize(
    "said",
    ["", "danke", "ja, aber nur bis morgen", "passt nicht", "nicht so gern", "ja nein", "ok?", "gern morgen",
     "Nein, ich bin nicht einverstanden", "Accept", "noch nicht", "klar ist das nicht", "sure not", "yes but no"],
)  # fmt: skip
def test_neither(said):
    assert answer(said) is None
