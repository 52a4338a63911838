"""What people and the clock do all the time reads no large table from its beginning to its end, and takes no more
statements with four times the people. Nothing is timed.
"""

import asyncio

import pytest

from tests.scale.hot_paths import LARGE, SMALL, taken_in
from tests.scale.plans import asking, indexes, read_whole
from tests.scale.rankings import both_of as rankings_of

SMALL_TABLES = {
    "workshops": "thirty of them in three years",
    "rounds": "one for each workshop",
    "broadcasts": "a few for each workshop",
    "calendar_uploads": "one or two a year",
    "grants": "a row for each organiser and workshop",
    "guest_uploads": "lists that were sent and not taken over; deleted after a week",
    "complaints": "what was reported and is not settled; deleted after thirty days",
    "concern_marks": "what somebody of the team sees to, or has left alone, within a year",
    "inquiries": "open questions to the team; deleted thirty days after they are closed",
    "inquiry_words": "with their inquiry",
    "help_calls": "for as long as a pledge is stuck",
    "handshakes": "of a day, for a week",
    "personal_codes": "for thirty days, used or not",
    "office_seats": "two for each MP",
    "roundtables": "a few of them",
    "pledge_moments": "one or two for each workshop",
    "programme_items": "of a workshop's day; deleted after it",
    "programme_uploads": "programmes that were sent and not taken over; deleted after a week",
    "exports": "a few for each workshop",
    "relays": "for thirty days",
    "relay_stops": "few people ask for one, and it ends after half a year",
    "carrier": "a single row",
    "drafts": "words that are awaited, and what was set aside within a week",
}
"""Tables that may be read whole, and why they stay small."""
MAY_READ = {
    ("open words", "persons"): "every name, so that no word names anybody; in a thread, for organisers only",
    ("open words", "interests"): "all own words, likewise",
    ("profiles", "persons"): "who came last to which workshop; once an hour",
    ("pruning", "lanes"): "which chats nobody here knows any more; once an hour",
    ("pruning", "persons"): "whose day at a workshop is over; once an hour",
}
"""What else may be read whole, in which path, and why."""
HOURLY = ("notices", "notices given", "profiles", "pruning", "pruning sent")
"""For these looks PostgreSQL may hash a whole table at once, rather than ask its index for each row: only SQLite, which
never does, tells whether there is one.
"""
FEW_PEOPLE = ("erasure", "persons")
"""While there are but few people, PostgreSQL begins with them, and finds their messages by an index."""
FROM_PERSON_TO_PERSON = 3  # statements: of two people one may have written before, or be an MP


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def new_url(request, tmp_path_factory):
    """Makes a database without rows, and returns its address."""
    if request.param == "postgresql":
        postgres = request.getfixturevalue("_postgres")
        template = request.getfixturevalue("_postgres_template")
        return lambda _: postgres.fresh_url(template)
    folder = tmp_path_factory.mktemp("scale")
    return lambda name: f"sqlite:///{folder}/{name}.db"


@pytest.fixture(scope="module")
def taken(new_url):
    """The large database, and the statements of each path there."""
    url = new_url("large")
    return url, asyncio.run(taken_in(url, LARGE))


@pytest.fixture
def connection(taken):
    engine = asking(taken[0])
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_no_statement_of_a_hot_path_reads_a_large_table_whole(taken, connection):
    assert not {
        (path, table, statement)
        for path, executed in taken[1].items()
        for statement, parameters in executed
        for table in read_whole(connection, statement, parameters) - SMALL_TABLES.keys()
        if (path, table) not in MAY_READ and not _may_be_hashed(connection, path, table)
    }


def _may_be_hashed(connection, path, table):
    return connection.dialect.name == "postgresql" and (path in HOURLY or (path, table) == FEW_PEOPLE)


@pytest.mark.parametrize("which", ["repeated", "chat_id + 0 = 7"])
def test_a_statement_that_reads_a_table_whole_would_be_found(connection, which):
    assert read_whole(connection, f"SELECT later.kind FROM outbox AS later WHERE {which}", None) == {"outbox"}


def test_whoever_is_asked_is_found_by_what_is_theirs(taken, connection):
    """Not by what is true of nearly all: that a pledge is active, or that a message is a question."""
    used = {each for asked in taken[1]["asking"] for each in indexes(connection, *asked)}
    assert used
    assert not used & {"ix_pledges_state", "ix_outbox_object"}


def test_to_ask_somebody_takes_five_statements(taken):
    looked = 2  # who is due, and the calendars: once for all
    assert len(taken[1]["asking"]) <= looked + 5


def test_all_figures_take_six_statements(taken):
    turn = 2  # who it is, and the message that is owed
    assert len(taken[1]["stand"]) <= turn + 6


def test_what_is_not_read_of_others_makes_no_difference_to_whom_somebody_is_shown(taken):
    rankings = asyncio.run(rankings_of(taken[0]))
    assert all(everything == bearing for everything, bearing in rankings)
    found = {
        (each.reason.kind, each.reason.topic is None) for everything, _ in rankings for each in everything
    }
    assert found >= {(kind, of_words) for kind in ("they_offer", "same") for of_words in (False, True)}


def test_with_four_times_the_people_no_path_takes_more_statements(taken, new_url):
    few = asyncio.run(taken_in(new_url("small"), SMALL))
    assert all(few.values())
    grown = {path: (len(few[path]), len(many)) for path, many in taken[1].items()}
    assert not {path: pair for path, pair in grown.items() if pair[1] > pair[0] + FROM_PERSON_TO_PERSON}
