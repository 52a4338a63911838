"""Everything that the team may do, tried by everybody who may not: nothing gets through, and refusals look alike.

What is tried follows from the registry: each button, command and draft says what it needs. Who may do it does not; that
is written down here.
"""

from contextlib import asynccontextmanager
from datetime import time

import pytest
from sqlalchemy import update

from actions.intake.awaited_words import NEEDED
from actions.organising.team import team
from db.models import (
    Broadcast,
    BroadcastState,
    CallEnd,
    Complaint,
    Draft,
    DraftKind,
    Export,
    Grant,
    Guest,
    GuestUpload,
    HelpCall,
    Person,
    Pledge,
    PledgeMoment,
    ProgrammeItem,
    ProgrammeUpload,
    Round,
    RoundState,
    Roundtable,
    RoundtableState,
)
from domain.audience import Audience, Facet
from domain.nudging import Period
from domain.outcomes.organising.desk import DeskTask
from domain.pledges import Blocker
from domain.team import Duty, TeamRole
from handlers.button_arguments import number
from handlers.buttons import ROUTES
from handlers.commands import ORGANISERS
from messages.buttons import Verb
from messages.callback_data import decode
from tests.cast import agreed, member, pledge_row
from tests.handlers.rig import OWNER, Rig, now
from tests.handlers.tapping import Tapper, spellings
from tests.handlers.two_worlds import CEM, HERS, MISSING, STRANGER, populate

VIEWER, RECEPTION, REMOVED, ELSEWHERE_ORGANISER = 830, 831, 832, 833
ENTERED = 17
HERE = 1
BOTH = frozenset({(Facet.WORKSHOP, "1"), (Facet.WORKSHOP, "2")})
"""The workshops of an announcement that was begun in the other one."""
NOBODYS = {"stranger": STRANGER, "participant": CEM, "removed": REMOVED}
DESK = {verb: route for verb, route in ROUTES.items() if route.needs is not None}

DOES = {VIEWER: {Duty.COUNT}, RECEPTION: {Duty.RECEIVE}}
OF_THE_ORGANISERS = {
    Verb.BROADCAST_GO, Verb.BROADCAST_AGAIN, Verb.ROUND_GO, Verb.COMPLAINT, Verb.COMPLAINT_SETTLE, Verb.RELEASED_IN,
    Verb.TEAM_ENTRY_DELETE, Verb.SEAT_OK, Verb.MANDATE_END, Verb.ACCOUNT_LINK, Verb.ACCOUNT_LINK_ROLE,
    Verb.MEMBERS, Verb.MEMBER, Verb.MEMBER_ADD, Verb.MEMBER_IN, Verb.ROLE_END, Verb.CALENDAR_GO, Verb.WORKSHOP_NEW,
    Verb.GUEST_FILE, Verb.GUEST_FILE_GO, Verb.GUEST_FILE_DROP, Verb.GUEST_CARDS, Verb.WALL_IN, Verb.WALL_OF,
    Verb.WALL_SHOW, Verb.WALL_HIDE, Verb.REPORT_OPEN, Verb.REPORT_CLOSE, Verb.REPORT_IN, Verb.REPORT_SHOW,
    Verb.REPORT_HIDE,
    Verb.ROUND_PAIR, Verb.ROUND_CHOOSE, Verb.ROUND_DO, Verb.ROUND_CUT, Verb.ROUND_TOPICS,
    Verb.TIMETABLE, Verb.TIMETABLE_GO, Verb.TIMETABLE_SENT, Verb.TIMETABLE_NEW, Verb.TIMETABLE_PICTURE,
    Verb.TIMETABLE_END, Verb.TIMETABLE_OFF,
    Verb.ROUNDTABLE_NEW, Verb.ROUNDTABLE_PERSON, Verb.ROUNDTABLE_GO, Verb.ROUNDTABLE_DROP,
    Verb.PAPERS, Verb.PAPER_FILE, Verb.PAPER_GO, Verb.PAPER_PICK, Verb.PAPER_DROP, Verb.GUEST_LINK,
    Verb.DOUBLES, Verb.DOUBLE, Verb.DOUBLE_TWO,
    Verb.EXPORTS, Verb.EXPORT, Verb.EXPORT_OF, Verb.EXPORT_CSV, Verb.EXPORT_XLSX,
    Verb.ITEMS, Verb.ITEMS_SEND, Verb.ITEMS_GO, Verb.ITEMS_DROP, Verb.ITEM, Verb.ITEM_EDIT, Verb.ITEM_REMOVE,
    Verb.ITEM_REMOVE_TELL,
    Verb.ITEMS_TELL, Verb.MOMENTS, Verb.MOMENT_LENGTH, Verb.MOMENT_OPEN, Verb.MOMENT, Verb.MOMENT_END,
}  # fmt: skip
"""What neither reception nor viewers do, whatever the registry says."""
TASKS = [task.value for task in DeskTask]
OF_TASKS = {VIEWER: ("counts", "report"), RECEPTION: ("card",)}
COMMANDS = {
    VIEWER: {"orga", "stand", "stats"},
    RECEPTION: {"orga", "teilnehmende", "people", "aufgaben", "care"},
}
WORDS = {
    VIEWER: {DraftKind.TEAM_NAME},
    RECEPTION: {
        DraftKind.GUEST_NAME,
        DraftKind.TEAM_NAME,
        DraftKind.WHY_NAME,
        DraftKind.TEAM_ANSWER,
        DraftKind.PARTICIPANT,
    },
    ELSEWHERE_ORGANISER: {
        DraftKind.TEAM_NAME,
        DraftKind.WHY_NAME,
        DraftKind.PARTICIPANT,
        DraftKind.REHEARSAL_DAY,
    },
}


INVITING = (*(f"member_in:0:{role}:{HERE}" for role in TeamRole), "member_in:0:owner:0")


@asynccontextmanager
async def tapping(url):
    rig = Rig(url)
    await rig.open()
    async with rig.database.writer.begin() as session:
        await populate(session)
        await hire(session)
    tapper = Tapper(rig)
    await tapper.remember()
    yield tapper
    await rig.close()


async def hire(session):
    """The team, and one more of each thing in the first workshop that the desk deals with."""
    at = now()
    session.add_all([
        member(VIEWER, at, id=41), member(RECEPTION, at, id=42), member(REMOVED, at, id=43),
        member(ELSEWHERE_ORGANISER, at, id=44, workshop_id=2),
        agreed(None, at, yes=(), id=ENTERED, name="Unterwegs", entered_by_id=11),
    ])  # fmt: skip
    await session.flush()
    session.add_all([
        Grant(id=1, person_id=41, role=TeamRole.VIEWER, workshop_id=HERE, granted_at=at),
        Grant(id=2, person_id=42, role=TeamRole.RECEPTION, workshop_id=HERE, granted_at=at),
        Grant(id=3, person_id=44, role=TeamRole.ORGANISER, workshop_id=2, granted_at=at),
        Grant(id=12, person_id=12, role=TeamRole.ORGANISER, workshop_id=HERE, granted_at=at),
        pledge_row(HERE, 11, ENTERED, at, id=18),
        Guest(id=11, workshop_id=HERE, name="Gast Elf", organisation="", place="", land="", made_at=at),
        GuestUpload(id=11, workshop_id=HERE, content={"rows": [], "faults": [], "left_out": []}, made_at=at),
        PledgeMoment(id=11, workshop_id=HERE, opened_at=at, closes_at=at),
        Roundtable(id=11, workshop_id=HERE, topic="ehrenamt", number=1, starts_at=at, state=RoundtableState.DRAFT,
                   made_at=at),
        Export(id=11, organiser_chat_id=OWNER, workshop_id=HERE, role=TeamRole.OWNER, purpose="Für den Bericht.",
               made_at=at),
        ProgrammeItem(id=11, workshop_id=HERE, begins=time(10, 15), title="Begrüßung", place=""),
        ProgrammeUpload(id=11, workshop_id=HERE, content={"items": [], "faults": [], "whole": True}, made_at=at),
        Round(id=11, workshop_id=HERE, state=RoundState.PREVIEW, planned=1, made_at=at),
        Broadcast(id=ENTERED, workshop_id=2, author_chat_id=OWNER, message_id=3, expected=1, state=BroadcastState.DRAFT,
                  audience=Audience(BOTH).stored(), created_at=at),
        Complaint(id=11, pledge_id=13, reporter_id=12, writer_id=11, words="x", made_at=at),
        HelpCall(id=11, pledge_id=13, person_id=11, period=Period.M1, topic="ehrenamt", blocker=Blocker.TIME,
                 made_at=at, end=CallEnd.NOBODY),
    ])  # fmt: skip
    await session.execute(update(Person).where(Person.id == 11).values(role_confirmed=None))
    await session.execute(update(Pledge).where(Pledge.id == 13).values(topic="ehrenamt"))


@pytest.fixture
async def tapper(sqlite_url):
    async with tapping(sqlite_url) as found:
        yield found


def of_here(verb, each=1):
    """So many buttons of this verb on each thing of the first workshop."""
    route, needs = DESK[verb], DESK[verb].needs
    ids = (HERE,) if needs.where is team.of_workshop else (11, 12, ENTERED)
    if route.parsers[:1] == (number,) and not is_placed(needs):
        ids = (0, 11)  # a page, or a draft
    return [data for of in ids for data in spellings(verb, [of], each, of)]


def is_placed(needs):
    """Whether it is about something that belongs to a workshop, or to several."""
    return needs.where is not None or needs.in_all is not None


def allowed(chat_id, data):
    """Whether they may press it: a button for everybody of the team, of their duty, or with a task of theirs."""
    pressed = decode(data)
    needs, tasks = DESK[pressed.verb].needs, set(pressed.args) & set(TASKS)
    if is_placed(needs) and chat_id == ELSEWHERE_ORGANISER:
        return False
    if tasks:
        return chat_id == ELSEWHERE_ORGANISER or tasks <= {*OF_TASKS.get(chat_id, ())}
    does = DOES.get(chat_id, {*Duty} if chat_id == ELSEWHERE_ORGANISER else set())
    return bool(does) and not needs.everywhere and (needs.duty is None or needs.duty in does)


async def leaks(tapper, chat_id):
    """The presses that were not refused as a button that never was, or changed anything."""
    never = await tapper.tap(chat_id, "keep:17")
    tried = [data for verb in DESK for data in (*of_here(verb), *spellings(verb, [MISSING], 1))]
    forbidden = [data for data in tried if not allowed(chat_id, data)]
    results = {data: await tapper.tap(chat_id, data) for data in forbidden}
    return [f"{data}: {result}" for data, result in results.items() if result != never]


@pytest.mark.parametrize("who", NOBODYS)
async def test_of_those_who_are_not_on_the_team_nobody_gets_through(tapper, who):
    assert not await leaks(tapper, NOBODYS[who])


async def test_a_viewer_gets_to_numbers_only(tapper):
    assert not await leaks(tapper, VIEWER)


async def test_reception_gets_to_those_whom_it_receives(tapper):
    assert not await leaks(tapper, RECEPTION)


async def test_another_regions_organiser_gets_to_nothing_of_this_workshop(tapper):
    """Lists are theirs, and name nobody of this workshop."""
    assert not await leaks(tapper, ELSEWHERE_ORGANISER)
    for verb, route in DESK.items():
        if is_placed(route.needs) or route.needs.everywhere:
            continue
        for data in (*of_here(verb), *INVITING):
            said, changed = await tapper.tap(ELSEWHERE_ORGANISER, data)
            looked = {row.split(", ")[2] for row in changed.get("audits", ())}
            assert not looked & {str(each) for each in (*HERS, ENTERED)}, data
            assert not changed.get("personal_codes"), f"{data}: {said}"
            assert not changed.get("grants"), data


async def test_an_owner_gets_through_to_each_of_these_things(tapper):
    """Else the others would have been refused for want of anything to do."""
    shut = set()
    for verb in OPEN:
        for data in of_here(verb, 3):
            said, _ = await tapper.tap(OWNER, data)
            if said[0][1] != "Refused":
                break
        else:
            shut.add(verb)
    assert not shut


OPEN = {
    Verb.CLAIM, Verb.CLAIM_YES, Verb.SEGMENTS, Verb.COMPLAINT_SETTLE, Verb.INQUIRY, Verb.INQUIRY_TAKE,
    Verb.INQUIRY_CLOSE, Verb.RELEASED_IN, Verb.TEAM_ENTRY, Verb.TEAM_ENTRY_DELETE, Verb.ROUND_SHOW,
    Verb.ROUND_GO, Verb.ROUND_DROP, Verb.WORKSHOP, Verb.IN_WORKSHOP, Verb.OFFICE, Verb.OFFICE_INVITE, Verb.SEAT_OK,
    Verb.SEAT_END, Verb.MANDATE, Verb.MANDATE_LINK, Verb.MANDATE_END, Verb.MEMBER, Verb.MEMBER_ADD, Verb.ROLE_END,
    Verb.ROUNDTABLE, Verb.ROUNDTABLE_DROP,
    Verb.ROUND_DO, Verb.ROUND_CUT, Verb.ROUND_TOPICS, Verb.TIMETABLE, Verb.TIMETABLE_GO, Verb.TIMETABLE_NEW,
    Verb.ITEM, Verb.ITEM_EDIT, Verb.ITEMS_DROP, Verb.WALL_IN, Verb.MOMENT, Verb.MOMENT_END,
    Verb.EXPORT, Verb.EXPORT_OF, Verb.EXPORT_CSV, Verb.EXPORT_XLSX,
    Verb.REPORT_OF, Verb.REPORT_OPEN, Verb.REPORT_CLOSE, Verb.REPORT_IN,
}  # fmt: skip
"""What takes nothing but the thing itself."""


def test_what_only_organisers_do_is_so_in_the_registry():
    assert {verb for verb in OF_THE_ORGANISERS if DESK[verb].needs.duty is not Duty.RUN} == set()


@pytest.mark.parametrize(
    "chat_id", [STRANGER, CEM, REMOVED, VIEWER, RECEPTION], ids=lambda chat: f"chat {chat}"
)
async def test_a_command_that_is_not_ones_own_does_not_exist(tapper, chat_id):
    never = await tapper.say(chat_id, "/gibtesnicht")
    for name in ORGANISERS.keys() - COMMANDS.get(chat_id, set()):
        assert await tapper.say(chat_id, f"/{name}") == never, name


@pytest.mark.parametrize(
    ("chat_id", "person_id"), [(REMOVED, 43), (VIEWER, 41), (RECEPTION, 42), (ELSEWHERE_ORGANISER, 44)]
)
async def test_words_for_the_team_of_somebody_who_may_not_write_them_go_nowhere(tapper, chat_id, person_id):
    for kind in NEEDED.keys() - WORDS.get(chat_id, set()):
        at = {DraftKind.BROADCAST_CONTENT: HERE, DraftKind.BROADCAST_COUNT: 12}.get(kind, 11)
        draft = Draft(person_id=person_id, kind=kind, object_id=at, awaiting=True, created_at=now())
        said, changed = await tapper.say(chat_id, "Der Raum ist jetzt 2.14", draft)
        assert [(to, what) for to, what, *_ in said] == [(chat_id, "Refused")], f"{kind}: {said}"
        assert "off_team" in said[0][2], kind
        assert changed.keys() <= {"drafts"}, f"{kind}: {changed}"
