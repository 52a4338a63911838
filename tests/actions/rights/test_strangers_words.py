"""What is kept of what comes in: no word of anybody who has not agreed."""

import json

import pytest
from sqlalchemy import text

from actions.intake import redaction
from db.models import Base, Inbox
from db.types import EncryptedJson
from domain.commands import KNOWN
from domain.links import Link, LinkKind
from domain.outcomes.choices import Purpose
from handlers import commands
from tests.actions.rights.strangers import CANARY, GROUP, MEMBER, STRANGER, TELLING, from_stranger, payload
from tests.cast import agreed, consent
from tests.databases import forget_compiled
from tests.handlers.rig import CODE, OWNER, message, now


def held(row):
    """All of a row, its payload decrypted, as one text."""
    return str({column.key: getattr(row, column.key) for column in Inbox.__table__.columns})


@pytest.fixture
def plain_payloads(monkeypatch):
    """Raw bytes show words only where nothing is encrypted: so for this test nothing is."""
    forget_compiled()
    monkeypatch.setattr(
        EncryptedJson, "process_bind_param", lambda _, v, __: None if v is None else json.dumps(v).encode()
    )
    monkeypatch.setattr(
        EncryptedJson, "process_result_value", lambda _, v, __: None if v is None else json.loads(bytes(v))
    )
    yield
    monkeypatch.undo()
    forget_compiled()


async def test_nothing_of_a_stranger_is_kept(rig):
    await rig.person(MEMBER)
    updates = {name: telling() for name, telling in TELLING.items()}
    await rig.store(*updates.values())
    names = {update["update_id"]: name for name, update in updates.items()}
    rows = await rig.all(Inbox)
    assert [names[row.update_id] for row in rows if CANARY.lower() in held(row).lower()] == []
    assert {row.update_id for row in rows} == set(names)


@pytest.mark.parametrize(
    "answers",
    [
        [],
        [(Purpose.CORE, True)],
        [(Purpose.CORE, True), (Purpose.CARRIER, False)],
        [(Purpose.CARRIER, True), (Purpose.CARRIER, False)],
    ],
    ids=["none", "only the core", "carrier refused", "carrier refused again"],
)
async def test_a_person_without_the_second_yes_is_a_stranger_still(rig, answers):
    said = [consent(now(), purpose, given=given) for purpose, given in answers]
    await rig.add(agreed(STRANGER, now(), consents=said))
    await rig.store(from_stranger(CANARY))
    assert CANARY not in held((await rig.all(Inbox))[0])


async def test_a_withdrawn_yes_is_none(rig):
    person = await rig.person(STRANGER)
    async with rig.database.writer.begin() as session:
        for row in (await session.get_one(type(person), person.id)).consents:
            row.withdrawn_at = now()
    await rig.store(from_stranger(CANARY))
    assert CANARY not in held((await rig.all(Inbox))[0])


@pytest.mark.usefixtures("plain_payloads")
async def test_no_byte_of_the_files_holds_a_strangers_word(rig, database_url, tmp_path):
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


KNOWN_LINKS = (Link(LinkKind.WORKSHOP, CODE),)


def kept_text(words):
    return redaction.without_words(from_stranger(words), KNOWN_LINKS)["message"].get("text")


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
        ("/start\nh_geheim", "/start h_"),
        ("/start h_", "/start h_"),
        ("/start w_", "/start"),
        ("h_geheim", None),
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
    spelled = {"start", *commands.ALWAYS, *commands.JOINED, *commands.ORGANISERS}
    assert spelled == KNOWN
