"""Personal links, opened by whoever knows the bot, and by whoever is new to it and agrees to K and U first.

One leads to the side of a pledge that was entered for them, into an MP's office, to an MP's pledges, to what was theirs
in an account that is lost, or to their row of a guest list.
"""

from actions.exchange import codes, drafts
from actions.exchange.turn import Turn
from actions.joining import answering, entry
from actions.organising.accounts import accounts
from actions.organising.guests import guest_arrivals
from actions.organising.offices import offices, successions
from actions.organising.team import team_invitations
from actions.pledging.entered import taking_over
from db import intact, personal_codes
from db.models import CodePurpose, Draft, DraftKind, PersonalCode, Workshop
from domain.links import LinkKind
from domain.outcomes.choices import ProfileQuestion, Purpose
from domain.outcomes.joining import Asked
from domain.outcomes.pledging.takeovers import TakeoverUnknown
from domain.voice import Voice

PURPOSES = {
    LinkKind.PERSONAL: (CodePurpose.TAKE_OVER, CodePurpose.GUEST, *codes.ACCOUNT),
    LinkKind.OFFICE: (CodePurpose.OFFICE, CodePurpose.MANDATE),
}


async def arrive(turn: Turn, code: str, *, kind: LinkKind) -> None:
    """A newcomer opens a personal link: the welcome, as the text that passed it on was worded, and after an account
    was lost as they were spoken to in it; or they hear that it opens nothing.

    Raises Refusal(TOO_MANY_CODES) like `codes.find`.
    """
    found = await codes.find(turn, code, PURPOSES[kind])
    workshop_id = await _workshop_of(turn, found) if found is not None else None
    if found is None or workshop_id is None:
        turn.tell(TakeoverUnknown(joined=False))
        entry.welcome_or_desk(turn, None)
        return
    turn.phone = turn.phone or await _voice_of(turn, found)
    entry.welcome_or_desk(turn, await turn.session.get_one(Workshop, workshop_id), code_id=found.id)


async def _voice_of(turn: Turn, code: PersonalCode) -> Voice | None:
    """How its text was worded, or how somebody was spoken to in the account that is lost; None if nobody has chosen."""
    guest = code.purpose is CodePurpose.GUEST
    person = None if guest else await intact.person(turn.session, code.person_id)
    if person is None:
        return None
    if code.purpose in codes.ACCOUNT:
        return person.voice
    by = await intact.person(turn.session, person.entered_by_id) if person.entered_by_id else person
    return Voice.EN if by is not None and by.voice is Voice.EN else Voice.SIE


async def _workshop_of(turn: Turn, code: PersonalCode) -> int | None:
    if code.purpose is CodePurpose.GUEST:
        return await guest_arrivals.workshop_of(turn.session, code)
    if code.purpose is not CodePurpose.TAKE_OVER:
        return await offices.workshop_of(turn.session, code.person_id)
    pledge = await taking_over.pledge_of(turn, code)
    return pledge.workshop_id if pledge is not None else None


async def follow(turn: Turn, code: str, *, kind: LinkKind) -> None:
    """Somebody known opens a personal link. Raises Refusal like `codes.find`, `taking_over.ask` and `offices.offer`."""
    found = await codes.find(turn, code, PURPOSES[kind])
    if found is None:
        await _say_unknown(turn)
        return
    await drafts.await_words(turn, codes.DRAFTS[found.purpose], found.id)
    if not await go_on(turn):
        await entry.go_on(turn)


async def led_here(turn: Turn, *kinds: DraftKind) -> Draft | None:
    """The draft of one of these kinds that remembers what led me here; None without one, and before K and U."""
    if turn.is_newcomer or not turn.me.gave(Purpose.CARRIER):
        return None
    draft = await drafts.awaiting(turn)
    return draft if draft is not None and draft.kind in kinds else None


async def go_on(turn: Turn) -> bool:
    """Go on with the personal link that led me here: is it for me? False without one, and before U.

    The way into an office takes my name first, without which the MP could not confirm me.
    """
    draft = await led_here(turn, *codes.DRAFTS.values())
    if draft is None:
        return False
    if draft.kind is DraftKind.OFFICE and turn.me.name is None:
        turn.tell(Asked.Payload(ProfileQuestion.NAME))
    else:
        await _ask(turn, draft.object_id or 0)
    return True


async def receive_name(turn: Turn, code_id: int, text: str) -> None:
    """The name, then whether I act for the MP. Raises Refusal like `answering.take_name`."""
    await answering.take_name(turn, text)
    await _ask(turn, code_id)


async def _ask(turn: Turn, code_id: int) -> None:
    await drafts.end(turn)
    code = await personal_codes.still_open(turn.session, code_id, turn.now)
    if code is not None and code.purpose is CodePurpose.OFFICE:
        await offices.offer(turn, code)
    elif code is not None and code.purpose is CodePurpose.MANDATE:
        await successions.offer(turn, code)
    elif code is None or not await _ask_who(turn, code):
        await _say_unknown(turn)


async def _ask_who(turn: Turn, code: PersonalCode) -> bool:
    if code.purpose is CodePurpose.GUEST:
        return await guest_arrivals.offer(turn, code)
    return await (accounts.offer if code.purpose in codes.ACCOUNT else taking_over.ask)(turn, code)


async def join_team(turn: Turn, code: str) -> None:
    """Open an invitation into the team, for which no consent is asked. Raises Refusal like `team_invitations.offer`."""
    if await team_invitations.offer(turn, code):
        return
    if turn.is_newcomer:
        turn.tell(TakeoverUnknown(joined=False))
        entry.welcome_or_desk(turn, None)
    else:
        await _say_unknown(turn)


async def _say_unknown(turn: Turn) -> None:
    turn.tell(TakeoverUnknown(joined=not turn.is_outside))
    if turn.is_outside:
        await entry.go_on(turn)
