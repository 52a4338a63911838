"""A PostgreSQL in which Ana and Ben have been shown to each other."""

import pytest

from db.cipher import Cipher
from db.models import Suggestion
from db.session import open_database
from domain.outcomes.matching import Why
from tests.actions.at_once.transactions import ANA, BEN
from tests.cast import member, workshop_row
from tests.world import STARTS_AT


@pytest.fixture
async def database(postgres_url):
    """Ana and Ben have been shown to each other."""
    database = open_database(postgres_url, Cipher(bytes(32)))
    async with database.writer.begin() as session:
        session.add(workshop_row(STARTS_AT, id=1))
        await session.flush()
        topics = {"seeks": ("ehrenamt",), "offers": ("ehrenamt",)}
        for chat_id, name in ((ANA, "Ana Keller"), (BEN, "Ben Albrecht")):
            session.add(member(chat_id, STARTS_AT, name, **topics))
        await session.flush()
        session.add_all(
            Suggestion(
                id=me, person_id=me, other_id=other, workshop_id=1, why=Why.SAME, topic="ehrenamt",
                shown_at=STARTS_AT,
            )
            for me, other in ((ANA, BEN), (BEN, ANA))
        )  # fmt: skip
    yield database
    await database.close()
