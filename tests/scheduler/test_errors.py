"""Every way a call can fail, as python-telegram-bot reports it, has its one consequence."""

import asyncio
import json

import pytest
from telegram import error as tg
from telegram.error import EndPointNotFound
from telegram.ext import ExtBot
from telegram.request import BaseRequest

from scheduler.errors import (
    AnotherPoller,
    Dead,
    Diagnosis,
    Done,
    EditGone,
    Migrated,
    NotSent,
    RefusedToken,
    Retry,
    Unknown,
    Unreachable,
    Wait,
    classify,
)


class Answering(BaseRequest):
    """A request that is always answered with the same status and body, so PTB itself builds the error."""

    def __init__(self, status: int, body: bytes):
        self.answer = (status, body)

    @property
    def read_timeout(self):
        return 5.0

    async def initialize(self):
        pass

    async def shutdown(self):
        pass

    async def do_request(self, *_args, **_kwargs):
        return self.answer


@pytest.fixture(autouse=True)
def _timedeltas(monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


async def outcome(status: int, body: bytes) -> Diagnosis:
    with pytest.raises(Exception) as caught:
        await Answering(status, body).post("http://127.0.0.1/bot1:x/sendMessage")
    return classify(caught.value)


def refusal(code: int, description: str, **parameters) -> bytes:
    body = {"ok": False, "error_code": code, "description": description}
    return json.dumps(body | ({"parameters": parameters} if parameters else {})).encode()


REFUSALS = [
    (403, "Forbidden: bot was blocked by the user", Unreachable()),
    (403, "Forbidden: user is deactivated", Unreachable()),
    (403, "Forbidden: bot can't initiate conversation with a user", Unreachable()),
    (403, "Forbidden: bot was kicked from the supergroup chat", Unreachable()),
    (400, "Bad Request: chat not found", Unreachable()),
    (400, "Bad Request: user is deactivated", Unreachable()),
    (400, "Bad Request: PEER_ID_INVALID", Unreachable()),
    (
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are …",
        Done(),
    ),
    (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
        Done(),
    ),
    (400, "Bad Request: message to delete not found", Done()),
    (400, "Bad Request: message to edit not found", EditGone()),
    (400, "Bad Request: message can't be edited", EditGone()),
    (400, "Bad Request: MESSAGE_ID_INVALID", EditGone()),
    (400, "Bad Request: there is no text in the message to edit", EditGone()),
    (400, "Bad Request: there is no caption in the message to edit", EditGone()),
    (400, "Bad Request: message text is empty", Dead("Message text is empty")),
    (400, "Bad Request: MESSAGE_TOO_LONG", Dead("Message_too_long")),
    (400, "Bad Request: BUTTON_DATA_INVALID", Dead("Button_data_invalid")),
    (
        400,
        "Bad Request: message can't be deleted for everyone",
        Dead("Message can't be deleted for everyone"),
    ),
    (400, "Bad Request: chat_id is empty", Dead("Chat_id is empty")),
    (409, "Conflict: terminated by other getUpdates request; make sure …", AnotherPoller()),
    (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook …",
        AnotherPoller(),
    ),
    (401, "Unauthorized", RefusedToken()),
    (404, "Not Found", RefusedToken()),
    (404, "Not Found: method not found", Dead("Not Found: method not found")),
    (413, "Request Entity Too Large", Dead("Request Entity Too Large")),
    (500, "Internal Server Error", Unknown()),
    (502, "Bad Gateway", Unknown()),
    (504, "Gateway Timeout", Unknown()),
    (429, "Too Many Requests: retry after 7", Wait(7.0)),
]


@pytest.mark.parametrize(("code", "description", "diagnosis"), REFUSALS)
async def test_a_refusal_in_telegrams_words_has_its_consequence(code, description, diagnosis):
    assert await outcome(code, refusal(code, description)) == diagnosis


PARAMETERS = [
    (429, "Too Many Requests: retry after 35", {"retry_after": 35}, Wait(35.0)),
    (429, "Too Many Requests: retry after 10072", {"retry_after": 10072}, Wait(10072.0)),
    (429, "Too Many Requests: retry after 0", {"retry_after": 0}, Wait(1.0)),
    (
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": -100123},
        Migrated(-100123),
    ),
]


@pytest.mark.parametrize(("code", "description", "parameters", "diagnosis"), PARAMETERS)
async def test_parameters_of_a_refusal_are_obeyed(code, description, parameters, diagnosis):
    assert await outcome(code, refusal(code, description, **parameters)) == diagnosis


@pytest.mark.parametrize("code", [200, 400, 401, 403, 404, 409, 500, 502, 503])
async def test_an_answer_that_is_not_telegrams_decides_nothing(code):
    assert await outcome(code, b"<html>a proxy speaks</html>") == Unknown()


@pytest.mark.parametrize("body", [b"[]", b"{}", b"null", b'{"ok":true}'])
async def test_an_accepted_call_with_a_useless_answer_may_have_arrived(body):
    assert await outcome(200, body) == Unknown()


@pytest.mark.parametrize("body", [b"slow down", b'{"description":"Too Many Requests"}'])
async def test_a_flood_answer_without_a_time_is_tried_again(body):
    assert await outcome(429, body) == Retry()


async def test_too_large_is_dead_without_a_description_too():
    assert isinstance(await outcome(413, b"{}"), Dead)


RAISED = [
    (NotSent("connect: ConnectionRefusedError"), Retry()),
    (tg.TimedOut(), Unknown()),
    (tg.NetworkError("ServerDisconnectedError"), Unknown()),
    (tg.TelegramError("Invalid server response"), Unknown()),
    (tg.EndPointNotFound("Endpoint 'x' not found"), Dead("Endpoint … not found")),
    (tg.InvalidToken(), RefusedToken()),
    (KeyError("result"), Unknown()),
    (asyncio.CancelledError(), Unknown()),
]


@pytest.mark.parametrize(("error", "diagnosis"), RAISED, ids=lambda value: type(value).__name__)
def test_an_error_of_the_connection_has_its_consequence(error, diagnosis):
    assert classify(error) == diagnosis


@pytest.mark.parametrize(
    ("description", "reason"),
    [
        (
            """can't parse entities: Unsupported start tag "geheim" at byte offset 3""",
            "Can't parse entities: unsupported start tag … at byte offset 3",
        ),
        (
            "inline keyboard button URL 'it's mine' is invalid: Wrong HTTP URL",
            "Inline keyboard button url … is invalid: wrong http url",
        ),
    ],
)
async def test_a_reason_quotes_nobody(description, reason):
    assert await outcome(400, refusal(400, "Bad Request: " + description)) == Dead(reason)


@pytest.mark.parametrize(
    ("status", "description", "diagnosis"),
    [
        (401, "Unauthorized", RefusedToken()),
        (404, "Not Found: method not found", Dead("Not Found: method not found")),
    ],
)
async def test_a_refused_token_is_recognised_behind_do_api_request(status, description, diagnosis):
    request = Answering(200, b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"M","username":"m"}}')
    bot = ExtBot("1:x", request=request, get_updates_request=request)
    await bot.initialize()
    request.answer = (status, refusal(status, description))
    with pytest.raises(EndPointNotFound) as caught:
        await bot.do_api_request("sendEcho")
    assert classify(caught.value) == diagnosis
