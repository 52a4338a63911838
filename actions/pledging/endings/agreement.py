"""One party says before the deadline that a pledge is over: the other is asked, and agrees or sees it otherwise."""

from actions.exchange import transcript
from actions.exchange.turn import Turn
from actions.pledging import history, pledges
from actions.pledging.endings import endings
from actions.pledging.nudges import nudges, passing_over
from db.models import Person, Pledge, Priority
from domain.history import Answer, EventKind, Follows, what_follows
from domain.nudging import Period
from domain.outcomes.pledging.nudges import AgreementAsked, SeenDifferently
from domain.outcomes.pledging.pledges import PledgeCard
from domain.pledges import CLOSING, State, Status


async def hear(turn: Turn, pledge: Pledge, mine: Answer) -> None:
    """Do what my answer leads to (`domain.history.what_follows`)."""
    other = await pledges.other_party(turn, pledge)
    if other is None:
        return
    theirs = await history.answers(turn.session, pledge, other.id)
    match what_follows(mine, theirs), theirs.last_said():
        case Follows.END, _:
            await endings.end(turn, pledge, other)
        case Follows.DISAGREEMENT, Answer() as said:
            await _dissent(turn, pledge, said, other)
        case Follows.AGREEMENT_ASKED, _:
            await _ask(turn, pledge, mine, other)


async def _ask(turn: Turn, pledge: Pledge, mine: Answer, other: Person) -> None:
    """Ask the other, at most once a day; not if they have seen it otherwise when I answered this question before."""
    if await transcript.was_owed(turn.session, dissent_key(pledge, turn.party.id, mine)):
        return
    history.record(turn, pledge, EventKind.ASKED, period=mine.period, status=mine.status)
    key = f"agree:{pledge.id}:{turn.party.id}:{mine.period.value}:{turn.today.isoformat()}"
    if not await transcript.was_owed(turn.session, key):
        turn.news(other, AgreementAsked.Payload(pledge.id), key=key)


def dissent_key(pledge: Pledge, person_id: int, said: Answer) -> str:
    """The key of what this party, who said this ending, hears when the other sees it otherwise."""
    return f"dissent:{pledge.id}:{person_id}:{said.period.value}"


async def _dissent(turn: Turn, pledge: Pledge, theirs: Answer, other: Person) -> None:
    """I see it otherwise. The other hears so, once for each of their answers, and both are asked again from now on."""
    if theirs.waits_since is not None:
        history.record(turn, pledge, EventKind.DISAGREED)
    await passing_over.due(turn, pledge)
    await passing_over.again(turn, pledge)
    key = dissent_key(pledge, other.id, theirs)
    if not await transcript.was_owed(turn.session, key):
        turn.news(other, SeenDifferently.Payload(pledge.id), key=key)
    await endings.refresh_agreement_of(turn.session, pledge, turn.party.id, turn.now, Priority.REPLY)


async def _last_said(turn: Turn, pledge: Pledge, other: Person) -> Answer | None:
    return (await history.answers(turn.session, pledge, other.id)).last_said()


async def show(turn: Turn, pledge_id: int) -> None:
    """One pledge of mine, and below it the question that the other's word put to me, if it still waits.

    Raises Refusal(STALE_BUTTON) if it is not mine.
    """
    pledge = await pledges.mine(turn, pledge_id)
    await pledges.present(turn, pledge)
    await ask_if_waiting(turn, pledge)


async def ask_if_waiting(turn: Turn, pledge: Pledge) -> None:
    """The question that the other's word put to my side, if it still waits: also to whoever has just taken it over."""
    other = await pledges.other_party(turn, pledge) if pledge.state is State.ACTIVE else None
    theirs = await _last_said(turn, pledge, other) if other is not None else None
    if theirs is not None and theirs.waits_since is not None:
        turn.tell(AgreementAsked.Payload(pledge.id))


async def take_back(turn: Turn, pledge: Pledge, period: Period) -> None:
    """What I said of an ending no longer holds: where the other was asked to agree with it, that is shown, unless they
    denied it when I answered an earlier question. `period`: of the question that I answer now.
    """
    other = await pledges.other_party(turn, pledge)
    if other is None:
        return
    asked = await transcript.owed_about(turn.session, other.id, AgreementAsked.Payload, pledge.id)
    if asked and not await _is_settled(turn, pledge, period):
        await endings.refresh_agreement_of(turn.session, pledge, other.id, turn.now)


async def _is_settled(turn: Turn, pledge: Pledge, period: Period) -> bool:
    """Whether the other has seen otherwise what I asked them last, about another question than this."""
    happened = await history.events(turn.session, pledge.id)
    asked = [each for each in happened if each.kind is EventKind.ASKED and each.party == turn.party.id]
    denied = [
        each.id for each in happened if each.kind is EventKind.DISAGREED and each.party != turn.party.id
    ]
    return bool(asked) and asked[-1].period is not period and any(each > asked[-1].id for each in denied)


async def agree(turn: Turn, pledge_id: int, status: Status) -> None:
    """I see it as the other party does, with this very ending.

    If they have changed their answer meanwhile, I am shown that. Raises Refusal(STALE_BUTTON) for a pledge that is
    not mine.
    """
    pledge = await pledges.mine(turn, pledge_id)
    other = await pledges.other_party(turn, pledge)
    period = await nudges.current_period(turn.session, pledge, turn.party, turn.now)
    if other is None or period is None:
        await pledges.present(turn, pledge)
        return
    theirs = await _last_said(turn, pledge, other)
    if theirs is None or theirs.status is not status or status not in CLOSING:
        await _say_what_became(turn, pledge)
        return
    history.record(turn, pledge, EventKind.SAID, period=period, status=status)
    await endings.end(turn, pledge, other)


async def _say_what_became(turn: Turn, pledge: Pledge) -> None:
    """Of the question that the other's word put to me; the pledge, if none ever did."""
    if await transcript.owed_about(turn.session, turn.party.id, AgreementAsked.Payload, pledge.id):
        turn.tell(AgreementAsked.Payload(pledge.id), edit=True)
    else:
        await pledges.present(turn, pledge)


async def disagree(turn: Turn, pledge_id: int) -> None:
    """I do not see it so: the other hears that, and the card is there to say how it is.

    If the other has taken their answer back, I am shown that there is nothing left to deny.
    """
    pledge = await pledges.mine(turn, pledge_id)
    other = await pledges.other_party(turn, pledge)
    theirs = await _last_said(turn, pledge, other) if other is not None else None
    if pledge.state is not State.ACTIVE or other is None:
        turn.tell(PledgeCard.Payload(pledge.id))
    elif theirs is None or theirs.status not in CLOSING:
        await _say_what_became(turn, pledge)
    else:
        await _dissent(turn, pledge, theirs, other)
        turn.tell(PledgeCard.Payload(pledge.id))
