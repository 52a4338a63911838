"""Every button there is, pressed by everybody on everything: nothing breaks, nobody reaches what is not theirs."""

import random
from collections import Counter
from contextlib import asynccontextmanager

import pytest

from handlers.button_arguments import number
from handlers.buttons import ROUTES
from messages.buttons import Verb
from tests.handlers.rig import OWNER, Rig
from tests.handlers.tapping import Tapper, spellings
from tests.handlers.two_worlds import (
    ANA,
    ANOTHER_OFFICE,
    BEN,
    CEM,
    DORA,
    ELSEWHERE,
    HER_FORMER_OFFICE,
    HER_OFFICE,
    HERS,
    MISSING,
    NEW,
    SECOND_OWNER,
    STRANGER,
    populate,
)

FOREIGN = {ANA: ELSEWHERE, BEN: ELSEWHERE, CEM: HERS, NEW: ELSEWHERE, STRANGER: (*HERS, *ELSEWHERE)}
OWN = {ANA: HERS, BEN: HERS, CEM: ELSEWHERE, OWNER: (*HERS, 1)}
GARBAGE = ("", "-1", "x", "0", "1e9", "9" * 32, "999999999", "9999999999", "None", "du-du", "__", "A_b-9")


@pytest.fixture
async def tapper(database_url):
    async with tapping(database_url) as found:
        yield found


@asynccontextmanager
async def tapping(url):
    rig = Rig(url)
    await rig.open()
    async with rig.database.writer.begin() as session:
        await populate(session)
    tapper = Tapper(rig)
    await tapper.remember()
    yield tapper
    await rig.close()


def garbage(verb):
    chance = random.Random(verb.value)
    count = len(ROUTES[verb].parsers)
    for size in (count, count + chance.choice((-1, 1))):
        words = [chance.choice(GARBAGE) for _ in range(size)]
        yield ":".join((verb.value, *words))


async def test_every_button_does_something_or_explains_itself(tapper):
    """Own object or not, sense or not: what comes out is an answer, and never to somebody who has no part in it."""
    broken = []
    for verb, (actor, chat_id) in ((v, who) for v in ROUTES for who in tapper.pressing(v)):
        most = 6 if chat_id in (ANA, BEN, NEW) else 1
        nonsense = garbage(verb) if chat_id in (STRANGER, ANA) else ()
        for data in (*spellings(verb, OWN.get(chat_id, HERS), most), *nonsense):
            try:
                said, _ = await tapper.tap(chat_id, data)
            except Exception as error:  # noqa: BLE001 - all of them are wanted in one list
                broken.append(f"{actor}: {data}: {type(error).__name__}: {str(error)[:100]}")
                continue
            if not said and verb not in SILENT:
                broken.append(f"{actor}: {data}: silence")
            if chat_id not in (OWNER, CEM) and {chat for chat, *_ in said} & {CEM, DORA, OWNER, SECOND_OWNER}:
                broken.append(f"{actor}: {data}: told {said}")
    assert not broken, "\n".join(broken)


# A second tap on an old card changes nothing, and there is nothing to say about it.
SILENT = {Verb.NEXT, Verb.NOT_MY_TOPIC}
BECOMING = {"persons", "consents"}
# An organiser's work is about other people.
ORGANISING = {
    Verb.IN_WORKSHOP,
    Verb.CLAIM,
    Verb.CLAIMS_PAGE,
    Verb.PEOPLE_PAGE,
    Verb.CARE_MINE,
    Verb.PEOPLE_CARD,
    Verb.PRESENCE,
    Verb.PRESENCE_TYPE,
    Verb.CLAIMS_REFUSED,
    Verb.CLAIM_YES,
    Verb.CLAIM_NO,
    Verb.BROADCAST_GO,
    Verb.WORKSHOP,
    Verb.REPORT_OF,
    Verb.REPORT_FILE,
    Verb.REPORT_OPEN,
    Verb.REPORT_CLOSE,
    Verb.REPORT_IN,
    Verb.WALL_OF,
    Verb.WORKSHOP_FIELD,
    Verb.WORKSHOP_SET,
    Verb.WORKSHOP_COPY,
    Verb.WORKSHOP_PRINTS,
    Verb.WORKSHOP_PRINT_FOR,
    Verb.WORKSHOP_PRINT,
    Verb.TIMETABLE,
    Verb.TIMETABLE_GO,
    Verb.TIMETABLE_SENT,
    Verb.TIMETABLE_NEW,
    Verb.TIMETABLE_PICTURE,
    Verb.TIMETABLE_END,
    Verb.TIMETABLE_OFF,
    Verb.INQUIRIES_PAGE,
    Verb.INQUIRY,
    Verb.INQUIRY_TAKE,
    Verb.INQUIRY_BACK,
    Verb.INQUIRY_ANSWER,
    Verb.INQUIRY_CLOSE,
    Verb.OFFICE,
    Verb.OFFICE_INVITE,
    Verb.PRESENCE_IS,
    Verb.DOUBLES,
    Verb.SEAT_OK,
    Verb.SEAT_END,
    Verb.MANDATE,
    Verb.MANDATE_END,
    Verb.MANDATE_LINK,
    Verb.TEAM_ENTRY,
    Verb.TEAM_ENTRY_DELETE,
}


async def test_foreign_and_missing_look_alike_and_change_nothing(tapper):
    leaks = []
    for verb, (actor, chat_id) in ((v, who) for v in ROUTES for who in tapper.pressing(v)):
        if ROUTES[verb].parsers[:1] != (number,) or (chat_id == OWNER and verb in ORGANISING):
            continue
        foreign = FOREIGN.get(chat_id, ELSEWHERE)
        for seed, of in enumerate(random.Random(verb.value).sample(foreign, 2)):
            pairs = zip(spellings(verb, [of], 1, seed), spellings(verb, [MISSING], 1, seed), strict=True)
            for theirs, nobodys in pairs:
                there, missing = await tapper.tap(chat_id, theirs), await tapper.tap(chat_id, nobodys)
                if said_of(there, of) != said_of(missing, MISSING):
                    leaks.append(f"{actor}: {theirs} says {there[0]}, {nobodys} says {missing[0]}")
                # who agrees becomes somebody, and so does an organiser who sits down at the desk
                becoming = verb is Verb.CORE_YES or chat_id == OWNER
                if (set(there[1]) | set(missing[1])) - (BECOMING if becoming else set()):
                    leaks.append(f"{actor}: {theirs} changes {there[1]} {missing[1]}")
    assert not leaks, "\n".join(leaks)


async def test_only_the_office_of_an_mp_reaches_what_is_the_mps(tapper):
    """For another office, and one that was, it looks as if there were nothing; and nothing changes."""
    leaks, reached = [], set()
    for verb in (v for v in ROUTES if ROUTES[v].parsers[:1] == (number,)):
        chance = random.Random(verb.value)
        for actor in tapper.pressing(verb, (ANOTHER_OFFICE, HER_FORMER_OFFICE)):
            of = chance.choice([each for each in HERS if each not in HER_OWN[actor]])
            for theirs, nobodys in zip(spellings(verb, [of], 1), spellings(verb, [MISSING], 1), strict=True):
                there, missing = await tapper.tap(actor, theirs), await tapper.tap(actor, nobodys)
                if said_of(there, of) != said_of(missing, MISSING) or there[1] or missing[1]:
                    leaks.append(f"{actor}: {theirs}: {there}, {nobodys}: {missing}")
        for data in spellings(verb, HERS, 6 if tapper.is_thorough or verb in SURELY_HERS else 1):
            said, _ = await tapper.tap(HER_OFFICE, data)
            if said and said[0][1] != "Refused":
                reached.add(verb)
            assert not {chat for chat, *_ in said} & {CEM, DORA, HER_FORMER_OFFICE, ANOTHER_OFFICE}, data
    assert not leaks, "\n".join(leaks)
    assert reached.issuperset(SURELY_HERS)


SURELY_HERS = {Verb.PLEDGE, Verb.ACCEPT, Verb.INTRO_YES, Verb.OFFICE}
HER_OWN = {ANOTHER_OFFICE: (), HER_FORMER_OFFICE: (12, 16)}
"""Ids of what is the actor's own: their seat, and themselves."""


def said_of(result, object_id):
    return [str(line).replace(str(object_id), "*") for line in result[0]]


async def test_a_tap_of_a_party_leaves_everybody_else_as_they_were(tapper):
    others = {CEM, DORA}
    for verb in ROUTES:
        for data in spellings(verb, HERS, 2):
            said, changed = await tapper.tap(ANA, data)
            assert not {chat for chat, *_ in said} & others, data
            for table in ("persons", "interests", "drafts", "memberships", "consents"):
                assert not [row for row in changed.get(table, ()) if owner_of(table, row) in (21, 22)], data


def owner_of(table, row):
    cells = row.strip("()").split(", ")
    return int(cells[0 if table in ("persons", "memberships") else 1])


async def test_whoever_presses_nonsense_is_shown_where_they_are(tapper):
    said, changed = await tapper.tap(NEW, "keep:17")
    assert [kind for _, kind, *_ in said] == ["Refused", "Asked"]
    assert not changed
    assert Counter(kind for _, kind, *_ in (await tapper.tap(STRANGER, "keep:17"))[0])["Welcome"] == 1
