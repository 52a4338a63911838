"""Invitations into the team: a link for one role, once; and whoever opens it says yes or no.

They need not take part, as owners need not: they are asked for a name, by which others know who looked.
"""

from datetime import timedelta

from actions.exchange import codes, drafts
from actions.exchange.turn import Turn
from actions.joining import answering, entry
from actions.organising.team import team, team_news
from db import intact, personal_codes
from db.models import Audit, CodePurpose, DraftKind, Person, PersonalCode
from domain.outcomes.organising.desk import OrgaMenu
from domain.outcomes.organising.team import (
    EVERYWHERE,
    TeamInvitation,
    TeamInvitationEnded,
    TeamJoined,
    TeamLeft,
    TeamNameAsked,
    TeamOffered,
)
from domain.outcomes.pledging.takeovers import TakeoverUnknown
from domain.refusal import Reason, Refusal
from domain.team import Granted, TeamRole, may_grant

GOOD_FOR = timedelta(days=3)


async def make(turn: Turn, wanted: Granted) -> None:
    """A link for this role, which I may grant. Others that I have made stay good."""
    made = await personal_codes.make(
        turn.session,
        turn.me.id,
        turn.now,
        turn.now + GOOD_FOR,
        purpose=CodePurpose.TEAM,
        alone=False,
        team_role=wanted.role,
        workshop_id=wanted.workshop_id,
    )
    turn.tell(TeamInvitation.Payload(made.id))


async def take_back(turn: Turn, code_id: int) -> None:
    """A link that I have made opens nothing from now on. Raises Refusal(STALE_BUTTON) for one that is used, over, or
    somebody else's.
    """
    code = await personal_codes.still_open(turn.session, code_id, turn.now, lock=True)
    if code is None or code.purpose is not CodePurpose.TEAM or code.person_id != turn.me.id:
        raise Refusal(Reason.STALE_BUTTON)
    await turn.session.delete(code)
    turn.tell(TeamInvitationEnded(), edit=True)


def role_in(code: PersonalCode) -> Granted:
    """What this code grants."""
    return Granted(code.team_role or TeamRole.VIEWER, code.workshop_id)


async def offer(turn: Turn, code: str) -> bool:
    """Ask whether I join the team by this code. False for one that opens nothing.

    Raises Refusal(TOO_MANY_CODES) like `codes.find`, and OWN_LINK to whoever made it.
    """
    found = await codes.find(turn, code, (CodePurpose.TEAM,))
    maker = await _maker(turn, found) if found is not None else None
    if found is None or maker is None:
        return False
    if maker is turn.person:
        raise Refusal(Reason.OWN_LINK)
    turn.tell(TeamOffered.Payload(maker.id, code_id=found.id))
    return True


async def _maker(turn: Turn, code: PersonalCode) -> Person | None:
    """Whoever made it, if they may still grant that."""
    maker = await intact.person(turn.session, code.person_id)
    if maker is None or maker.chat_id is None:
        return None
    granted = await team.granted_in(turn.session, turn.operator, maker.chat_id)
    return maker if may_grant(granted, role_in(code)) else None


async def decline(turn: Turn, code_id: int) -> None:
    """*Nein*: the link stays as it is. Raises Refusal(STALE_BUTTON) if this chat was not asked."""
    await codes.check_asked(turn, TeamOffered.Payload, code_id)
    turn.tell(TeamLeft(), edit=True)


async def accept(turn: Turn, code_id: int) -> None:
    """*Ja*: I have the role from now on. A second tap says so again; if the link is over by now, it says that.

    Raises Refusal(STALE_BUTTON) if this chat was not asked.
    """
    await codes.check_asked(turn, TeamOffered.Payload, code_id)
    code = await personal_codes.still_open(turn.session, code_id, turn.now, lock=True)
    maker = await _maker(turn, code) if code is not None else None
    if code is None or maker is None:
        turn.tell(TakeoverUnknown(joined=not turn.is_outside), edit=True)
        return
    code.used_at = turn.now
    await _join(turn, role_in(code), maker)


async def _join(turn: Turn, what: Granted, maker: Person) -> None:
    if turn.person is None:
        turn.person = entry.new_person(turn, turn.first_voice)
        await turn.session.flush()
    if await team.grant(turn.session, turn.me, what, maker, turn.now):
        by, did = maker.chat_id or 0, f"granted {what.role}"
        turn.session.add(Audit(organiser_chat_id=by, person_id=turn.me.id, action=did, at=turn.now))
        await team_news.tell_granted(turn, turn.me, what, maker)
    turn.grants = (*turn.grants, what)
    turn.tell(TeamJoined.Payload(what.role, what.workshop_id or EVERYWHERE), edit=True)
    if turn.me.name is None:
        await drafts.await_words(turn, DraftKind.TEAM_NAME)
        turn.tell(TeamNameAsked())
    else:
        turn.tell(OrgaMenu.Payload())


async def receive_name(turn: Turn, text: str) -> None:
    """What I am called. Raises Refusal like `answering.take_name`."""
    await answering.take_name(turn, text)
    await drafts.end(turn)
    turn.tell(OrgaMenu.Payload())
