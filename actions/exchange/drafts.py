"""What the next words belong to. At most one draft per person awaits words; a newer one parks it."""

from sqlalchemy import update

from actions.exchange import codec
from actions.exchange.turn import Turn
from db import queries
from db.models import Draft, DraftKind


async def await_words(turn: Turn, kind: DraftKind, object_id: int | None = None, **args: object) -> Draft:
    """The next words are for this. The previous draft is parked: it is taken up again from its own button."""
    await end(turn)
    draft = Draft(
        person_id=turn.me.id,
        kind=kind,
        object_id=object_id,
        args={name: codec.value(value) for name, value in args.items()} or None,
        awaiting=True,
        created_at=turn.now,
    )
    turn.session.add(draft)
    await turn.session.flush()
    return draft


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
    return await queries.awaiting_draft(turn.session, turn.me)
