"""Somebody about whom everything is stored that can be, each word of hers with a canary in it."""

from datetime import timedelta

from sqlalchemy import inspect, select
from sqlalchemy.orm import selectinload

from db.models import (
    Audit,
    Base,
    Broadcast,
    BroadcastState,
    CallEnd,
    Complaint,
    ConcernMark,
    Draft,
    Export,
    Grant,
    Guest,
    GuestUpload,
    Handshake,
    HelpCall,
    HelpRequest,
    Inquiry,
    InquiryWords,
    Interest,
    Introduction,
    IntroState,
    Invited,
    Nudge,
    OfficeSeat,
    PaperPledge,
    Person,
    PersonalCode,
    Relay,
    RelayStop,
    Round,
    RoundLine,
    RoundState,
    Roundtable,
    RoundtableSeat,
    RoundtableState,
    Suggestion,
    ToldApart,
    Workshop,
)
from db.types import Encrypted, EncryptedJson
from domain.care import ConcernKind
from domain.history import EventKind
from domain.nudging import Period
from domain.outcomes.choices import ContactKind, Direction, Stance
from domain.outcomes.matching import Why
from domain.pledges import Acts, Blocker, HelpsBecause, State, Status
from domain.team import TeamRole
from domain.written import Written
from tests.cast import agreed, event_row, gather, pledge_row
from tests.world import OWNER

ANA, BEN = 7_340_987_711, 7_340_987_722  # numbers that appear nowhere by accident
CANARY = "Kanarienvogel"
UNFILLED = {
    ("workshops", "title"): "not a person's",
    ("workshops", "place"): "not a person's",
    ("workshops", "table_names"): "not a person's",
    ("workshops", "sender"): "not a person's",
    ("programme_items", "title"): "not a person's",
    ("exports", "purpose"): "what a file was for: those in it may read that, whoever made it",
    ("programme_items", "place"): "not a person's",
    ("programme_uploads", "content"): "not a person's",
    ("key_checks", "words"): "ours",
    ("inbox", "payload"): "gone once it was processed",
    ("persons", "name"): "the name itself",
}


async def pair(world, **ana):
    """Ana and Ben, who know each other, with everything that can be stored about Ana."""
    people = await gather(
        world,
        ana={"name": "Ana Keller", "phone": {"id": ANA}, **ana},
        ben={"name": "Ben Albrecht", "phone": {"id": BEN}, "place": "Erfurt"},
    )
    return people["ana"], people["ben"]


async def story(world, ana, ben):
    """Rows of Ana's in all tables; whatever holds words of hers holds the canary."""
    now = world.clock.now()
    async with world.database.writer.begin() as session:
        people = select(Person).options(selectinload(Person.interests))
        a, b = [(await session.scalars(people.where(Person.chat_id == p.id))).one() for p in (ana, ben)]
        (workshop_id,) = await session.scalars(select(Workshop.id))
        _fill_profile(a)
        await _meet(session, a, b, workshop_id, now)
        await _pledge(session, a, b, workshop_id, now)
        await _ask_the_team(session, a, workshop_id, now)
        await _enter(session, a, workshop_id, now)
        await _on_paper(session, a, workshop_id, now)
        session.add_all([
            Draft(person_id=a.id, kind="unasked", words=f"{CANARY} draft", awaiting=False, created_at=now),
            GuestUpload(workshop_id=workshop_id, content={"rows": [f"{CANARY} list"]}, made_at=now),
            RelayStop(person_id=a.id, other_id=b.id, at=now),
            ToldApart(one_id=a.id, other_id=b.id, at=now),
            OfficeSeat(mp_id=a.id, staff_id=b.id, asked_at=now),
            Grant(person_id=a.id, role=TeamRole.VIEWER, workshop_id=workshop_id, granted_at=now),
            ConcernMark(kind=ConcernKind.CLAIM, object_id=b.id, holder_id=a.id, at=now),
            Audit(organiser_chat_id=OWNER, person_id=a.id, action="saw role claim", at=now),
            Export(organiser_chat_id=ana.id, workshop_id=workshop_id, role=TeamRole.ORGANISER, made_at=now,
                   purpose="Namensschilder für den Empfang"),
            Broadcast(workshop_id=workshop_id, author_chat_id=ana.id, message_id=1, state=BroadcastState.DRAFT,
                      created_at=now, words=Written(f"{CANARY} broadcast").stored()),
        ])  # fmt: skip


async def _on_paper(session, a, workshop_id, now):
    """On the guest list, and on a card of paper with somebody who is not here."""
    empty = {"workshop_id": workshop_id, "land": "", "made_at": now}
    mine = Guest(
        name=f"{CANARY} guest", organisation=f"{CANARY} body", place=f"{CANARY} town", person_id=a.id, **empty
    )
    other = Guest(name="Olga Braun", organisation="", place="", **empty)
    session.add_all([mine, other])
    await session.flush()
    session.add(
        PaperPledge(first_id=mine.id, second_id=other.id, acts=Acts.BOTH, text=f"{CANARY} card", made_at=now)
    )


def _fill_profile(person):
    for column in inspect(Person).columns:
        if isinstance(column.type, Encrypted) and column.key != "name":
            setattr(person, column.key, f"{CANARY} {column.key}")
    person.interests = [
        Interest(direction=Direction.SEEKS, topic="ehrenamt", stance=Stance.AGAINST),
        Interest(direction=Direction.OFFERS, words=f"{CANARY} interest", candidates=["kita", "ehrenamt"]),
    ]


async def _meet(session, a, b, workshop_id, now):
    """Shown to each other, introduced, and planned into a round."""
    shown = [
        Suggestion(person_id=one.id, other_id=other.id, workshop_id=workshop_id, why=Why.SAME,
                   topic="ehrenamt", words=f"{CANARY} suggestion", shown_at=now)
        for one, other in ((a, b), (b, a))
    ]  # fmt: skip
    planned = Round(workshop_id=workshop_id, state=RoundState.PREVIEW, planned=1, made_at=now)
    session.add_all([*shown, planned])
    await session.flush()
    session.add(RoundLine(round_id=planned.id, person_id=a.id, other_id=b.id, why=Why.SAME, topic="ehrenamt",
                          words=f"{CANARY} round"))  # fmt: skip
    at_table = Roundtable(workshop_id=workshop_id, made_by_id=a.id, topic="ehrenamt", number=1, starts_at=now,
                          state=RoundtableState.SETTLED, made_at=now, decides_at=now)  # fmt: skip
    session.add(at_table)
    await session.flush()
    session.add_all(
        RoundtableSeat(roundtable_id=at_table.id, person_id=each.id, state=Invited.YES) for each in (a, b)
    )
    a.present_on, a.present_until, a.present_talks = now.date(), now.time(), 3
    intro = Introduction(workshop_id=workshop_id, asker_id=a.id, asked_id=b.id, suggestion_id=shown[0].id,
                         state=IntroState.BOTH, asked_at=now, expires_at=now + timedelta(hours=9),
                         asked_contact=ContactKind.PHONE)  # fmt: skip
    session.add(intro)
    await session.flush()
    reported = {"reporter_id": b.id, "writer_id": a.id, "words": f"{CANARY} contact", "made_at": now}
    session.add(Complaint(introduction_id=intro.id, **reported))


async def _pledge(session, a, b, workshop_id, now):
    """A pledge of each with a note to it and a question planned, and one that Ben has not shown to Ana yet."""
    hers = pledge_row(workshop_id, a.id, b.id, now, text=f"{CANARY} Probestunden")
    his = pledge_row(workshop_id, b.id, a.id, now, text="Ich rufe Anas Verein an, Ana Keller weiß davon")
    draft = {"text": "BENSGEHEIMNIS Entwurf", "state": State.DRAFT, "acts": None, "made_on": None}
    session.add_all([hers, his, pledge_row(workshop_id, b.id, a.id, now, **draft)])
    await session.flush()
    m1, m2 = {"period": Period.M1}, {"period": Period.M2, "due_at": now + timedelta(days=60)}
    hers_noted = [f"{CANARY} report"]
    his_noted = ["Mit ana KELLER gesprochen, dann mit Anastasia"]
    session.add_all([
        event_row(hers.id, a.id, EventKind.PROPOSED, now, text=f"{CANARY} wording", day=hers.deadline),
        event_row(his.id, b.id, EventKind.PROPOSED, now, text="Ich treffe Ana Keller", day=his.deadline),
        event_row(hers.id, a.id, EventKind.SAID, now, status=Status.RUNNING, **m1),
        event_row(his.id, b.id, EventKind.SAID, now, status=Status.STUCK, **m1),
        event_row(hers.id, a.id, EventKind.NOTED, now, notes=hers_noted, **m1),
        event_row(his.id, b.id, EventKind.NOTED, now, notes=his_noted, **m1),
        event_row(hers.id, a.id, EventKind.EVIDENCED, now, photo=f"{CANARY} photo"),
        event_row(his.id, b.id, EventKind.BLOCKED, now, blocker=Blocker.TIME, **m1),
        *(HelpCall(pledge_id=each.id, person_id=whose.id, period=Period.M1, topic="ehrenamt", blocker=Blocker.TIME,
                   made_at=now, end=CallEnd.NOBODY) for each, whose in ((hers, a), (his, b))),
        Nudge(pledge_id=hers.id, person_id=a.id, **m2),
        Nudge(pledge_id=his.id, person_id=b.id, **m2),
        Handshake(workshop_id=workshop_id, pledge_id=hers.id, code="ABCDEFGHJK", number=4729, day=hers.made_on),
        Relay(pledge_id=hers.id, sender_id=a.id, recipient_id=b.id, words=f"{CANARY} relay", sent_at=now),
        Complaint(pledge_id=hers.id, reporter_id=b.id, writer_id=a.id, words=f"{CANARY} complaint", made_at=now),
    ])  # fmt: skip
    await session.flush()
    (asked,) = await session.scalars(select(HelpCall.id).where(HelpCall.person_id == b.id))
    session.add(HelpRequest(call_id=asked, person_id=a.id, because=HelpsBecause.OFFER, state=IntroState.DECLINED,
                            asked_at=now, expires_at=now + timedelta(days=7)))  # fmt: skip


async def _ask_the_team(session, a, workshop_id, now):
    """What Ana asks, and the answer."""
    asked = Inquiry(person_id=a.id, workshop_id=workshop_id)
    session.add(asked)
    await session.flush()
    session.add_all([
        InquiryWords(inquiry_id=asked.id, writer_id=a.id, by_team=False, words=f"{CANARY} question", at=now),
        InquiryWords(inquiry_id=asked.id, writer_id=None, by_team=True, words=f"{CANARY} answer", at=now),
    ])  # fmt: skip


async def _enter(session, a, workshop_id, now):
    """Somebody without Telegram, of whom she reports, and a code with which they could take over."""
    entered = agreed(
        None, now, yes=(), name=f"{CANARY} Unterwegs", organisation=f"{CANARY} office", entered_by_id=a.id
    )
    session.add(entered)
    await session.flush()
    pledge = pledge_row(workshop_id, a.id, entered.id, now, text=f"{CANARY} entered")
    session.add(pledge)
    await session.flush()
    told = event_row(
        pledge.id, entered.id, EventKind.NOTED, now, notes=[f"{CANARY} reported"], period=Period.M1
    )
    told.actor_id = a.id
    code = {
        "selector": "ABC",
        "salt": b"s",
        "digest": b"d",
        "made_at": now,
        "expires_at": now + timedelta(days=30),
    }
    session.add_all([told, PersonalCode(person_id=entered.id, **code)])


async def everywhere(world, ana, ben):
    """What Ana does leaves her number wherever it can: a message edited, words in a group, an announcement that
    came, a search for partners. What it leaves on the way to a meeting and a pledge, `test_traces` looks for.
    """
    await ana.says("/versprechen")
    mine = max(each["message_id"] for each in world.messages(ana.id) if each.get("out"))
    await ana.edits(mine, "/versprechen bitte")
    sender = {"id": ana.id, "is_bot": False, "first_name": "Ana"}
    group = {"id": -500, "type": "group", "title": "Stammtisch"}
    text = {"text": "/start", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]}
    await ana.causes(message={"chat": group, "from": sender, **text})
    orga = await world.organiser()
    await orga.says("/ankuendigung")
    await orga.says("Der Raum ist jetzt 2.14")
    await orga.taps("An alle")
    await orga.says("2")
    assert any(each.text.startswith("Der Raum ist jetzt 2.14") for each in ana.messages)
    await ana.says("/partner")
    await ben.says("/partner")


def encrypted():
    return {
        (table.name, column.key)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Encrypted | EncryptedJson)
    }
