"""The webhook: only Telegram may use it, and what cannot be kept or would wait too long is to come again."""

import io

import pytest
import sqlalchemy.exc
from aiohttp.test_utils import TestClient, TestServer

from bot.intake import FULL, Intake
from db.models import Inbox, InboxState
from tests.scheduler.ticking import OPERATOR
from tests.web.conftest import NOW
from web import webhook
from web.health import Health
from web.server import create_app

SECRET = "s" * 32
HEADER = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


@pytest.fixture
async def deliveries(silence):
    """Posts to the webhook; `taken` are the updates that were stored."""
    taken, trouble = [], []

    async def take(updates):
        if trouble:
            raise trouble.pop()
        taken.extend(updates)

    async def is_full():
        return client.full

    delivery = webhook.route(take, SECRET, is_full)
    app = create_app(Health(None, lambda: NOW, silence), lambda: None, delivery)
    async with TestClient(TestServer(app)) as client:
        client.full = False
        client.taken, client.trouble = taken, trouble
        yield client


async def test_an_update_is_taken_before_it_is_confirmed(deliveries):
    answer = await deliveries.post("/telegram", json={"update_id": 7}, headers=HEADER)
    assert answer.status == 200
    assert deliveries.taken == [{"update_id": 7}]


@pytest.mark.parametrize(
    "header", [{}, {"X-Telegram-Bot-Api-Secret-Token": "s" * 31}, {"X-Telegram-Bot-Api-Secret-Token": "ü"}]
)
@pytest.mark.parametrize("body", [b'{"update_id": 7}', b"not JSON", b"x" * 2_000_000])
async def test_without_the_secret_nothing_is_read(deliveries, header, body):
    answer = await deliveries.post("/telegram", data=io.BytesIO(body), headers=header)
    assert answer.status == 403
    assert deliveries.taken == []


@pytest.mark.parametrize("second", [SECRET, "", "s" * 31])
@pytest.mark.parametrize("first", [True, False])
async def test_a_second_secret_is_refused_whatever_it_says(deliveries, second, first):
    name, right = next(iter(HEADER.items()))
    headers = [(name, right), (name, second)]
    answer = await deliveries.post(
        "/telegram", json={"update_id": 7}, headers=headers if first else headers[::-1]
    )
    assert answer.status == 403
    assert deliveries.taken == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"not JSON", 400),
        (b"[1]", 400),
        (b'"' + b"x" * 1024 * 1024 + b'"', 413),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
    ],
)
async def test_what_is_no_update_or_too_large_is_refused(deliveries, body, status):
    answer = await deliveries.post("/telegram", data=io.BytesIO(body), headers=HEADER)
    assert answer.status == status
    assert deliveries.taken == []


async def test_what_cannot_be_kept_is_to_come_again(deliveries):
    deliveries.trouble.append(sqlalchemy.exc.OperationalError("", {}, Exception()))
    answer = await deliveries.post("/telegram", json={"update_id": 7}, headers=HEADER)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")


async def test_while_the_inbox_is_full_updates_are_to_come_later(deliveries):
    deliveries.full = True
    answer = await deliveries.post("/telegram", json={"update_id": 7}, headers=HEADER)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert (await deliveries.post("/telegram", json={"update_id": 7})).status == 403
    deliveries.full = False
    assert (await deliveries.post("/telegram", json={"update_id": 7}, headers=HEADER)).status == 200
    assert deliveries.taken == [{"update_id": 7}]


async def test_the_inbox_is_full_while_too_much_waits(database):
    def intake():
        return Intake(database, None, OPERATOR, lambda: NOW, lambda: None)

    async with database.writer.begin() as session:
        session.add_all(
            Inbox(update_id=n, chat_id=1, state=InboxState.NEW, received_at=NOW) for n in range(FULL)
        )
    assert await intake().is_full()
    async with database.writer.begin() as session:
        (await session.get_one(Inbox, 0)).state = InboxState.DONE
    assert not await intake().is_full()


async def test_there_is_no_webhook_unless_it_is_wanted(client):
    assert (await client.post("/telegram", json={}, headers=HEADER)).status == 404


def test_a_webhook_without_a_secret_is_never_made():
    with pytest.raises(ValueError, match="secret"):
        webhook.route(None, "")
