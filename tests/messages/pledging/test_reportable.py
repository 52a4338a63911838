"""What somebody wrote can be reported where it arrives, by one button of the message that hands it on."""

from datetime import date

import pytest

import messages
from domain.outcomes.matching import ContactReceived
from domain.outcomes.pledging.amendments import AmendmentProposed
from domain.outcomes.pledging.evidence import EvidenceShown
from domain.outcomes.pledging.nudges import Heard
from domain.outcomes.pledging.pledges import ProposalDeclined, Proposed
from domain.outcomes.pledging.relays import RelayReceived
from domain.voice import Voice
from tests.messages.examples import examples
from tests.messages.reading import presses

HANDED_ON = {
    Proposed: lambda _: True,
    AmendmentProposed: lambda _: True,
    RelayReceived: lambda _: True,
    EvidenceShown: lambda _: True,
    ContactReceived: lambda _: True,
    Heard: lambda heard: heard.note,
    ProposalDeclined: lambda declined: declined.reason,
}
"""The messages that hand on what the other wrote, and which of them hold any."""


@pytest.mark.parametrize("kind", HANDED_ON, ids=lambda kind: kind.__name__)
def test_what_the_other_wrote_can_be_reported(kind):
    written = [outcome for outcome in examples(kind) if HANDED_ON[kind](outcome)]
    assert written
    for outcome in written:
        message = messages.of(outcome, Voice.DU, date(2027, 1, 20))
        assert any(data.startswith("complain") for data in presses(message)), outcome
