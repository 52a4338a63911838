"""A new account: whoever opened the personal link, and was meant by it, is the person whose account is lost.

The person stays who they were, and everybody's rows about them with them; what changes is the chat in which they are
reached. What they have said in the new account before, if anything, is added (`merging`).
"""

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import codes, file_ends, moving, outbox
from actions.exchange.turn import Turn
from actions.joining import entry
from actions.organising.accounts import accounts, merging
from actions.organising.inquiries import inquiries
from actions.organising.team import team, team_news
from actions.pledging import relays
from db import intact, personal_codes, queries, reach
from db.models import (
    NOWHERE,
    Audit,
    Broadcast,
    BroadcastState,
    CodePurpose,
    Export,
    HelpCall,
    HelpRequest,
    Inbox,
    InboxState,
    Inquiry,
    Introduction,
    OfficeSeat,
    Person,
    PersonalCode,
    Pledge,
)
from domain.outcomes.organising.accounts import (
    AccountChanged,
    AccountMoved,
    AccountOffered,
    AccountTaken,
)
from domain.outcomes.pledging.takeovers import TakeoverUnknown
from domain.pledges import State
from domain.roles import Role

_OPEN = (State.PROPOSED, State.ACTIVE)


async def accept(turn: Turn, code_id: int) -> None:
    """*Ja, das bin ich*: I am that person from now on, in this chat. A second tap says again what is here.

    Raises Refusal(STALE_BUTTON) if this chat was not asked, and like `accounts.check_is_one`.
    """
    await codes.check_asked(turn, AccountOffered.Payload, code_id)
    code = await turn.session.get(PersonalCode, code_id)
    if code is not None and code.person_id == turn.me.id:
        await _say_taken(turn)
        return
    person = await _hold(turn, code.person_id) if code is not None else None
    code = await personal_codes.still_open(turn.session, code_id, turn.now, lock=True)
    if code is None or person is None or not reach.agrees(person):
        turn.tell(TakeoverUnknown(joined=not turn.is_outside), edit=True)
        if turn.me.finished_at is None:
            await entry.go_on(turn)
        return
    await accounts.check_is_one(turn, person)
    code.used_at = turn.now
    unconfirmed = accounts.is_confirmed(person) and code.purpose is not CodePurpose.ACCOUNT_AND_ROLE
    concerned = await _concerned(turn.session, person.id)
    ended = [each for one in (person, turn.me) for each in await team.end_all(turn.session, one, turn.now)]
    await personal_codes.revoke_passed_on(turn.session, person.id)
    await _move(turn, person, confirmed=None if unconfirmed else person.role_confirmed)
    await _say_taken(turn)
    for each in concerned:
        turn.news(each, AccountChanged.Payload(turn.me.id))
    turn.grants = ()
    for what in ended:
        await team_news.tell_ended(turn, turn.me, what, moved=True)
    if turn.me.finished_at is None:
        await entry.go_on(turn)


async def _hold(turn: Turn, person_id: int) -> Person | None:
    """Lock what is shared with others, then the two persons and the outbox, in the order in which an erasure does."""
    two = (person_id, turn.me.id)
    met = or_(*(queries.in_introduction(each) for each in two))
    calls = select(HelpRequest.call_id).where(HelpRequest.person_id.in_(two))
    called = or_(HelpCall.person_id.in_(two), HelpCall.id.in_(calls))
    for shared in (
        select(Pledge.id).where(or_(*(queries.in_pledge(each) for each in two))).order_by(Pledge.id),
        select(Introduction.id).where(met).order_by(Introduction.id),
        *(inquiries.naming(each).order_by(Inquiry.id) for each in two),
        select(HelpCall.id).where(called).order_by(HelpCall.id),
        select(Person.id).where(Person.id.in_(two)).order_by(Person.id),
    ):
        await turn.session.execute(shared.with_for_update())
    await moving.hold(turn.session)
    return await intact.person(turn.session, person_id)


async def _concerned(session: AsyncSession, person_id: int) -> list[Person]:
    """Whoever has an open pledge with this person, or is in one office with them."""
    pledges = select(Pledge.author_id, Pledge.partner_id).where(
        queries.in_pledge(person_id), Pledge.state.in_(_OPEN)
    )
    seats = select(OfficeSeat.mp_id, OfficeSeat.staff_id).where(
        or_(OfficeSeat.mp_id == person_id, OfficeSeat.staff_id == person_id), reach.seated()
    )
    pairs = [*await session.execute(pledges), *await session.execute(seats)]
    ids = {each for pair in pairs for each in pair if each is not None} - {person_id}
    found = [await intact.person(session, each) for each in sorted(ids)]
    return [each for each in found if each is not None]


async def _move(turn: Turn, person: Person, *, confirmed: bool | None) -> None:
    """The person is reached in my chat, and I am the person."""
    me, old, was_away = turn.me, person.chat_id, person.unreachable_since is not None
    spoken_to, voice, pause = person.voice, me.voice, (me.paused, me.paused_until)
    await merging.merge(turn.session, me, person, turn.now)
    person.voice, person.role_confirmed, person.unreachable_since = voice, confirmed, None
    if pause[0]:
        person.paused, person.paused_until = pause
    if old is not None:
        files = await file_ends.files_in(turn.session, old)
        await moving.to_chat(turn.session, person.id, old, turn.chat_id)
        file_ends.delete_now(turn.session, old, files, turn.now)
        await _forget_number(turn.session, old, turn.chat_id)
        moved = AccountMoved.Payload(person.id)
        outbox.owe(turn.session, moved, outbox.Recipient(old, None), turn.now, voice=spoken_to)
    person.chat_id = turn.chat_id
    await turn.session.flush()
    await turn.session.refresh(person, ("memberships", "consents"))
    turn.session.expire(person, ["interests"])
    turn.person = person
    if was_away:
        await relays.catch_up(turn)


async def _forget_number(session: AsyncSession, old: int, new: int) -> None:
    """What came in from the old chat is still counted, but as nobody's. What its person did as an organiser is theirs;
    a broadcast under way still copies from the old chat (`pruning`).
    """
    of = Broadcast
    came = update(Inbox).where(Inbox.chat_id == old, Inbox.state != InboxState.NEW)
    written = update(of).where(of.author_chat_id == old)
    for statement in (
        came.values(payload=None, chat_id=NOWHERE),
        written.where(of.state == BroadcastState.DRAFT).values(state=BroadcastState.DROPPED),
        written.where(of.state != BroadcastState.CONFIRMED).values(author_chat_id=new, words=None),
        update(of).where(of.confirmed_by == old).values(confirmed_by=new),
        update(Audit).where(Audit.organiser_chat_id == old).values(organiser_chat_id=new),
        update(Export).where(Export.organiser_chat_id == old).values(organiser_chat_id=new),
    ):
        await session.execute(statement.execution_options(synchronize_session=False))


async def _say_taken(turn: Turn) -> None:
    own = select(func.count()).where(queries.in_pledge(turn.me.id), Pledge.state.in_(_OPEN))
    unconfirmed = turn.me.role is Role.MP and turn.me.role_confirmed is None
    pledges = await turn.session.scalar(own) or 0
    turn.tell(AccountTaken(pledges=pledges, unconfirmed=unconfirmed), edit=True)
