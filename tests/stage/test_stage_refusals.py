"""What the stage refuses, in Telegram's words."""

import asyncio
import io

import pytest
from aiohttp import ClientSession, FormData

from stage.botapi import ANSWERS
from stage.methods import METHODS
from tests.stage.pictures import png

BAD = "Bad Request: "
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


def keys(**button):
    return {"inline_keyboard": [[{"text": "x", **button}]]}


SENDING = [
    ({"text": ""}, "message text is empty"),
    ({}, "message text is empty"),
    ({"text": " \n\t "}, "text must be non-empty"),
    ({"text": "<b> </b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ({"text": "x" * 4097}, "message is too long"),
    ({"text": "😀" * 2049}, "message is too long"),
    ({"text": "x" * 32769}, "text is too long"),
    ({"text": "x", "parse_mode": "Wiki"}, "unsupported parse_mode"),
    ({"text": "x", "chat_id": ""}, "chat_id is empty"),
    ({"text": "x", "chat_id": 77}, "chat not found"),
    ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
    ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
    ({"text": "x", "reply_markup": "nonsense"}, "can't parse reply keyboard markup JSON object"),
    ({"text": "x", "reply_markup": keys(callback_data="ä" * 33)}, "BUTTON_DATA_INVALID"),
    ({"text": "x", "reply_markup": keys(callback_data="")}, "BUTTON_DATA_INVALID"),
    (
        {"text": "x", "reply_markup": keys()},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        {"text": "x", "reply_markup": keys(url="http://localhost/x")},
        "inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL",
    ),
    (
        {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}},
        "reply markup is too long",
    ),
]


@pytest.mark.parametrize(("params", "text"), SENDING, ids=[text[:40] for _, text in SENDING])
async def test_a_message_is_refused_in_telegrams_words(stage, params, text):
    ana = await stage.person()
    assert await stage.refusal("sendMessage", **{"chat_id": ana, **params}) == (400, BAD + text)
    assert (await stage.get("ledger"))["messages"] == 0


async def test_the_longest_of_everything_passes(stage):
    ana = await stage.person()
    await stage.result("sendMessage", chat_id=ana, text="😀" * 2048)
    await stage.result("sendMessage", chat_id=ana, text=f"<b>{'x' * 4096}</b>", parse_mode="html")
    await stage.result("sendMessage", chat_id=ana, text="x", reply_markup=keys(callback_data="ä" * 32))
    assert await stage.get("violations") == []


async def test_people_who_cannot_be_written_to(stage):
    stranger = (await stage.post("users", first_name="Ben"))["id"]
    initiate = "Forbidden: bot can't initiate conversation with a user"
    assert await stage.refusal("sendMessage", chat_id=stranger, text="x") == (403, initiate)
    ana = await stage.person()
    await stage.post(f"users/{ana}/block", blocked=True)
    blocked = (403, "Forbidden: bot was blocked by the user")
    assert await stage.refusal("sendMessage", chat_id=ana, text="x") == blocked
    await stage.post(f"users/{ana}/send", text="back")
    kinds = [list(update)[1] for update in await stage.result("getUpdates", timeout=0, limit=9)]
    assert kinds[:1] == ["my_chat_member"]
    await stage.result("sendMessage", chat_id=ana, text="x")


async def test_groups_that_threw_the_bot_out(stage):
    group = {"id": -100777, "type": "supergroup", "title": "Chor"}
    await stage.post("updates", message={"chat": group, "text": "hi", "from": {"id": 9}})
    assert (await stage.result("sendMessage", chat_id=-100777, text="hello"))["message_id"] == 2
    await stage.post("updates", my_chat_member={"chat": group, "new_chat_member": {"status": "kicked"}})
    kicked = (403, "Forbidden: bot was kicked from the supergroup chat")
    assert await stage.refusal("sendMessage", chat_id=-100777, text="x") == kicked


async def test_edits_are_refused_in_telegrams_words(stage):
    ana = await stage.person()
    own = (await stage.messages(ana))[0]["message_id"]
    text = await _sent(
        stage, ana, text="<b>same</b>", parse_mode="HTML", reply_markup=keys(callback_data="a")
    )
    board = await _sent(stage, ana, text="x", reply_markup={"keyboard": [["Ja"]]})
    picture = (await _photo(stage, ana))["message_id"]
    cases = [
        (text, {"text": "same", "entities": [{"type": "bold", "offset": 0, "length": 4}]}, NOT_MODIFIED),
        (999, {"text": "x"}, "message to edit not found"),
        (own, {"text": "x"}, "message can't be edited"),
        (board, {"text": "x"}, "message can't be edited"),
        (picture, {"text": "x"}, "there is no text in the message to edit"),
        (text, {"text": "x" * 4097}, "MESSAGE_TOO_LONG"),
        (text, {"text": "x", "reply_markup": {"keyboard": [["Ja"]]}}, "inline keyboard expected"),
        ("", {"text": "x"}, "message to edit not found"),
    ]
    for message, params, reason in cases:
        markup = {"reply_markup": keys(callback_data="a")} | params
        got = await stage.refusal("editMessageText", chat_id=ana, message_id=message, **markup)
        assert got == (400, BAD + reason), (message, params)
    same = {"chat_id": ana, "message_id": text, "reply_markup": keys(callback_data="a")}
    assert await stage.refusal("editMessageReplyMarkup", **same) == (400, BAD + NOT_MODIFIED)
    assert await stage.refusal("editMessageText", text="x") == (
        400,
        BAD + "message identifier is not specified",
    )


async def test_what_is_not_there_cannot_be_deleted_copied_or_forwarded(stage):
    ana = await stage.person()
    gone = await _sent(stage, ana, text="x")
    assert await stage.result("deleteMessage", chat_id=ana, message_id=gone) is True
    for method, purpose in (
        ("deleteMessage", "delete"),
        ("copyMessage", "copy"),
        ("forwardMessage", "forward"),
    ):
        params = {"chat_id": ana, "message_id": gone, "from_chat_id": ana}
        params = {name: params[name] for name in params if name != "from_chat_id" or purpose != "delete"}
        assert await stage.refusal(method, **params) == (400, f"{BAD}message to {purpose} not found")
    shown = (await stage.messages(ana))[-1]
    assert shown["deleted"] is True
    assert "text" not in shown


async def test_after_two_days_a_message_stays(stage):
    ana = await stage.person()
    old = await _sent(stage, ana, text="x")
    await stage.post("clock/move", hours=49)
    refused = (400, BAD + "message can't be deleted for everyone")
    assert await stage.refusal("deleteMessage", chat_id=ana, message_id=old) == refused


async def test_a_protected_message_can_be_copied_but_not_forwarded(stage):
    ana = await stage.person()
    secret = await _sent(stage, ana, text="x", protect_content=True)
    await stage.result("copyMessage", chat_id=ana, from_chat_id=ana, message_id=secret)
    code, _ = await stage.refusal("forwardMessage", chat_id=ana, from_chat_id=ana, message_id=secret)
    assert code == 400


async def test_captions_and_pictures(stage):
    ana = await stage.person()
    assert (await _photo(stage, ana, caption="x" * 1024))["photo"][0]["width"] == 2
    long = await _photo(stage, ana, caption="x" * 1025)
    assert long == BAD + "message caption is too long"
    assert await _photo(stage, ana, data=b"no picture") == BAD + "IMAGE_PROCESS_FAILED"
    none = (400, BAD + "there is no photo in the request")
    assert await stage.refusal("sendPhoto", chat_id=ana) == none
    wrong = (400, BAD + "wrong file identifier/HTTP URL specified")
    assert await stage.refusal("sendPhoto", chat_id=ana, photo="http://x.example/y.png") == wrong


async def test_a_callback_is_answered_once(stage):
    ana = await stage.person()
    message = await _sent(stage, ana, text="x", reply_markup=keys(callback_data="keep:17"))
    press = await stage.post(f"users/{ana}/press", message_id=message, data="keep:17")
    query = {"callback_query_id": press["callback_query_id"]}
    assert await stage.result("answerCallbackQuery", **query, text="Gut") is True
    old = (400, BAD + "query is too old and response timeout expired or query ID is invalid")
    assert await stage.refusal("answerCallbackQuery", **query) == old
    assert await stage.refusal("answerCallbackQuery", callback_query_id="1") == old
    assert await stage.refusal("answerCallbackQuery") == old
    assert [toast["text"] for toast in await stage.get(f"toasts?user={ana}")] == ["Gut"]


async def test_only_known_methods_with_the_token(stage):
    assert await stage.refusal("sendDice", chat_id=1) == (404, "Not Found: method not found")
    answer, body = await stage.raw("getMe", token="1000000:other")
    assert (answer.status, body["description"]) == (401, "Unauthorized")
    assert (await stage.call("GETME"))["ok"]
    assert await stage.get("violations") == [{"method": "sendDice", "problem": "unknown method"}]


async def test_what_breaks_the_table_is_recorded(stage):
    ana = await stage.person()
    await stage.result("sendMessage", chat_id=ana, text="x", colour="red")
    await stage.refusal("sendMessage", chat_id=ana, text="<p>", parse_mode="HTML")
    await stage.refusal("deleteMessage", chat_id=ana, message_id="seven")
    problems = [entry["problem"] for entry in await stage.get("violations")]
    assert problems[0] == "unknown parameter colour"
    assert "can't parse entities" in problems[1]
    assert problems[2] == "wrong type: message_id is no integer"


async def test_query_form_and_json_say_the_same(stage):
    ana = await stage.person()
    async with stage.session.get(
        f"{stage.url}/bot1000000:stage/sendMessage?chat_id={ana}&text=query"
    ) as answer:
        assert (await answer.json())["result"]["text"] == "query"
    _, body = await stage.raw("sendMessage", json={"chat_id": ana, "text": "json"})
    assert body["result"]["text"] == "json"
    for wrong in (b"[1", b"[1]", b"\xff"):
        _, body = await stage.raw("sendMessage", wrong, headers={"Content-Type": "application/json"})
        assert body["error_code"] == 400


@pytest.mark.parametrize(
    "odd",
    [
        {"reply_parameters": {"message_id": []}},
        {"entities": [{"type": "bold", "offset": [], "length": "x"}]},
        {"entities": [{"type": "bold", "offset": 9, "length": 9}]},
        {"reply_markup": {"inline_keyboard": [1]}},
        {"reply_markup": {"inline_keyboard": [[1]]}},
        {"reply_markup": {"keyboard": [[{}]]}},
        {"text": "\ud83d"},
    ],
)
async def test_odd_values_are_refused_not_broken(stage, odd):
    ana = await stage.person()
    _, body = await stage.raw("sendMessage", json={"chat_id": ana, "text": "x", **odd})
    assert body["error_code"] == 400


async def test_other_pages_are_kept_out(stage):
    for headers in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
        async with stage.session.get(f"{stage.url}/stage/state", headers=headers) as answer:
            assert answer.status == 403
    async with stage.session.post(f"{stage.url}/stage/reset", data={"users": "forget"}) as answer:
        assert answer.status == 415
    async with ClientSession() as other, other.get(f"{stage.url}/page/..%2fapp.py") as answer:
        assert answer.status == 404


async def test_a_press_needs_a_button_that_is_there(stage):
    ana = await stage.person()
    rows = [[{"text": "Ja", "callback_data": "y"}], [{"text": "Jain", "callback_data": "j"}]]
    link = [
        {"text": "Los", "url": "https://t.me/mutmacher_stage_bot?start=w_X"},
        {"text": "Kopie", "copy_text": {"text": "K"}},
    ]
    message = await _sent(stage, ana, text="x", reply_markup={"inline_keyboard": [*rows, link]})
    press = lambda **how: stage.post(f"users/{ana}/press", message_id=message, **how)  # noqa: E731
    assert "several" in (await press(label="J"))["error"]
    assert "'Jain'" in (await press(data="gone"))["error"]
    assert "update_id" in await press(label="Ja")
    assert "update_id" in await press(row=1, column=0)
    assert await press(label="Kopie") == {"copied": "K"}
    await press(label="Los")
    assert (await stage.messages(ana))[-1]["text"] == "/start w_X"
    await asyncio.sleep(0)


def test_every_method_of_the_table_is_answered():
    assert {method.name for method in METHODS.values()} == set(ANSWERS)


async def test_an_upload_of_more_than_50_mb_is_too_large(stage):
    form = FormData({"chat_id": "1"})
    form.add_field("document", io.BytesIO(bytes(52 * 1024 * 1024)), filename="x")
    answer, body = await stage.raw("sendDocument", form)
    assert (answer.status, body["description"]) == (413, "Request Entity Too Large")


async def _sent(stage, chat, **params):
    return (await stage.result("sendMessage", chat_id=chat, **params))["message_id"]


async def _photo(stage, chat, data=None, **params):
    """The message, or the refusal's description."""
    form = FormData({"chat_id": str(chat), "photo": "attach://part", **params})
    form.add_field("part", data or png(), filename="p.png", content_type="image/png")
    _, body = await stage.raw("sendPhoto", form)
    return body["result"] if body["ok"] else body["description"]
