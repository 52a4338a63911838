"""Every kind of draft that awaits words is asked again and heard."""

from actions.intake import awaited_words
from db.models import DraftKind

MORE_THAN_AN_OBJECT = {DraftKind.EDIT, DraftKind.CODE, DraftKind.CONTACT}


def test_every_kind_that_awaits_words_is_asked_and_heard():
    assert set(awaited_words._AWAITED) == set(DraftKind) - MORE_THAN_AN_OBJECT - {DraftKind.UNASKED}
