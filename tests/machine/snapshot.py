"""What the database holds about pledges at one moment, as the invariants read it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from db.models import (
    Broadcast,
    Consent,
    Draft,
    Introduction,
    Membership,
    Nudge,
    OfficeSeat,
    Outgoing,
    Person,
    Pledge,
    PledgeEvent,
    PledgeMoment,
    Roundtable,
    RoundtableSeat,
    Workshop,
)
from domain.history import EventKind
from domain.outcomes.choices import Purpose
from domain.pledges import State
from domain.readers import Readership
from domain.roles import Role


@dataclass
class Snapshot:
    """Rows by id; `events` and `nudges` by pledge, each in its order; `drafts`: since when whose words are awaited;
    `members`: who is in the workshop, and whether they want to be reminded of its programme; `seats`: in offices,
    confirmed, over or not; `talks`: who has a place in its timetable; `tables`: the seats at round tables.
    """

    at: datetime
    people: dict
    pledges: dict
    events: dict
    nudges: dict
    outbox: dict
    drafts: dict
    workshop: object
    agreeing: set
    members: dict
    seats: list
    broadcasts: dict
    talks: list
    moments: dict
    tables: dict

    def parties(self, pledge):
        return [each for each in (pledge.author_id, pledge.partner_id) if each is not None]

    def seated(self):
        """Who acts for whom now: the MP, whoever is in their office."""
        return [(seat.mp_id, seat.staff_id) for seat in self.seats if seat.ended_at is None]

    def is_written_to(self, person):
        """Not whoever has no Telegram."""
        return person in self.people and self.people[person].chat_id is not None

    def released_by(self, readers):
        """Whether two people let the team read a pledge of theirs, of whichever."""
        return any(
            {*self.parties(pledge)} == readers and self._lets_read(pledge) for pledge in self.pledges.values()
        )

    def _lets_read(self, pledge):
        let = {}
        for each in self.events[pledge.id]:
            if each.kind is EventKind.READERS_SET:
                let[each.party_id] = each.readers
            elif each.kind is EventKind.READERS_LAPSED:
                let = {}
        alive = pledge.state in (State.ACTIVE, State.ENDED)
        return alive and len(let) == 2 and all(each is not Readership.THE_TWO for each in let.values())

    def owed(self, kind, pledge, party):
        """The rows of this kind about this pledge that are worded for this party, whoever reads them."""
        return [
            row
            for row in self.outbox.values()
            if row.kind == kind and row.object_id == pledge and row.party_id == party
        ]


async def taken(engine):
    """No words are read."""
    people = await engine.all(
        select(
            Person.id, Person.chat_id, Person.land, Person.role, Person.paused, Person.paused_until,
            Person.unreachable_since, Person.asking_hour, Person.present_until, Person.present_on,
            ((Person.role == Role.MP) & Person.role_confirmed.is_(True)).label("is_confirmed_mp"),
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
        select(
            of.pledge_id, of.id, of.kind, of.party_id, of.actor_id, of.period, of.status, of.at, of.readers,
        ).order_by(of.id)
    )  # fmt: skip
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
            out.id, out.person_id, out.party_id, out.kind, out.object_id, out.state, out.error, out.created_at,
            out.edits_row,
            out.edits_message,
        ).order_by(out.id)
    )  # fmt: skip
    drafts = await engine.all(
        select(Draft.person_id, Draft.created_at).where(Draft.awaiting.is_(True)),
    )
    (workshop,) = await engine.rows(select(Workshop))
    member = Membership
    members = await engine.all(select(member.person_id, member.reminded))
    seat = OfficeSeat
    seats = await engine.all(
        select(seat.mp_id, seat.staff_id, seat.confirmed_at, seat.ended_at).where(
            seat.confirmed_at.is_not(None)
        )
    )
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
        dict(map(tuple, members)),
        seats,
        **await _of_the_day(engine),
    )


async def _of_the_day(engine):
    sent, intro, moment = Broadcast, Introduction, PledgeMoment
    broadcasts = await engine.all(select(sent.id, sent.state, sent.ended, sent.goes_at, sent.author_chat_id))
    talks = await engine.all(
        select(intro.id, intro.asker_id, intro.asked_id, intro.slot_at, intro.slot_table).where(
            intro.slot_at.is_not(None)
        )
    )
    moments = await engine.all(select(moment.id, moment.opened_at, moment.closes_at))
    at = RoundtableSeat
    tables = await engine.all(
        select(at.id, at.person_id, at.state.label("said"), Roundtable.state, Roundtable.starts_at).join(
            Roundtable
        )
    )
    return {
        "broadcasts": {row.id: row for row in broadcasts},
        "talks": talks,
        "moments": {row.id: row for row in moments},
        "tables": {row.id: row for row in tables},
    }


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
