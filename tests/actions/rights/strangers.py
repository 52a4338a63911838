"""Everything somebody can send who has not agreed, with a canary in all of it."""

from db.models import Inbox
from tests.handlers.rig import message, press

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


async def payload(rig, update):
    row = (await rig.all(Inbox, Inbox.update_id == update["update_id"]))[0]
    return row.payload
