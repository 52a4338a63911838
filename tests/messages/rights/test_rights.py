"""What people read when somebody's data are deleted."""

import pytest

from domain.outcomes.rights import PartnerErased
from domain.voice import Voice
from messages.catalogue import words
from messages.rights.render import render


@pytest.mark.parametrize("voice", list(Voice))
def test_a_sentence_that_went_with_its_writer_is_not_quoted_as_nothing(voice):
    said = render(PartnerErased("", own_text=False), words(voice)).text
    assert "„“" not in said
    assert "“”" not in said
    assert "Radweg" in render(PartnerErased("Radweg", own_text=True), words(voice)).text
    untitled = render(PartnerErased("", own_text=True), words(voice)).text
    assert words(voice).label("pledge.untitled") in untitled, "a sentence that is there has not gone"
