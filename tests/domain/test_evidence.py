"""What of the words added as evidence is an address to be opened."""

import pytest

from domain.evidence import link_in


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Protokoll: https://rat.example/sitzung", "https://rat.example/sitzung"),
        ("(siehe www.rat.example/a.pdf).", "www.rat.example/a.pdf"),
        ("Steht auf rat.example/sitzung?id=7!", "rat.example/sitzung?id=7"),
        ("https://eins.example und https://zwei.example", "https://eins.example"),
        ("Es steht auf rat.example", ""),  # a name, short enough to be typed
        ("Wir haben z.B. u.a. den Rat gefragt.", ""),
    ],
)
def test_the_first_link_without_what_ends_the_sentence(text, link):
    assert link_in(text) == link
