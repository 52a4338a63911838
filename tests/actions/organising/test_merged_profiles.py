"""What the person has in one profile, once both are one: theirs, and what was missing."""

import pytest

from actions.organising.accounts.merging import merge
from db.models import (
    Draft,
    DraftKind,
    Inquiry,
    InquiryWords,
    Interest,
    Membership,
    Outgoing,
    Person,
)
from domain.outcomes.choices import Direction
from tests.actions.organising.two_in_one import GONE, KEPT, LATER, all_of, merged, people, said
from tests.world import STARTS_AT


async def test_the_profile_keeps_what_it_has_and_gains_what_is_missing(sqlite):
    mine = {"seeks": ("kita",), "offers": ("kita",), "contact_phone": "+49 30 1", "organisation": "Verein"}
    async with sqlite.writer.begin() as session:
        await people(session, **mine)
        gone, kept = [await session.get_one(Person, each) for each in (GONE, KEPT)]
        kept.organisation, kept.contact_phone = None, "+49 30 9"
        await merge(session, gone, kept, LATER)
        assert (kept.name, kept.organisation, kept.contact_phone) == ("Ben Albrecht", "Verein", "+49 30 1")
    wants = await all_of(sqlite, Interest.direction, Interest.topic)
    assert wants == [(Direction.OFFERS, "kita"), (Direction.SEEKS, "ehrenamt")]


async def test_a_workshop_of_both_is_joined_once_and_drafts_of_the_old_account_end(database):
    def drafts(_workshop):
        return Draft(person_id=KEPT, kind=DraftKind.CODE, awaiting=True, created_at=STARTS_AT)

    def of_the_new(_workshop):
        return Draft(person_id=GONE, kind=DraftKind.PARTNER_NAME, awaiting=True, created_at=STARTS_AT)

    def joins(workshop):
        return Membership(person_id=GONE, workshop_id=workshop, joined_at=LATER)

    await merged(database, drafts, of_the_new, joins)
    assert [
        each for each in await all_of(database, Membership.person_id, Membership.joined_at) if each[0] == KEPT
    ] == [(KEPT, LATER)]
    assert await all_of(database, Draft.person_id, Draft.kind) == [(KEPT, DraftKind.PARTNER_NAME)]


async def test_two_open_questions_to_the_team_become_one(database):
    def asked(number, person):
        return lambda workshop: Inquiry(id=number, person_id=person, workshop_id=workshop)

    def words(inquiry, writer):
        more = {"inquiry_id": inquiry, "writer_id": writer, "by_team": False, "at": STARTS_AT}
        return lambda _workshop: InquiryWords(words="Wo?", **more)

    await merged(
        database, asked(1, KEPT), asked(2, GONE), words(1, KEPT), words(2, GONE), said("InquiryShown", 2)
    )
    assert await all_of(database, Inquiry.id, Inquiry.person_id) == [(1, KEPT)]
    assert await all_of(database, InquiryWords.inquiry_id, InquiryWords.writer_id) == [(1, KEPT), (1, KEPT)]
    assert await all_of(database, Outgoing.object_id) == [(1,)]


@pytest.mark.parametrize(
    ("before", "after"),
    [(("Dresden", None), ("Dresden", None)), ((None, None), ("Passau", "BY"))],
)
async def test_a_land_is_that_of_the_place(sqlite, before, after):
    async with sqlite.writer.begin() as session:
        await people(session, place="Passau", land="BY")
        gone, kept = [await session.get_one(Person, each) for each in (GONE, KEPT)]
        kept.place, kept.land = before
        await merge(session, gone, kept, LATER)
        assert (kept.place, kept.land) == after
