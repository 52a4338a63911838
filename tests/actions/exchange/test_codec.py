"""Payloads as rows keep them: written without defaults, read with what older versions wrote."""

from datetime import date

import pytest

from actions.exchange import codec, outbox
from actions.exchange.drafts import DraftDetails
from domain.nudging import Period
from domain.outcomes.choices import ContactKind, Direction, ProfileQuestion, Purpose
from domain.outcomes.joining import Asked, ConsentAsked, TopicsBrowsed
from domain.outcomes.kinds import PAYLOADS
from domain.outcomes.matching import ContactAsked, ContactNoted
from domain.outcomes.organising.broadcasts import BroadcastWaiting
from domain.outcomes.organising.desk import DeskTask, WorkshopAsked
from domain.outcomes.organising.insight import Aspect, FileKind, Insight, InsightFiled
from domain.outcomes.payload import KindName
from domain.outcomes.pledging.nudges import Nudged
from domain.outcomes.pledging.partners import PartnersFound
from domain.outcomes.pledging.pledges import Withdrawn
from domain.outcomes.pledging.snoozes import Snoozed
from domain.outcomes.pledging.talks import TalkAsked
from domain.outcomes.rights import ConsentChanged, Forgotten, Paused
from domain.outcomes.small import Fault, Refused
from domain.refusal import Reason

# (payload, its kind, object and arguments in a row as an earlier version wrote them)
ROWS = [
    (TalkAsked.Payload(7), "TalkAsked", 7, None),
    (TalkAsked.Payload(7, typed=True), "TalkAsked", 7, {"typed": True}),
    (TalkAsked.Payload(7, change=True), "TalkAsked", 7, {"change": True}),
    (Withdrawn.Payload(7, by_me=False), "Withdrawn", 7, {"by_me": False}),
    (ConsentAsked.Payload(Purpose.CORE, 2), "ConsentAsked", 2, {"purpose": "K", "voice": "du"}),
    (Asked.Payload(ProfileQuestion.ROLE), "Asked", None, {"question": "role", "editing": False}),
    (TopicsBrowsed.Payload(Direction.SEEKS, 4), "TopicsBrowsed", 4, {"direction": "seeks", "page": 0}),
    (ContactAsked.Payload(3, has_username=True), "ContactAsked", 3, {"has_name": True}),
    (ContactNoted.Payload(3, ContactKind.PHONE), "ContactNoted", 3, {"by": "phone"}),
    (PartnersFound.Payload((4, 5)), "PartnersFound", None, {"hits": [4, 5]}),
    (BroadcastWaiting.Payload(1, (8, 9)), "BroadcastWaiting", 1, {"seconds": [8, 9]}),
    (WorkshopAsked.Payload(DeskTask.CARD, 1), "WorkshopAsked", None, {"errand": "card", "page": 1}),
    (Insight.Payload(3, Aspect.ROLE, 2), "Insight", 3, {"look": "role", "page": 2}),
    (InsightFiled.Payload(3, Aspect.TOPIC, FileKind.CSV), "InsightFiled", 3, {"look": "topic", "file": "csv"}),
    (Nudged.Payload(), "Nudged", None, None),
    (Nudged.Payload(5, 7, Period.M1), "Nudged", 5, {"opened": 7, "period": "m1"}),
    (Snoozed.Payload(date(2027, 5, 3)), "Snoozed", None, {"until": "2027-05-03"}),
    (Paused(None), "Paused", None, {"until": None}),
    (ConsentChanged(Purpose.CORE, given=False), "ConsentChanged", None, {"purpose": "K", "given": False}),
    (Refused(Reason.TOO_LONG, 300), "Refused", None,
     {"reason": "too_long", "limit": 300, "organiser": False, "joined": True}),
    (Fault(0xAB12CD), "Fault", 0xAB12CD, None),
    (Forgotten.Payload(7, KindName("PledgeCard")), "Forgotten", 7, {"again": "PledgeCard", "opened": True}),
    (Forgotten.Payload(7), "Forgotten", 7, {"again": None}),
]  # fmt: skip


@pytest.mark.parametrize(("payload", "kind", "object_id", "args"), ROWS)
def test_a_row_of_an_earlier_version_is_read(payload, kind, object_id, args):
    assert outbox.payload_of(kind, object_id, args) == payload


@pytest.mark.parametrize("payload", [row[0] for row in ROWS])
def test_what_is_written_is_read_again(payload):
    object_id, args = codec.encode(payload)
    assert outbox.payload_of(payload.outcome_name(), object_id, args) == payload


def test_a_default_is_not_stored():
    assert codec.encode(TalkAsked.Payload(7)) == (7, {})
    assert codec.encode(DraftDetails(change=True)) == (None, {"change": True})


def test_a_field_that_is_gone_is_passed_over():
    assert codec.decode(DraftDetails, None, {"by": "email", "gone": 1}) == DraftDetails(
        contact=ContactKind.EMAIL
    )


@pytest.mark.parametrize(("object_id", "args"), [(None, {"by_me": True}), (7, {}), (7, {"by_me": None})])
def test_a_row_that_lacks_something_is_no_payload(object_id, args):
    with pytest.raises(ValueError, match="Withdrawn"):
        outbox.payload_of("Withdrawn", object_id, args)


def test_people_s_words_do_not_get_in():
    with pytest.raises(TypeError, match="str does not belong"):
        codec.encode(Forgotten.Payload(7, "words of somebody"))


@pytest.mark.parametrize("name", PAYLOADS)
def test_each_payload_knows_its_outcome(name):
    assert PAYLOADS[name].outcome_name() == name
