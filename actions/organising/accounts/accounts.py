"""A lost account: an organiser makes sure who somebody is, and makes a personal link by which they go on in a new one.

`account_change` is what opening it does. Whoever has the old account may object, which the team hears.
"""

from actions.exchange import codes, transcript
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.accounts import doubles
from actions.organising.team import team
from db import intact, personal_codes, reach
from db.models import CodePurpose, Person, PersonalCode
from domain.accounts import LINK_KEPT, OBJECTION
from domain.outcomes.organising.accounts import (
    AccountCard,
    AccountLink,
    AccountMoved,
    AccountObjected,
    AccountOffered,
    ObjectionHeard,
)
from domain.outcomes.organising.participants import DoubleShown
from domain.outcomes.organising.whys import WhyNothing
from domain.outcomes.pledging.takeovers import TakeoverLeft
from domain.refusal import Reason, Refusal
from domain.roles import Role
from domain.team import Duty
from domain.versions import version_of

_LEADS_HERE = (WhyNothing.Payload, AccountObjected.Payload, AccountCard.Payload)
_RECENT = 5


async def show(turn: Turn, person_id: int) -> None:
    """*Neues Konto*: what to make sure of. Raises Refusal like `_chosen`."""
    person = await _chosen(turn, person_id, "saw account")
    turn.tell(AccountCard.Payload(person.id))


async def _chosen(turn: Turn, person_id: int, action: str) -> Person:
    """Somebody whom this organiser has looked up, or who objected; they find in their data what was done.

    Raises Refusal(STALE_BUTTON) for anybody else, and for whoever no longer agrees.
    """
    led = await transcript.was_told_of(turn.session, turn.chat_id, _LEADS_HERE, person_id)
    led = led or await _beside_another(turn, person_id)
    person = await intact.person(turn.session, person_id) if led else None
    if person is None or person.chat_id is None or not reach.agrees(person):
        raise Refusal(Reason.STALE_BUTTON)
    desk.audit(turn, person.id, action)
    return person


async def _beside_another(turn: Turn, person_id: int) -> bool:
    """Whether this organiser was shown them lately beside an account that may be theirs, too."""
    shown = await transcript.newest(turn.session, turn.chat_id, (DoubleShown.Payload,), _RECENT)
    payloads = [each.payload for each in shown]
    return any(isinstance(each, DoubleShown.Payload) and person_id in each.people for each in payloads)


async def make_link(turn: Turn, person_id: int, seen: int) -> None:
    """I have made sure who it is: a link for a day, and once; any older one opens nothing from now on. Their role as an
    MP has to be confirmed again.

    `seen`: the version of what was shown; if it reads otherwise now, it is shown again. Raises Refusal like `_chosen`.
    """
    await _make_link(turn, person_id, seen, CodePurpose.ACCOUNT)


async def make_link_for_mp(turn: Turn, person_id: int, seen: int) -> None:
    """Likewise; and they are an MP still, as their old account was confirmed to be. Raises Refusal like `_chosen`."""
    await _make_link(turn, person_id, seen, CodePurpose.ACCOUNT_AND_ROLE)


async def _make_link(turn: Turn, person_id: int, seen: int, purpose: CodePurpose) -> None:
    shown = await intact.person(turn.session, person_id)
    if shown is not None and seen != version_of(
        shown.name or "", shown.organisation or "", is_confirmed(shown)
    ):
        await show(turn, person_id)
        return
    person = await _chosen(turn, person_id, "identified for a new account")
    if not is_confirmed(person):
        purpose = CodePurpose.ACCOUNT
    await personal_codes.revoke(turn.session, person.id, codes.ACCOUNT)
    until = turn.now + LINK_KEPT
    made = await personal_codes.make(turn.session, person.id, turn.now, until, purpose=purpose)
    turn.tell(AccountLink.Payload(person.id, code_id=made.id))


def is_confirmed(person: Person) -> bool:
    """Whether they are an MP, as an organiser has confirmed."""
    return person.role is Role.MP and person.role_confirmed is True


async def revoke(turn: Turn, person_id: int) -> None:
    """Revoke the link, so that it opens nothing from now on. Raises Refusal like `_chosen`."""
    person = await _chosen(turn, person_id, "took back the link for a new account")
    await personal_codes.revoke(turn.session, person.id, codes.ACCOUNT)
    turn.tell(AccountCard.Payload(person.id))


async def offer(turn: Turn, code: PersonalCode) -> bool:
    """Ask whether I am the person for whom this code is. False if they are gone, or no longer agree.

    Raises Refusal like `check_is_one`.
    """
    person = await intact.person(turn.session, code.person_id)
    if person is None or not reach.agrees(person):
        return False
    await check_is_one(turn, person)
    turn.tell(AccountOffered.Payload(person.id, code_id=code.id))
    return True


async def check_is_one(turn: Turn, person: Person) -> None:
    """Raises Refusal(OWN_ACCOUNT) for the person in the account that they have, and TWO_PEOPLE for whoever has
    something to do with them (`doubles.are_two`).
    """
    if person.id == turn.me.id:
        raise Refusal(Reason.OWN_ACCOUNT)
    if await doubles.are_two(turn.session, person.id, turn.me.id):
        raise Refusal(Reason.TWO_PEOPLE)


async def decline(turn: Turn, code_id: int) -> None:
    """*Nein*: the link stays as it is. Raises Refusal(STALE_BUTTON) if this chat was not asked."""
    await codes.check_asked(turn, AccountOffered.Payload, code_id)
    turn.tell(TakeoverLeft(), edit=True)


async def object_to(turn: Turn, person_id: int) -> None:
    """*Das war ich nicht*, in the old account: the organisers hear of it, once. If none can be told, it says so.

    Raises Refusal(STALE_BUTTON) in any other chat, after `OBJECTION`, and if the person is gone or back here.
    """
    told = await transcript.newest(turn.session, turn.chat_id, (AccountMoved.Payload,), _RECENT)
    last = next((each for each in told if each.row.object_id == person_id), None)
    person = await intact.person(turn.session, person_id) if last is not None else None
    in_time = last is not None and last.row.created_at > turn.now - OBJECTION
    if last is None or person is None or not in_time or person.chat_id == turn.chat_id:
        raise Refusal(Reason.STALE_BUTTON)
    there = [each.workshop_id for each in person.memberships]
    organisers = await team.within_reach(turn.session, turn.operator, Duty.RUN, *there)
    for each in organisers:
        key = f"objected:{last.row.id}:{each.id}"
        if not await transcript.was_owed(turn.session, key):
            turn.news(each, AccountObjected.Payload(person.id), key=key)
    turn.tell(ObjectionHeard.Payload(reached=bool(organisers)), edit=True, voice=last.voice)
