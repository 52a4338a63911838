"""The list of somebody's pledges, as text: where each is, and how those that are over ended."""

import pytest

from domain.outcomes.pledging.pledges import PledgeLine, PledgeList
from domain.pledges import State, Status
from domain.voice import Voice
from messages.catalogue import words
from messages.pledging.cards import pledge_list

KEPT, PARTLY, ENDED = Status.KEPT, Status.PARTLY, Status.ENDED


@pytest.mark.parametrize(
    ("other", "mine", "theirs", "du", "english"),
    [
        ("Ana Keller", KEPT, KEPT, "erfüllt", "kept"),
        ("Ana Keller", KEPT, None, "erfüllt", "kept"),
        ("Ana Keller", None, PARTLY, "teilweise", "partly"),
        ("Ana Keller", ENDED, ENDED, "gemeinsam beendet", "ended together"),
        ("Ana Keller", KEPT, PARTLY, "ihr seht es verschieden", "you see it differently"),
        ("Ana Keller", None, None, "ohne Rückmeldung", "no answer"),
        ("", None, None, "abgeschlossen", "closed"),
        ("", KEPT, None, "erfüllt", "kept"),
    ],
)
def test_what_has_ended_says_how(other, mine, theirs, du, english):
    line = PledgeLine(1, "Bürgerbus", other, State.ENDED, False, None, mine, theirs)
    for voice, said in ((Voice.DU, du), (Voice.EN, english)):
        text = pledge_list(PledgeList((line,), can_start=False, ended=True), words(voice)).text
        assert text.endswith(f" · {said}")


def test_what_ended_with_a_mandate_is_nobodys_silence():
    line = PledgeLine(1, "Bürgerbus", "Ben Albrecht", State.ENDED, False, None, resigned=True)
    text = pledge_list(PledgeList((line,), can_start=False, ended=True), words(Voice.DU)).text
    assert text.endswith(" · mit dem Mandat beendet")
