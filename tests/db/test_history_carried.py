"""0010 carries every answer, note and former wording into the history of its pledge, and can read them still."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import MetaData, Table, delete, select, update
from sqlalchemy.orm import Session

from db.cipher import Cipher
from db.migrate import downgrade, opened, upgrade
from db.models import PledgeEvent
from db.session import sync_url
from db.types import bind_cipher
from domain.history import Event, EventKind, replay
from domain.nudging import Period
from domain.pledges import Status
from tests.db.filling import fill

CIPHER = Cipher(bytes(range(32)))
NOON = datetime(2027, 4, 12, 12, tzinfo=UTC)
BEGUN = NOON - timedelta(days=9)


def hour(number):
    return NOON + timedelta(hours=number)


def sealed(words, place):
    return CIPHER.encrypt(words.encode(), place)


def before(connection, ana, ben, pledge):
    """Rows as the version before wrote them: Ben's wording, then Ana's, and what both answered."""
    tables = {
        name: Table(name, MetaData(), autoload_with=connection) for name in ("pledges", "wordings", "reports")
    }
    for name in ("wordings", "reports"):
        connection.execute(delete(tables[name]))
    connection.execute(update(tables["pledges"]).values(created_at=_stored(connection, BEGUN)))
    for who, words, until in ((ben, "Ich rufe an.", 1), (ana, "Ich schreibe.", 2)):
        connection.execute(
            tables["wordings"].insert().values(
                pledge_id=pledge, person_id=who, text=sealed(words, "wordings.text"),
                deadline=date(2027, 10, 12), until=_stored(connection, hour(until)),
            )
        )  # fmt: skip
    for who, period, status, notes, at, waits in (
        (ana, "m1", "running", '["Erst.","Dann."]', 9, None),
        (ana, "m2", "kept", None, 7, 6),
        (ben, "m1", None, '["Nur das."]', 5, None),
    ):
        connection.execute(
            tables["reports"].insert().values(
                pledge_id=pledge, person_id=who, period=period, status=status,
                notes=sealed(notes, "reports.notes") if notes else None,
                at=_stored(connection, hour(at)), waits_since=_stored(connection, hour(waits)) if waits else None,
            )
        )  # fmt: skip


def _stored(connection, moment):
    return moment if connection.dialect.name == "postgresql" else moment.replace(tzinfo=None)


def test_what_was_said_stands_in_the_history_and_can_be_read(database_url):
    upgrade(database_url, "0009")
    rows = fill(database_url)
    ana, ben, pledge = rows["persons"][0]["id"], rows["persons"][2]["id"], rows["pledges"][0]["id"]
    with opened(sync_url(database_url)) as engine, engine.begin() as connection:
        before(connection, ana, ben, pledge)
    upgrade(database_url)
    with opened(sync_url(database_url)) as engine:
        bind_cipher(engine, CIPHER)
        with Session(engine) as session:
            events = session.scalars(select(PledgeEvent).order_by(PledgeEvent.id)).all()
    assert {each.pledge_id for each in events} == {pledge}
    assert all(each.actor_id == each.party_id for each in events)
    wordings = [(e.party_id, e.text, e.day, e.at) for e in events if e.kind is EventKind.WORDED]
    assert wordings == [
        (ben, "Ich rufe an.", date(2027, 10, 12), BEGUN),
        (ana, "Ich schreibe.", date(2027, 10, 12), hour(1)),
    ]
    notes = {e.id: e.notes for e in events if e.notes}
    told = [Event(e.id, e.kind, e.party_id, e.period, e.status, e.at) for e in events]
    hers, his = replay(told, ana), replay(told, ben)
    assert [(a.period, a.status, a.at, a.waits_since) for a in hers.given] == [
        (Period.M2, Status.KEPT, hour(7), hour(6)),
        (Period.M1, Status.RUNNING, hour(9), None),
    ]
    assert [notes[number] for number in hers.given[1].notes] == [["Erst.", "Dann."]]
    assert [(a.status, [notes[n] for n in a.notes]) for a in his.given] == [(None, [["Nur das."]])]


def test_without_any_of_it_there_is_no_history_and_the_way_back_is_open(database_url):
    upgrade(database_url, "0009")
    upgrade(database_url)
    downgrade(database_url, "0009")
    upgrade(database_url)
    with opened(sync_url(database_url)) as engine, Session(engine) as session:
        assert session.scalars(select(PledgeEvent.id)).all() == []
