"""Personal codes as a chat opens them: found, a few wrong ones at most, and answered by whoever was asked about one."""

from collections.abc import Collection

from actions.exchange import transcript
from actions.exchange.turn import Turn
from db import personal_codes
from db.models import CodePurpose, DraftKind, PersonalCode
from domain.limits import WRONG_CODES, WRONG_CODES_WITHIN
from domain.outcomes.organising.accounts import AccountOffered
from domain.outcomes.organising.guests import GuestOffered
from domain.outcomes.organising.offices import MandateOffered, OfficeOffered
from domain.outcomes.organising.team import TeamOffered
from domain.outcomes.pledging.takeovers import TakeoverAsked, TakeoverUnknown
from domain.refusal import Reason, Refusal

_RECENT = 10  # questions in one chat
Question = (
    type[TakeoverAsked.Payload] | type[OfficeOffered.Payload] | type[MandateOffered.Payload]
    | type[AccountOffered.Payload] | type[TeamOffered.Payload] | type[GuestOffered.Payload]
)  # fmt: skip

ACCOUNT = (CodePurpose.ACCOUNT, CodePurpose.ACCOUNT_AND_ROLE)
"""The purposes of a code whose opener turns out to be somebody whose account is lost."""

DRAFTS = {
    CodePurpose.TAKE_OVER: DraftKind.TAKEOVER,
    CodePurpose.OFFICE: DraftKind.OFFICE,
    CodePurpose.MANDATE: DraftKind.OFFICE,
    **dict.fromkeys((*ACCOUNT, CodePurpose.GUEST), DraftKind.TAKEOVER),
}
"""The draft that remembers, until somebody can be asked, that a code led them here."""


async def find(turn: Turn, code: str, purposes: Collection[CodePurpose]) -> PersonalCode | None:
    """What this code opens for one of these purposes, None for nothing.

    Raises Refusal(TOO_MANY_CODES) after `WRONG_CODES` that open nothing.
    """
    since = turn.now - WRONG_CODES_WITHIN
    wrong = await transcript.owed_in_chat_since(turn.session, turn.chat_id, TakeoverUnknown, since)
    if wrong >= WRONG_CODES:
        raise Refusal(Reason.TOO_MANY_CODES)
    return await personal_codes.find(turn.session, code, turn.now, purposes) if code else None


async def check_asked(turn: Turn, question: Question, code_id: int) -> None:
    """Raises Refusal(STALE_BUTTON) unless this chat was asked this question about this code."""
    asked = await transcript.newest(turn.session, turn.chat_id, (question,), _RECENT)
    payloads = [each.payload for each in asked]
    if not any(isinstance(each, question) and each.code_id == code_id for each in payloads):
        raise Refusal(Reason.STALE_BUTTON)
