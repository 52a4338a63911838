"""Drafts: what a person's next words belong to. At most one of each person awaits words; a newer one sets it aside."""

from dataclasses import dataclass, field

from sqlalchemy import update

from actions.exchange import codec
from actions.exchange.turn import Turn
from db import queries
from db.models import Draft, DraftKind
from domain.nudging import Period
from domain.outcomes.choices import ContactKind, Question
from domain.outcomes.payload import stored_as


@dataclass(frozen=True)
class Details:
    """What a draft needs to know beside its kind and object."""

    question: Question | None = None
    period: Period | None = None
    contact: ContactKind | None = field(default=None, metadata=stored_as("by"))
    change: bool = False


async def await_words(
    turn: Turn, kind: DraftKind, object_id: int | None = None, details: Details | None = None
) -> Draft:
    """The next words are for this. The draft before it is set aside: it is taken up again from its own button."""
    await end(turn)
    _, args = codec.encode(details or Details())
    draft = Draft(
        person_id=turn.me.id,
        kind=kind,
        object_id=object_id,
        args=args or None,
        awaiting=True,
        created_at=turn.now,
    )
    turn.session.add(draft)
    await turn.session.flush()
    return draft


def details_of(draft: Draft) -> Details:
    """What was noted when its words were asked for."""
    return codec.decode(Details, None, draft.args)


async def end(turn: Turn) -> bool:
    """No words are awaited any more; False if none were."""
    ended = await turn.session.scalars(
        update(Draft)
        .where(Draft.person_id == turn.me.id, Draft.awaiting.is_(True))
        .values(awaiting=False)
        .returning(Draft.id)
    )
    return bool(ended.all())


async def end_of(turn: Turn, object_id: int, *kinds: DraftKind) -> None:
    """No words of these kinds are awaited for this object any more."""
    await turn.session.execute(
        update(Draft)
        .where(
            Draft.person_id == turn.me.id,
            Draft.object_id == object_id,
            Draft.kind.in_(kinds),
            Draft.awaiting.is_(True),
        )
        .values(awaiting=False)
    )


async def awaiting(turn: Turn) -> Draft | None:
    """The draft that awaits words, if there is one."""
    return await queries.awaiting_draft(turn.session, turn.me)
