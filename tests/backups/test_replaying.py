"""A database that was put back by whatever means: whoever was erased since is erased again, with all that is theirs."""

import shutil
import sqlite3

import pytest
from sqlalchemy import select

from actions.rights.replaying import Replayed, replay
from bot.app import operator_of
from db.cipher import Cipher
from db.journal import Journal, keep_journal
from db.models import Consent, Grant, Person
from domain.outcomes.choices import Purpose
from domain.team import TeamRole
from domain.voice import Voice
from tests.conversations.rights.canary import CANARY, pair, story
from tests.databases import KEY


@pytest.fixture
def journal(sqlite_world, tmp_path):
    journal = Journal(tmp_path / "secrets" / "key.erasures", Cipher(KEY))
    journal.begin(sqlite_world.clock.now())
    return journal


async def put_back(world, tmp_path, journal):
    """The file as it was when it was copied, at the next start."""
    await world.halt()
    for name in ("-wal", "-shm"):
        (tmp_path / f"mutmacher.db{name}").unlink(missing_ok=True)
    shutil.copyfile(tmp_path / "copy", tmp_path / "mutmacher.db")
    await world.run()
    operator = operator_of(world.settings, world.bot.username)
    return await replay(world.database, journal, world.clock.now(), operator)


async def copied(world, tmp_path, journal):
    """Copied while the bot was stopped; the journal is kept from then on."""
    await world.halt()
    shutil.copyfile(tmp_path / "mutmacher.db", tmp_path / "copy")
    await world.run()
    keep_journal(world.database, journal)


async def test_nothing_of_somebody_erased_comes_back(sqlite_world, tmp_path, journal):
    """Nor of those without Telegram whom they entered; whoever is left stays."""
    world = sqlite_world
    ana, ben = await pair(world)
    await story(world, ana, ben)
    await copied(world, tmp_path, journal)
    await ana.says("/loeschen")
    world.forgotten.add(ana.id)
    await ana.taps("Ja, alles löschen")
    heard = len(ana.messages)
    replayed = await put_back(world, tmp_path, journal)
    assert replayed.erased > 1, "she had entered somebody"
    await world.walk.run_due()
    await world.quiet()
    assert len(ana.messages) == heard
    stored = await world.stored()
    assert CANARY not in stored
    assert str(ana.id) not in stored
    assert await world.chosen(select(Person.id).where(Person.chat_id == ben.id))
    assert (await put_back_again(world, journal)) == Replayed(0, 0)


async def put_back_again(world, journal):
    operator = operator_of(world.settings, world.bot.username)
    return await replay(world.database, journal, world.clock.now(), operator)


async def test_whoever_comes_back_after_an_erasure_is_somebody_else(sqlite_world, tmp_path, journal):
    world = sqlite_world
    ana, _ = await pair(world)
    await copied(world, tmp_path, journal)
    await ana.says("/loeschen")
    await ana.taps("Ja, alles löschen")
    world.forgotten.add(ana.id)
    async with world.database.writer.begin() as session:
        session.add(Person(chat_id=ana.id, voice=Voice.DU, created_at=world.clock.now()))
    assert await put_back_again(world, journal) == Replayed(0, 0)


async def test_a_role_that_was_taken_away_does_not_come_back(sqlite_world, tmp_path, journal):
    """Another one that was given since, in its place, is another one."""
    world = sqlite_world
    now = world.clock.now()
    ana, _ = await pair(world)
    (ana_id,) = await world.chosen(select(Person.id).where(Person.chat_id == ana.id))
    await world.add(
        *(
            Grant(person_id=ana_id, role=role, granted_at=now)
            for role in (TeamRole.VIEWER, TeamRole.RECEPTION)
        )
    )
    await copied(world, tmp_path, journal)
    await ana.says("/orga")
    await ana.taps_data("my_role")
    await ana.taps("Empfang beenden")
    assert await world.rows(Grant.role) == [TeamRole.VIEWER]
    assert await put_back(world, tmp_path, journal) == Replayed(0, 0, 1)
    assert await world.rows(Grant.role) == [TeamRole.VIEWER]
    assert await put_back_again(world, journal) == Replayed(0, 0)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE persons SET created_at = 'gestern' WHERE chat_id = :ben",
        "UPDATE consents SET purpose = 'X' WHERE person_id = (SELECT id FROM persons WHERE chat_id = :ben)",
    ],
)
async def test_a_damaged_row_keeps_nobody_from_being_erased_again(sqlite_world, tmp_path, journal, damage):
    world = sqlite_world
    world.expected_errors = True  # it is named
    ana, ben = await pair(world)
    await copied(world, tmp_path, journal)
    with sqlite3.connect(tmp_path / "copy") as copy:
        copy.execute(damage, {"ben": ben.id})
    copy.close()
    await ana.says("/loeschen")
    world.forgotten |= {ana.id, ben.id}
    await ana.taps("Ja, alles löschen")
    assert (await put_back(world, tmp_path, journal)).erased == 1


async def test_a_consent_that_was_taken_back_stays_so(sqlite_world, tmp_path, journal):
    world = sqlite_world
    ana, _ = await pair(world)
    await copied(world, tmp_path, journal)
    await ana.says("/widerruf")
    await ana.taps_data("consent_off:K")
    withdrawn = select(Consent.purpose).where(Consent.withdrawn_at.is_not(None))
    taken_back = set(await world.chosen(withdrawn))
    assert Purpose.CORE in taken_back
    assert await put_back(world, tmp_path, journal) == Replayed(0, 1)
    assert set(await world.chosen(withdrawn)) == taken_back
