"""Handing over: one person's pledges, with all their history, become another person's.

Somebody without Telegram takes over what was entered of them. The rest of a person goes with the person.
"""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db import queries
from db.models import Base, Pledge

HANDED_OVER = (
    "complaints.reporter_id",
    "complaints.writer_id",
    "help_calls.person_id",
    "nudges.person_id",
    "persons.entered_by_id",
    "pledge_events.actor_id",
    "pledge_events.party_id",
    "pledges.author_id",
    "pledges.partner_id",
    "relays.recipient_id",
    "relays.sender_id",
)
"""The columns that name the other person from then on."""

LEFT = {
    "audits.person_id": "whom an organiser looked at",
    "concern_marks.holder_id": "an organiser's work as the one person",
    "consents.person_id": "everybody consents for themselves",
    "drafts.person_id": "words that were awaited in another chat",
    "grants.granted_by_id": "the one person invited them into the team",
    "grants.person_id": "a role on the team is granted to one person",
    "guests.person_id": "the guest list names the one person",
    "help_requests.person_id": "asked for what the one person offers",
    "inquiries.person_id": "a conversation with the team in another chat",
    "inquiries.taken_by_id": "a question to the team that the one person took on",
    "inquiry_words.writer_id": "of a conversation with the team",
    "interests.person_id": "of the profile",
    "introductions.asked_id": "they met the one person",
    "introductions.asker_id": "they met the one person",
    "memberships.person_id": "everybody joins for themselves",
    "office_seats.mp_id": "the office knows the one person",
    "office_seats.staff_id": "they work for the MP as the one person",
    "office_seats.succeeds_id": "the office knows the one person",
    "outbox.party_id": "what was said in another chat",
    "outbox.person_id": "what was said in another chat",
    "personal_codes.person_id": "it has been used",
    "personal_codes.succeeds_id": "the office knows the one person",
    "relay_stops.other_id": "whoever stopped it knows the one person",
    "relay_stops.person_id": "whom the one person wanted to hear no more of",
    "round_lines.other_id": "of a plan that is dropped",
    "round_lines.person_id": "of a plan that is dropped",
    "round_lines.third_id": "of a plan that is dropped",
    "roundtable_seats.person_id": "they sat there as the one person",
    "roundtables.made_by_id": "an organiser's work as the one person",
    "suggestions.other_id": "of matching",
    "suggestions.person_id": "of matching",
    "suggestions.third_id": "of matching",
    "told_apart.one_id": "the one person has an account",
    "told_apart.other_id": "the one person has an account",
}
"""The columns that do not, and why. tests/actions/pledging/test_handing_over.py asks about every new one."""


async def share_a_pledge(session: AsyncSession, one_id: int, other_id: int) -> bool:
    """Whether there is a pledge between these two: then neither can become the other."""
    between = select(Pledge.id).where(queries.in_pledge(one_id), queries.in_pledge(other_id))
    return await session.scalar(between.limit(1)) is not None


async def hand_over(session: AsyncSession, giver_id: int, taker_id: int) -> None:
    """The pledges of the one, and what happened to them, are the other's from now on.

    Whoever calls it has locked the pledges. Objects that the session has loaded do not change. Raises ValueError if
    there is a pledge between the two.
    """
    if await share_a_pledge(session, giver_id, taker_id):
        raise ValueError("nobody can be both parties of a pledge")
    await session.flush()
    for name in HANDED_OVER:
        table, column = name.split(".")
        whose = Base.metadata.tables[table].c[column]
        await session.execute(update(whose.table).where(whose == giver_id).values({whose: taker_id}))
