"""A plain yes, a plain no, and everything that is neither."""

import pytest

from domain.labels import spelt
from domain.yes_and_no import EXPRESS, answer


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


def test_an_express_yes_is_a_yes_that_says_so_itself():
    assert all(answer(said) is True for said in EXPRESS)
    assert all({"ja", "yes"} & set(said.split()) for said in EXPRESS)
    assert all(spelt(said) == said for said in EXPRESS)
