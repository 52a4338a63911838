"""Every button there is, pressed by everybody on everything: nothing breaks, nobody reaches what is not theirs."""

import itertools
import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from enum import Enum

import pytest
from sqlalchemy import event, func, select, text
from telegram import Update

from actions import conversation
from actions.contents import contents
from db.models import (
    Base,
    Broadcast,
    BroadcastState,
    Draft,
    DraftKind,
    Interest,
    Introduction,
    IntroState,
    Membership,
    Nudge,
    Outgoing,
    Person,
    Pledge,
    Report,
    SendLane,
    SendState,
    Suggestion,
    Workshop,
)
from domain import topics
from domain.nudging import Period
from domain.outcomes.choices import Direction, Purpose
from domain.outcomes.matching import Why
from domain.outcomes.organising import Segment
from domain.pledges import Acts, State, Status
from domain.roles import Role
from domain.voice import Voice
from handlers.buttons import ROUTES, number
from handlers.turns import present
from messages.buttons import Verb, decode, encode
from tests.handlers.rig import HOUSE, OWNER, Rig, consent, finish, now, press

SECOND_OWNER = OWNER + 1
HOUSE = replace(HOUSE, owners=(OWNER, SECOND_OWNER))
STRANGER, NEW, ANA, BEN, CEM, DORA = 800, 801, 802, 803, 804, 805
ACTORS = {
    "stranger": STRANGER,
    "without a profile": NEW,
    "finished": CEM,
    "party": ANA,
    "other party": BEN,
    "organiser": OWNER,
}
# Everything in Ana's and Ben's world has one of the first ids, whichever table; Cem's and Dora's has the second.
HERS, ELSEWHERE, MISSING = range(11, 17), range(21, 27), 99_999
FOREIGN = {ANA: ELSEWHERE, BEN: ELSEWHERE, CEM: HERS, NEW: ELSEWHERE, STRANGER: (*HERS, *ELSEWHERE)}
OWN = {ANA: HERS, BEN: HERS, CEM: ELSEWHERE, OWNER: (*HERS, 1)}
GARBAGE = ("", "-1", "x", "0", "1e9", "9" * 32, "999999999", "9999999999", "None", "du-du", "__", "A_b-9")
SHOWN = 500  # the message whose button is pressed


# --- the world


def somebody(chat_id, workshop, **columns):
    person = Person(voice=Voice.DU, created_at=now(), chat_id=chat_id, **columns)
    person.consents = [consent(Purpose.CORE), consent(Purpose.CARRIER)]
    finish(person)
    person.memberships[0].workshop_id = workshop
    person.role = Role.MP
    return person


def world(base, workshop, one_chat, other_chat, author):
    """Two people with one of everything between them, in each of its states."""
    people = [somebody(one_chat, workshop, id=base + 1), somebody(other_chat, workshop, id=base + 2)]
    people += [somebody(one_chat + 100 + n, workshop, id=base + n) for n in (3, 4)]
    one, other, third, fourth = (person.id for person in people)
    states = (State.DRAFT, State.PROPOSED, State.ACTIVE, State.ENDED, State.DECLINED, State.PROPOSED)
    pledges = [
        Pledge(
            id=base + n, workshop_id=workshop, author_id=one, partner_id=other, acts=Acts.AUTHOR,
            text="Wir reden", state=state, deadline=date(2027, 9, 1), created_at=now(),
            worded_by_author=n != len(states), made_on=date(2027, 3, 1),
        )
        for n, state in enumerate(states, start=1)
    ]  # fmt: skip
    pairs = ((one, other), (other, one), (one, third), (fourth, one))
    suggestions = [
        Suggestion(id=base + n, person_id=a, other_id=b, workshop_id=workshop, why=Why.SAME, topic="ehrenamt",
                   shown_at=now())
        for n, (a, b) in enumerate(pairs, start=1)
    ]  # fmt: skip
    intros = [
        Introduction(id=base + n, workshop_id=workshop, asker_id=a, asked_id=b, suggestion_id=base + n,
                     state=state, asked_at=now(), expires_at=now() + timedelta(hours=5))
        for n, ((a, b), state) in enumerate(
            zip(pairs[1:], (IntroState.ASKED, IntroState.BOTH, IntroState.DECLINED), strict=True), start=2
        )
    ]  # fmt: skip
    asked = Outgoing(
        id=base + 1, chat_id=one_chat, person_id=one, lane=SendLane.NUDGE, kind="Nudged", object_id=base + 1,
        due_at=now(), state=SendState.SENT, message_id=SHOWN, created_at=now(), sent_at=now(),
    )  # fmt: skip
    nudges = [
        Nudge(pledge_id=base + 3, person_id=who, period=period, due_at=now() - timedelta(days=1),
              outbox_id=asked.id if (who, period) == (one, Period.M1) else None)
        for who in (one, other)
        for period in (Period.M1, Period.M2, Period.DEADLINE)
    ]  # fmt: skip
    mine = [
        Interest(id=base + 1, person_id=one, direction=Direction.SEEKS, words="Bus", candidates=["ehrenamt"]),
        Interest(id=base + 2, person_id=one, direction=Direction.OFFERS, topic="ehrenamt"),
        Interest(
            id=base + 3, person_id=other, direction=Direction.SEEKS, words="Bus", candidates=["ehrenamt"]
        ),
        Draft(
            id=base + 1, person_id=one, kind=DraftKind.UNASKED, words="x", awaiting=False, created_at=now()
        ),
        Draft(id=base + 2, person_id=other, kind=DraftKind.CODE, awaiting=True, created_at=now()),
        Report(pledge_id=base + 3, person_id=other, period=Period.M1, status=Status.KEPT, at=now()),
    ]
    broadcasts = [
        Broadcast(id=base + n, workshop_id=workshop, author_chat_id=author, message_id=n, segment=segment,
                  state=BroadcastState.DRAFT, created_at=now())
        for n, segment in ((1, None), (2, Segment.EVERYBODY))
    ]  # fmt: skip
    return [people, suggestions, pledges, intros, [asked], nudges, mine, broadcasts]


async def populate(session):
    session.add(Workshop(id=2, code="XYZ789", title="Andere", day=now().date(), created_at=now()))
    newcomer = Person(id=31, chat_id=NEW, voice=Voice.DU, created_at=now(), consents=[], memberships=[])
    newcomer.consents = [consent(Purpose.CORE), consent(Purpose.CARRIER)]
    newcomer.memberships = [Membership(workshop_id=1, joined_at=now())]
    session.add(newcomer)
    await session.flush()
    for here, there in zip(world(10, 1, ANA, BEN, OWNER), world(20, 2, CEM, DORA, SECOND_OWNER), strict=True):
        session.add_all(here + there)
        await session.flush()
    if session.get_bind().dialect.name == "postgresql":  # it counts on from ids it gave out itself
        for name, table in Base.metadata.tables.items():
            if table.autoincrement_column is not None:
                await session.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), 1000)"))


# --- pressing


class UndoError(Exception):
    """Every press finds the same world."""


class Tapper:
    """Presses buttons, each in a transaction that is taken back; knows what each would have changed."""

    def __init__(self, rig):
        self.rig = rig
        self.written = []
        event.listen(rig.database.engines[0].sync_engine, "before_cursor_execute", self._note)

    def _note(self, _connection, _cursor, statement, *_):
        if statement.startswith(("INSERT", "UPDATE", "DELETE")):
            self.written.append(statement)

    async def tap(self, chat_id, data):
        """(what is said to whom, rows that changed by table)"""
        raw = press(chat_id, data)
        raw["callback_query"]["message"]["message_id"] = SHOWN
        update = Update.de_json(raw, self.rig.application.bot)
        result = None
        try:
            async with self.rig.database.writer.begin() as session:
                newest = await session.scalar(select(func.max(Outgoing.id)))
                self.written.clear()
                turn = await conversation.open_turn(session, chat_id, now(), HOUSE, pressed=SHOWN)
                token = present.set(turn)
                try:
                    await conversation.refusing(turn, lambda: self.rig.application.process_update(update))
                finally:
                    present.reset(token)
                await session.flush()
                elsewhere = [s for s in self.written if not s.startswith("INSERT INTO outbox")]
                changed = await self._changed(session) if elsewhere else {}
                said = await self._said(session, newest)
                result = said, changed
                raise UndoError  # noqa: TRY301 - it takes back what was done
        except UndoError:
            return result

    def pressing(self, verb):
        """Who presses what: everybody everything on SQLite, a part of it, drawn by the verb, on PostgreSQL."""
        if self.rig.database.engines[0].dialect.name == "sqlite":
            return ACTORS.items()
        return random.Random(verb.value).sample(list(ACTORS.items()), 1)

    async def remember(self):
        async with self.rig.database.reader() as session:
            self.before = await rows(session)

    async def _changed(self, session):
        after = await rows(session)
        return {t: after[t] ^ self.before[t] for t in after if t != "outbox" and after[t] != self.before[t]}

    async def _said(self, session, newest):
        """Each also has something to show: reading it must not break either."""
        new = await session.scalars(select(Outgoing).where(Outgoing.id > newest).order_by(Outgoing.id))
        said = []
        for row in new.all():
            await contents(session, row, now(), HOUSE)
            said.append((row.chat_id, row.kind, repr(row.args), row.lane))
        return said


async def rows(session):
    return {
        name: {repr(tuple(row)) for row in (await session.execute(select(table))).all()}
        for name, table in Base.metadata.tables.items()
    }


@pytest.fixture
async def tapper(database_url):
    rig = Rig(database_url)
    await rig.open()
    async with rig.database.writer.begin() as session:
        await populate(session)
    tapper = Tapper(rig)
    await tapper.remember()
    yield tapper
    await rig.close()


# --- what can be pressed


def values(parser):
    """What a parser takes, apart from the ids of objects."""
    if isinstance(parser, type) and issubclass(parser, Enum):
        return [member.value for member in parser]
    tried = ("1", "2", "6", "type", "ehrenamt", "ST", "mp", "offer-talk")
    return [value for value in tried if takes(parser, value)] or groups(parser)


def groups(parser):
    return [g.id for g in topics.load().groups()[:2] if takes(parser, g.id)]


def takes(parser, value):
    try:
        parser(value)
    except ValueError:
        return False
    return True


def spellings(verb, ids, most, seed=0):
    """Buttons of this verb on these objects, at most so many, always the same ones."""
    parsers = ROUTES[verb].parsers
    choices = [
        [*map(str, ids), *([] if place == 0 else ["1", "2"])] if parser is number else values(parser)
        for place, parser in enumerate(parsers)
    ]
    everything = [encode(verb, *args) for args in itertools.product(*choices)]
    return random.Random(seed).sample(everything, min(most, len(everything)))


def garbage(verb):
    chance = random.Random(verb.value)
    count = len(ROUTES[verb].parsers)
    for size in (count, count + chance.choice((-1, 1))):
        words = [chance.choice(GARBAGE) for _ in range(size)]
        yield ":".join((verb.value, *words))


# --- the promises


async def test_every_button_does_something_or_explains_itself(tapper):
    """Own object or not, sense or not: what comes out is an answer, and never to somebody who has no part in it."""
    broken = []
    for verb, (actor, chat_id) in ((v, who) for v in ROUTES for who in tapper.pressing(v)):
        most = 6 if chat_id in (ANA, BEN) else 1
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
    Verb.CLAIM_YES,
    Verb.CLAIM_NO,
    Verb.BROADCAST_GO,
    Verb.WORKSHOP,
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


# --- spelling


@pytest.mark.parametrize("verb", Verb)
def test_every_verb_has_a_route_and_reads_back_what_was_written(verb):
    for data in spellings(verb, [1, 999_999_999], 5):
        pressed = decode(data)
        assert encode(pressed.verb, *pressed.args) == data
        assert len(data.encode()) <= 64
        assert len(pressed.args) == len(ROUTES[verb].parsers)


@pytest.mark.parametrize(
    "data",
    [
        "", "keep", "pledge:", ":pledge", "pledge:1\n", "pledge :1", "PLEDGE:1", "pledge:ä", "pledge:١",
        "pledge:1:2:3:4", "pledge:" + "1" * 33, "x" * 65, "pledge;1", "pledge:1;drop", "\u200bpledge:1", "pledge:１",
    ],
)  # fmt: skip
def test_what_is_not_spelled_so_is_no_button(data):
    assert decode(data) is None


@pytest.mark.parametrize("text", ["", "١", "１", "²", "-1", "+1", " 1", "1_0", "1.0", "0x1", "1" * 10])
def test_an_id_is_a_few_plain_digits(text):
    with pytest.raises(ValueError):
        number(text)


def test_too_long_a_button_cannot_be_written():
    with pytest.raises(ValueError):
        encode(Verb.TOPICS_GROUP, "seeks", "x" * 32, "y" * 32)


async def test_whoever_presses_nonsense_is_shown_where_they_are(tapper):
    said, changed = await tapper.tap(NEW, "keep:17")
    assert [kind for _, kind, *_ in said] == ["Refused", "Asked"]
    assert not changed
    assert Counter(kind for _, kind, *_ in (await tapper.tap(STRANGER, "keep:17"))[0])["Welcome"] == 1
