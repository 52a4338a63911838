"""Every kind of link, opened by everybody."""

import pytest

from domain.links import LinkKind
from handlers.links import OPENINGS
from tests.cast import workshop_row
from tests.handlers.rig import CODE, OWNER, message, now

NEWCOMER, MEMBER = 800, 801
TEAM = ["o_", "o_geheim", "o_AAAAAAAAAA"]
UNKNOWN = ["h_", "h_geheim", "h_AAAAAAAAAA"]
NOWHERE = ["w_", "w_WRONG1", "x_geheim", "geheim", "w_" + "-" * 60 + CODE]


def test_every_kind_has_an_opening():
    assert set(OPENINGS) == set(LinkKind)


@pytest.mark.parametrize(
    ("payloads", "newcomer", "organiser", "member"),
    [
        ([f"w_{CODE}", f"W_{CODE}", "w_abc-234", CODE], ["Welcome"], ["Welcome"], ["WorkshopJoined"]),
        (TEAM, ["TakeoverUnknown", "Welcome"], ["TakeoverUnknown", "OrgaMenu"], ["TakeoverUnknown"]),
        (UNKNOWN, ["HandshakeUnknown", "Welcome"], ["HandshakeUnknown", "OrgaMenu"], ["HandshakeUnknown"]),
        (NOWHERE, ["Welcome"], ["OrgaMenu"], ["Refused"]),
        ([""], ["Welcome"], ["OrgaMenu"], ["Ready"]),
    ],
    ids=["workshop", "team", "unknown", "nowhere", "start alone"],
)
async def test_whoever_opens_a_link_is_led_on(rig, payloads, newcomer, organiser, member):
    await rig.person(MEMBER)
    await rig.store(
        *[
            message(who, f"/start {payload}".strip())
            for payload in payloads
            for who in (NEWCOMER, OWNER, MEMBER)
        ]
    )
    rig.start()
    await rig.settled()
    assert await rig.said(NEWCOMER) == newcomer * len(payloads)
    assert await rig.said(OWNER) == organiser * len(payloads)
    assert await rig.said(MEMBER) == member * len(payloads)


async def test_a_code_is_no_link_of_another_kind(rig):
    """`o_` and a code read with its underscore left out could be the code of a workshop."""
    await rig.person(MEMBER)
    async with rig.database.writer.begin() as session:
        session.add(workshop_row(now(), id=2, code="023456", title="Andere"))
    rig.start()
    await rig.store(message(MEMBER, "/start o_23456"), message(MEMBER, "o_23456"))
    await rig.settled()
    assert await rig.said(MEMBER) == ["TakeoverUnknown", "NothingExpected"]
