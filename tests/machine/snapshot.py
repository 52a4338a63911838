"""What the database holds about pledges at one moment, as the invariants read it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from db.models import Consent, Draft, Nudge, Outgoing, Person, Pledge, PledgeEvent, Workshop
from domain.outcomes.choices import Purpose


@dataclass
class Snapshot:
    """Rows by id; `events` and `nudges` by pledge, each in its order; `drafts`: since when whose words are awaited."""

    at: datetime
    people: dict
    pledges: dict
    events: dict
    nudges: dict
    outbox: dict
    drafts: dict
    workshop: object
    agreeing: set

    def parties(self, pledge):
        return [each for each in (pledge.author_id, pledge.partner_id) if each is not None]

    def owed(self, kind, pledge, person):
        """The rows of this kind about this pledge to this person."""
        return [
            row
            for row in self.outbox.values()
            if row.kind == kind and row.object_id == pledge and row.person_id == person
        ]


async def taken(engine):
    """No words are read."""
    people = await engine.all(
        select(
            Person.id, Person.chat_id, Person.land, Person.role, Person.paused, Person.paused_until,
            Person.unreachable_since,
            Person.asking_hour,
        )
    )  # fmt: skip
    pledges = await engine.all(
        select(
            Pledge.id, Pledge.author_id, Pledge.partner_id, Pledge.state, Pledge.acts, Pledge.deadline,
            Pledge.made_on, Pledge.ended_at, Pledge.revision, Pledge.worded_by_author,
        )
    )  # fmt: skip
    of = PledgeEvent
    events = await engine.all(
        select(of.pledge_id, of.id, of.kind, of.party_id, of.actor_id, of.period, of.status, of.at).order_by(
            of.id
        )
    )
    nudges = await engine.all(
        select(
            Nudge.id,
            Nudge.pledge_id,
            Nudge.person_id,
            Nudge.period,
            Nudge.due_at,
            Nudge.asked_at,
            Nudge.passed_over,
        ).order_by(Nudge.id)
    )
    out = Outgoing
    outbox = await engine.all(
        select(
            out.id, out.person_id, out.kind, out.object_id, out.state, out.error, out.created_at, out.edits_row,
            out.edits_message,
        ).order_by(out.id)
    )  # fmt: skip
    drafts = await engine.all(
        select(Draft.person_id, Draft.created_at).where(Draft.awaiting.is_(True)),
    )
    (workshop,) = await engine.rows(select(Workshop))
    return Snapshot(
        engine.moment,
        {row.id: row for row in people},
        {row.id: row for row in pledges},
        _by_pledge(events),
        _by_pledge(nudges),
        {row.id: row for row in outbox},
        {row.person_id: row.created_at for row in drafts},
        workshop,
        await _agreeing(engine),
    )


def _by_pledge(rows):
    found = defaultdict(list)
    for row in rows:
        found[row.pledge_id].append(row)
    return found


async def _agreeing(engine):
    """Whoever's last answers to both core purposes are a yes that was not taken back."""
    given = {}
    for who, purpose, yes, withdrawn in await engine.all(
        select(Consent.person_id, Consent.purpose, Consent.given, Consent.withdrawn_at).order_by(Consent.id)
    ):
        given[who, purpose] = yes and withdrawn is None
    core = (Purpose.CORE, Purpose.CARRIER)
    return {who for who, _ in given if all(given.get((who, purpose)) for purpose in core)}
