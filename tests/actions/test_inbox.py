"""What is kept of what comes in, above all: no word of anybody who has not agreed."""

import asyncio
import json
from datetime import timedelta

import pytest
from sqlalchemy import event, text

from actions import inbox, stripping
from db.models import Base, Inbox, InboxState, Lane
from db.types import EncryptedJson
from domain.commands import KNOWN
from domain.outcomes.choices import Purpose
from handlers import commands
from tests.handlers.rig import CODE, OWNER, consent, message, now, press

CANARY = "Kanarienvogel"
STRANGER, MEMBER, GROUP = 700, 701, -100_700
PEER = {"id": 5, "type": "private", "first_name": CANARY}
USER = {"id": STRANGER, "is_bot": False, "first_name": CANARY, "last_name": CANARY, "username": CANARY}
NAMED_CHAT = {"first_name": CANARY, "last_name": CANARY, "username": CANARY}


def from_stranger(words=None, **fields):
    return message(STRANGER, words, chat=NAMED_CHAT, **{"from": USER, **fields})


def membership(status, chat_id=STRANGER, **chat):
    member = {"status": status, "user": USER, "custom_title": CANARY, "until_date": 0}
    change = {
        "chat": {"id": chat_id, "type": "private", **NAMED_CHAT, **chat},
        "from": USER,
        "date": 1,
        "old_chat_member": member,
        "new_chat_member": member,
        "invite_link": {"name": CANARY},
    }
    return {"update_id": message(1)["update_id"], "my_chat_member": change}


def kind(name, body):
    return {"update_id": message(1)["update_id"], name: body}


TELLING = {
    "words": lambda: from_stranger(CANARY),
    "slash word": lambda: from_stranger(f"/{CANARY.lower()}"),
    "start with words": lambda: from_stranger(f"/start {CANARY}"),
    "start on two lines": lambda: from_stranger(f"/start\n{CANARY}"),
    "command with words": lambda: from_stranger(f"/hilfe {CANARY}"),
    "command for another bot": lambda: from_stranger(f"/hilfe@{CANARY}_bot"),
    "caption": lambda: from_stranger(caption=CANARY, photo=[{"file_id": CANARY, "file_unique_id": "1"}]),
    "forwarded": lambda: from_stranger(
        CANARY, forward_origin={"type": "hidden_user", "date": 1, "sender_user_name": CANARY}
    ),
    "forwarded by a user": lambda: from_stranger(
        "x", forward_origin={"type": "user", "date": 1, "sender_user": PEER}
    ),
    "contact": lambda: from_stranger(contact={"phone_number": CANARY, "first_name": CANARY}),
    "place": lambda: from_stranger(venue={"title": CANARY, "address": CANARY, "location": {"latitude": 1}}),
    "poll": lambda: from_stranger(poll={"question": CANARY, "options": [{"text": CANARY}]}),
    "reply": lambda: from_stranger(CANARY, reply_to_message=from_stranger(CANARY)["message"]),
    "quote": lambda: from_stranger("x", quote={"text": CANARY, "position": 0}),
    "edited": lambda: kind("edited_message", from_stranger(CANARY)["message"]),
    "voice": lambda: from_stranger(voice={"file_id": CANARY}),
    "entities": lambda: from_stranger(
        "x", entities=[{"type": "text_link", "offset": 0, "length": 1, "url": CANARY}]
    ),
    "pressed": lambda: press(STRANGER, "k_yes:1:du", **{"from": USER, "chat_instance": CANARY}),
    "press of words": lambda: press(STRANGER, f"{CANARY}! {CANARY}"),
    "press of a message": lambda: press(STRANGER, "u_yes", message=from_stranger(CANARY)["message"]),
    "inline press": lambda: press(STRANGER, "u_yes", message=None, inline_message_id=CANARY),
    "blocked": lambda: membership("kicked"),
    "back": lambda: membership("member"),
    "odd standing": lambda: membership(CANARY),
    "group": lambda: message(GROUP, CANARY, chat={"type": "supergroup", "title": CANARY}),
    "member in a group": lambda: message(
        GROUP, CANARY, chat={"type": "group", "title": CANARY}, **{"from": USER | {"id": MEMBER}}
    ),
    "channel": lambda: kind(
        "channel_post", message(-5, CANARY, chat={"type": "channel", "title": CANARY})["message"]
    ),
    "inline query": lambda: kind("inline_query", {"id": "1", "from": USER, "query": CANARY, "offset": ""}),
    "unheard of": lambda: kind("telepathy", {"thought": CANARY}),
    "odd chat": lambda: message(STRANGER, CANARY, chat={"type": CANARY}),
    "odd id": lambda: message(STRANGER, CANARY, message_id=CANARY),
    "odd press": lambda: press(STRANGER, {"a": CANARY}),
    "odd query": lambda: press(STRANGER, "x", id=[CANARY]),
    "odd user": lambda: message(STRANGER, CANARY, **{"from": CANARY}),
}


def held(row):
    """All of a row, its payload decrypted, as one text."""
    return str({column.key: getattr(row, column.key) for column in Inbox.__table__.columns})


async def payload(rig, update):
    row = (await rig.all(Inbox, Inbox.update_id == update["update_id"]))[0]
    return row.payload


def plain_payloads(monkeypatch):
    """Raw bytes show words only where nothing is encrypted: so for this test nothing is."""
    monkeypatch.setattr(
        EncryptedJson, "process_bind_param", lambda _, v, __: None if v is None else json.dumps(v).encode()
    )
    monkeypatch.setattr(
        EncryptedJson, "process_result_value", lambda _, v, __: None if v is None else json.loads(bytes(v))
    )


async def test_nothing_of_a_stranger_is_kept(rig):
    await rig.person(MEMBER)
    updates = {name: telling() for name, telling in TELLING.items()}
    await rig.store(*updates.values())
    names = {update["update_id"]: name for name, update in updates.items()}
    rows = await rig.all(Inbox)
    assert [names[row.update_id] for row in rows if CANARY.lower() in held(row).lower()] == []
    assert {row.update_id for row in rows} == set(names)


@pytest.mark.parametrize(
    "consents",
    [
        [],
        [consent(Purpose.CORE)],
        [consent(Purpose.CORE), consent(Purpose.CARRIER, given=False)],
        [consent(Purpose.CARRIER), consent(Purpose.CARRIER, given=False)],
    ],
    ids=["none", "only the core", "carrier refused", "carrier refused again"],
)
async def test_a_person_without_the_second_yes_is_a_stranger_still(rig, consents):
    person = await rig.person(STRANGER, (), finished=False)
    async with rig.database.writer.begin() as session:
        for row in consents:
            await session.execute(
                type(row).__table__.insert().values(
                    person_id=person.id, purpose=row.purpose, given=row.given, version=1, sha256="",
                    voice=row.voice, at=row.at,
                )
            )  # fmt: skip
    await rig.store(from_stranger(CANARY))
    assert CANARY not in held((await rig.all(Inbox))[0])


async def test_a_withdrawn_yes_is_none(rig):
    person = await rig.person(STRANGER)
    async with rig.database.writer.begin() as session:
        for row in (await session.get_one(type(person), person.id)).consents:
            row.withdrawn_at = now()
    await rig.store(from_stranger(CANARY))
    assert CANARY not in held((await rig.all(Inbox))[0])


async def test_no_byte_of_the_files_holds_a_strangers_word(rig, monkeypatch, database_url, tmp_path):
    plain_payloads(monkeypatch)
    await rig.store(*(telling() for telling in TELLING.values()))
    await rig.person(MEMBER)
    await rig.store(message(MEMBER, "Gegenprobe"))
    if database_url.startswith("sqlite"):
        raw = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    else:
        async with rig.database.reader() as session:
            raw = b"".join(
                [
                    str((await session.execute(text(f"SELECT * FROM {table}"))).all()).encode()
                    for table in Base.metadata.tables
                ]
            )
    assert b"Gegenprobe" in raw
    assert CANARY.lower().encode() not in raw.lower()


async def test_words_of_people_who_agreed_and_of_organisers_are_kept(rig):
    await rig.person(MEMBER)
    for update in (
        message(MEMBER, "Ich bin Ana"),
        message(OWNER, "Werkstatt Halle"),
        message(MEMBER, "/hilfe bitte"),
    ):
        await rig.store(update)
        assert await payload(rig, update) == update


async def test_a_group_is_nobody_even_with_people_who_agreed_in_it(rig):
    await rig.person(MEMBER)
    update = message(GROUP, CANARY, chat={"type": "group"}, **{"from": {"id": MEMBER, "first_name": CANARY}})
    await rig.store(update)
    assert "text" not in (await payload(rig, update))["message"]


def kept_text(words, workshops=(CODE,)):
    return stripping.without_words(from_stranger(words), workshops)["message"].get("text")


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        "abc-234",
        f"/start w_{CODE}",
        f"/start@stage_bot w_{CODE}",
        "/start ABC 234",
        "/start\nw_ABC234",
    ],
)
def test_a_workshops_code_leads_there(typed):
    assert kept_text(typed) == f"/start w_{CODE}"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("WRONG1", None),
        ("/start w_WRONG1", "/start"),
        ("/start h_geheim", "/start h_"),
        ("/hilfe ABC234", "/hilfe"),
    ],
)
def test_what_only_looks_like_a_code_goes(typed, kept):
    assert kept_text(typed) == kept


async def test_a_code_counts_if_there_is_such_a_workshop(rig):
    right, wrong = from_stranger("abc 234"), from_stranger("abc 235")
    await rig.store(right, wrong)
    assert (await payload(rig, right))["message"]["text"] == f"/start w_{CODE}"
    assert "text" not in (await payload(rig, wrong))["message"]


async def test_a_forwarded_command_is_nobodys_command(rig):
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "x"}
    await rig.store(update := from_stranger("/loeschen", forward_origin=origin))
    assert "text" not in (await payload(rig, update))["message"]


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_a_known_command_keeps_its_name(name):
    assert kept_text(f"/{name.upper()} {CANARY}") == f"/{name}"


def test_the_known_commands_are_those_that_do_something():
    spelled = {"start", *commands.ALWAYS, *commands.JOINED, *commands.ORGANISERS, *commands.LATER}
    assert spelled == KNOWN


async def test_an_update_is_stored_once(rig):
    update = press(STRANGER, "u_yes")
    assert await rig.store(update, update) == [update["callback_query"]["id"]]
    assert await rig.store(update) == []
    assert await rig.count(Inbox) == 1


async def test_two_processes_may_be_given_the_same_update_at_once(rig):
    updates = [message(STRANGER + n, "/hilfe") for n in range(10)]
    await asyncio.gather(*(rig.store(*updates) for _ in range(5)))
    assert await rig.count(Inbox) == await rig.count(Lane) == 10


async def test_numbers_may_jump_back(rig):
    await rig.store(message(STRANGER, "/hilfe", update_id=900_000_000))
    await rig.store(message(STRANGER, "/hilfe", update_id=12))
    assert await rig.count(Inbox, Inbox.state == InboxState.NEW) == 2


async def test_poison_is_kept_without_its_payload(rig):
    update = message(STRANGER, CANARY, chat={"id": "seven"})
    await rig.store(update)
    row = (await rig.all(Inbox))[0]
    assert (row.state, row.payload, row.chat_id) == (InboxState.POISON, None, inbox.NOWHERE)


HUGE = 10**30
ODD = [
    {}, {"update_id": None}, {"update_id": True}, {"update_id": "7"}, {"update_id": HUGE}, {"update_id": 1.5},
    {"update_id": [1]}, {"update_id": 2}, {"update_id": 3, "message": None}, {"update_id": 4, "message": []},
    {"update_id": 5, "message": {}}, {"update_id": 6, "message": {"chat": []}},
    {"update_id": 7, "message": {"chat": {"id": HUGE, "type": "private"}}},
    {"update_id": 8, "message": {"chat": {"id": {}, "type": {}}}},
    {"update_id": 9, "callback_query": {"message": []}}, {"update_id": 10, "callback_query": {"from": 7}},
    {"update_id": 11, "callback_query": {"id": {}, "from": {"id": []}}},
    {"update_id": 12, "my_chat_member": {"chat": {"id": 5, "type": "private"}, "old_chat_member": 3}},
    {"update_id": 13, "message": {"chat": {"id": MEMBER, "type": "private"}, "text": float("nan")}},
    {"update_id": 14, "message": {"chat": {"id": MEMBER, "type": "private"}, "text": "\ud800 \x00"}},
    {"update_id": 15, "message": {"chat": {"id": STRANGER, "type": ["private"]}, "text": 5, "message_id": HUGE}},
    {"update_id": 16, "message": {"chat": {"id": MEMBER, "type": "private"}, "text": {1, 2}}},
    {"update_id": 17, "edited_message": 5, "callback_query": "x", "my_chat_member": 7},
    {"update_id": -1, "message": {"chat": {"id": -HUGE}}},
]  # fmt: skip


async def test_nothing_is_too_odd_to_be_stored(rig):
    """One odd update must not keep its neighbours from being stored."""
    await rig.person(MEMBER)
    good = message(MEMBER, "Hallo", update_id=99)
    await rig.store(*ODD, good)
    assert await payload(rig, good) == good
    assert await rig.count(Inbox) == 1 + sum(stripping.is_id(odd.get("update_id")) for odd in ODD)
    for odd in ODD:
        await rig.store(odd)


async def test_a_hundred_updates_take_a_handful_of_statements(rig):
    await rig.person(MEMBER)
    statements = []
    event.listen(rig.database.engines[0].sync_engine, "before_cursor_execute",
                 lambda *args: statements.append(args[2]))  # fmt: skip
    await rig.store(*(message(1000 + n, CODE if n % 2 else "Hallo") for n in range(100)))
    assert await rig.count(Inbox) == await rig.count(Lane) == 100
    assert len(statements) <= 8, statements


async def test_a_lane_waits_with_its_oldest_update(rig):
    """The second does not overtake the first that waits for its next try, and nobody claims the lane for it."""
    await rig.store(message(STRANGER, "/hilfe", update_id=1), message(STRANGER, "/hilfe", update_id=2))
    async with rig.database.writer.begin() as session:
        assert await inbox.failed(session, 1, 7, now(), now()) is False
    async with rig.database.writer.begin() as session:
        assert not await inbox.is_work_waiting(session, now())
        assert await inbox.claim_lanes(session, "me", now(), 8) == []
        assert await inbox.claim_lanes(session, "me", now() + timedelta(seconds=1), 8) == [STRANGER]
        assert await inbox.next_in(session, STRANGER, now() + timedelta(seconds=1)) == 1


async def test_lanes_that_wait_longest_go_first_and_each_to_one_claim(rig):
    await rig.store(*(message(1000 - n, "/hilfe", update_id=n + 1) for n in range(6)))
    async with rig.database.writer.begin() as session:
        first = await inbox.claim_lanes(session, "a", now(), 4)
        second = await inbox.claim_lanes(session, "b", now(), 4)
    assert (set(first), set(second)) == ({1000, 999, 998, 997}, {996, 995})


async def test_a_lost_lease_is_noticed(rig):
    await rig.store(message(STRANGER, "/hilfe"))
    async with rig.database.writer.begin() as session:
        await inbox.claim_lanes(session, "a", now(), 1)
        later = now() + 2 * inbox.LEASE
        assert await inbox.claim_lanes(session, "b", later, 1) == [STRANGER]
        assert not await inbox.hold_lane(session, STRANGER, "a", later)
        await inbox.leave_lane(session, STRANGER, "a")
        assert await inbox.hold_lane(session, STRANGER, "b", later)
