"""The hint that the other party is silent, as people read it. Ana and Ben are invented."""

from datetime import date

import pytest

from domain.outcomes.pledging.silences import SilenceHint
from domain.voice import Voice
from messages.catalogue import words
from messages.pledging.silences import render
from tests.messages.reading import read


@pytest.mark.parametrize("voice", Voice)
@pytest.mark.parametrize("contact", ["", "team@example.org"])
def test_the_team_offers_help_only_where_it_can_be_reached(voice, contact):
    hint = SilenceHint(
        pledge_id=2, title="Bürgerbus", me="Ana Keller", other="Ben Albrecht", since=date(2027, 2, 20), both=False,
        others=0, in_touch=False, intro_id=None, contact=contact,
    )  # fmt: skip
    said = read(render(hint, words(voice)))
    assert ("team@example.org" in said) is bool(contact)
    assert not any(desk in said for desk in ("Infopunkt", "info desk"))
