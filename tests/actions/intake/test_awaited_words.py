"""Every kind of draft that awaits words is asked again, and its words are received."""

from actions.intake import awaited_words
from db.models import DraftKind

MORE_THAN_AN_OBJECT = {
    DraftKind.TAKEOVER,
    DraftKind.EDIT,
    DraftKind.CODE,
    DraftKind.CONTACT,
    DraftKind.BECAUSE,
    DraftKind.RETROSPECTIVE,
}
KEEP_WORDS = {DraftKind.UNASKED, DraftKind.REWORDED}


def test_every_kind_that_awaits_words_has_a_question_and_an_action():
    assert set(awaited_words._BY_KIND) == set(DraftKind) - MORE_THAN_AN_OBJECT - KEEP_WORDS
