"""Whatever is sent to `/stage/`: what cannot be done is answered with `{"error"}`, and the stage goes on."""

import io
import itertools
import json
import struct

import pytest
from aiohttp import FormData

from tests.stage.pictures import png

HUGE = 10**400
GETS = (
    "state",
    "users",
    "users/{ana}/messages",
    "toasts",
    "log",
    "ledger",
    "violations",
    "faults",
    "clock",
    "bot",
)
USERS = ("send", "start", "press", "edit", "contact", "block", "upload")
POSTS = (
    *(f"users/{{ana}}/{each}" for each in USERS),
    *("users", "updates", "faults", "clock", "clock/move", "reset", "bot"),
)
JSON = "application/json"
UNREADABLE = {
    "broken": (JSON, b'{"text": '),
    "not UTF-8": (JSON, b'{"text": "\xff\xfe"}'),
    "no such charset": (f"{JSON}; charset=klingon", b"{}"),
    "a list": (JSON, b"[1]"),
    "a number": (JSON, b"1"),
    "endless digits": (JSON, b'{"id": ' + b"9" * 10_000 + b"}"),
    "endless brackets": (JSON, b"[" * 200_000),
    "a form": ("application/x-www-form-urlencoded", b"text=x"),
    "text": ("text/plain", b"{}"),
    "multipart without a boundary": ("multipart/form-data", b"x"),
    "multipart cut short": ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data"),
    "multipart that is none": ("multipart/form-data; boundary=b", b"x" * 100),
    "multipart with a caption of no charset": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="caption"\r\n\r\n\xff\r\n--b--\r\n',
    ),
}


@pytest.mark.parametrize("sent", UNREADABLE)
async def test_what_cannot_be_read_is_refused_everywhere(stage, sent):
    ana = await stage.person()
    mime, data = UNREADABLE[sent]
    for path in POSTS:
        await refused(stage, path.format(ana=ana), data=data, headers={"Content-Type": mime})
    _, body = await stage.raw("sendMessage", data, headers={"Content-Type": mime})
    assert body["error_code"] == 400, "to the bot in Telegram's envelope"
    await goes_on(stage, ana)


ODD = (
    None,
    True,
    -1,
    0,
    1.5,
    HUGE,
    float("nan"),
    float("inf"),
    "",
    "x",
    "\ud83d",
    "9" * 5000,
    [],
    [[]],
    {},
    {"a": 1},
)
FIELDS = {
    "users": ("id", "first_name", "last_name", "username", "language_code", "label"),
    "users/{ana}/send": ("text", "reply_to", "forwarded"),
    "users/{ana}/start": ("payload",),
    "users/{ana}/press": ("message_id", "data", "row", "column", "label"),
    "users/{ana}/edit": ("message_id", "text"),
    "users/{ana}/contact": ("phone_number",),
    "users/{ana}/block": ("blocked",),
    "updates": ("message", "callback_query", "my_chat_member", "update_id"),
    "faults": ("outage", "limits", "lose_answers", "error_rate", "latency_ms", "next", "unheard_of"),
    "clock": ("now", "arrived"),
    "clock/move": ("days", "months", "hours", "minutes", "to", "next"),
    "reset": ("users", "sample"),
    "bot": ("do",),
}


@pytest.mark.parametrize("path", FIELDS)
async def test_no_value_breaks_anything(stage, path):
    """Some of these are right: the answer says so, or says what is wrong."""
    ana = await stage.person()
    message = await stage.result("sendMessage", chat_id=ana, text="x", reply_markup=KEYS)
    right = {"text": "x", "message_id": message["message_id"], "first_name": "Ben"}
    for field, value in itertools.product(FIELDS[path], ODD):
        body = {name: right[name] for name in FIELDS[path] if name in right} | {field: value}
        if (path, field, value) == ("faults", "outage", True):
            continue  # then it is Telegram that is gone
        async with stage.session.post(f"{stage.url}/stage/{path.format(ana=ana)}", json=body) as answer:
            assert answer.status < 500, (body, await answer.text())
            assert answer.ok or (await answer.json())["error"], body
        await goes_on(stage, ana)


KEYS = {"inline_keyboard": [[{"text": "x", "callback_data": "y"}]]}
NOBODY = 999_999
WRONG = [
    *((f"users/{who}/{what}", {"text": "x", "message_id": 1}) for who in (NOBODY, -NOBODY) for what in USERS),
    ("users/{ana}/send", {"text": "x" * 5000}),
    ("users/{ana}/send", {"text": "x", "reply_to": 99}),
    ("users/{ana}/start", {"payload": "ä"}),
    ("users/{ana}/edit", {"message_id": 99, "text": "x"}),
    ("users/{ana}/press", {"message_id": -1}),
    ("users", {"first_name": "Ben", "id": 2**53}),
    ("faults", {"next": [{"code": 200.0}]}),
    ("faults", {"next": [{"code": "x"}]}),
    ("faults", {"next": [{"code": 429, "parameters": 5}]}),
    ("faults", {"next": [{"body": 5}]}),
    ("faults", {"next": [{"times": "x"}]}),
    ("clock", {"now": "9999-12-31T23:59:59-14:00"}),
    ("clock/move", {"to": "9999-12-31T23:59:59-14:00"}),
    ("clock/move", {"months": 10**12}),
]


@pytest.mark.parametrize(("path", "body"), WRONG, ids=[f"{path} {str(body)[:40]}" for path, body in WRONG])
async def test_what_cannot_be_done_is_said(stage, path, body):
    ana = await stage.person()
    await refused(stage, path.format(ana=ana), json=body)
    await goes_on(stage, ana)


@pytest.mark.parametrize("query", ["after=x", f"after={HUGE}", "after=-1", "limit=0", "limit=-5", "limit=x",
                                   f"wait={HUGE}&after=-1", "wait=-1", "wait=x", "user=x", f"user={HUGE}"])  # fmt: skip
async def test_no_query_breaks_anything(stage, query):
    ana = await stage.person()
    for path in GETS:
        async with stage.session.get(f"{stage.url}/stage/{path.format(ana=ana)}?{query}") as answer:
            assert answer.status < 500, await answer.text()
            assert answer.ok or (await answer.json())["error"]


async def test_what_is_not_there_is_not_found(stage):
    for path in (f"users/{NOBODY}/messages", f"users/{-NOBODY}/messages", "files/x", "files/%00", "users/x/messages",
                 "users/99999999999999999999/messages", "nothing"):  # fmt: skip
        async with stage.session.get(f"{stage.url}/stage/{path}") as answer:
            assert answer.status == 404, path


@pytest.mark.parametrize("text", ["[" * 100_000, "9" * 10_000, "{"], ids=["brackets", "digits", "broken"])
async def test_a_parameter_that_is_no_json_is_refused(stage, text):
    ana = await stage.person()
    code, _ = await stage.refusal("sendMessage", chat_id=ana, text="x", reply_markup=text)
    assert code == 400


WIDE = b"\x89PNG\r\n\x1a\n" + bytes(8) + struct.pack(">II", 4000, 10)
LARGE = png() + bytes(11 * 1024 * 1024)
NO_PHOTOS = {
    "no picture": (b"no picture", "IMAGE_PROCESS_FAILED"),
    "nothing": (b"", "IMAGE_PROCESS_FAILED"),
    "the beginning of one": (png()[:20], "IMAGE_PROCESS_FAILED"),
    "a JPEG of nothing": (b"\xff\xd8" + b"\xff" * 50, "IMAGE_PROCESS_FAILED"),
    "too long a strip": (WIDE, "PHOTO_INVALID_DIMENSIONS"),
    "too many bytes": (LARGE, f"file of size {len(LARGE)} bytes is too big for a photo"),
}


@pytest.mark.parametrize("named", NO_PHOTOS)
async def test_what_is_no_photo_is_refused_either_way(stage, named):
    """The phone and the bot are refused in the same words, and no trace of it is kept."""
    ana = await stage.person()
    data, reason = NO_PHOTOS[named]
    form = FormData({"kind": "photo"})
    form.add_field("file", io.BytesIO(data), filename="p.png", content_type="image/png")
    before = len(await stage.messages(ana))
    assert reason in await refused(stage, f"users/{ana}/upload", data=form)
    assert len(await stage.messages(ana)) == before
    form = FormData({"chat_id": str(ana)})
    form.add_field("photo", io.BytesIO(data), filename="p.png", content_type="image/png")
    _, body = await stage.raw("sendPhoto", form)
    assert body["error_code"] == 400
    assert (reason if data else "file must be non-empty") in body["description"]
    assert (await stage.upload(ana, "document", "p.png", b"x"))["message_id"] == before + 1
    kept = (await stage.messages(ana))[-1]["document"]["file_id"]
    assert kept.startswith("stage-document-1-"), "the first file of all"


@pytest.mark.parametrize(
    "parts", [{"kind": "sticker"}, {"kind": "photo", "caption": "x" * 1025}, {"kind": ""}]
)
async def test_an_upload_of_no_kind_is_refused(stage, parts):
    ana = await stage.person()
    form = FormData(parts)
    form.add_field("file", png(), filename="p.png", content_type="image/png")
    await refused(stage, f"users/{ana}/upload", data=form)
    await refused(
        stage, f"users/{ana}/upload", data=FormData({**parts, "file": "no file"}, default_to_multipart=True)
    )


async def refused(stage, path, **request):
    """What the stage answers."""
    async with stage.session.post(f"{stage.url}/stage/{path}", **request) as answer:
        said = await answer.text()
        assert 400 <= answer.status < 500, (path, answer.status, said)
        return json.loads(said)["error"]


async def goes_on(stage, ana):
    async with stage.session.get(f"{stage.url}/stage/state") as answer:
        assert answer.ok
    async with stage.session.get(f"{stage.url}/stage/users/{ana}/messages") as answer:
        assert answer.status in (200, 404), "everybody may be forgotten"
