"""The methods of the Bot API that the stage answers, by name."""

from collections.abc import Awaitable, Callable
from typing import Any

from stage import editing, sending, webhook
from stage.errors import Json, bad
from stage.files import MAX_DOWNLOAD
from stage.updates import clamped
from stage.world import World

Answer = Callable[[World, Json], Any | Awaitable[Any]]
MAX_POLL = 50
MAX_BATCH = 100


def get_me(world: World, _call: Json) -> Json:
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return {**world.bot, **abilities}


async def get_updates(world: World, call: Json) -> list[Json]:
    allowed = call.get("allowed_updates")
    world.updates.allow([each for each in allowed if isinstance(each, str)] if allowed is not None else None)
    limit = clamped(call.get("limit"), 1, MAX_BATCH, MAX_BATCH)
    timeout = clamped(call.get("timeout"), 0, MAX_POLL, 0)
    return await world.updates.fetch(call.get("offset", 0), limit, timeout, call["_gone"])


def answer_callback_query(world: World, call: Json) -> bool:
    world.callbacks.answer(
        call["callback_query_id"],
        call.get("text", ""),
        alert=call.get("show_alert", False),
        url=call.get("url"),
        at=world.clock.now().isoformat(),
    )
    return True


def get_file(world: World, call: Json) -> Json:
    about = world.files.about(call["file_id"])
    if about is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if about["size"] > MAX_DOWNLOAD:
        raise bad("file is too big")
    return {
        "file_id": about["file_id"],
        "file_unique_id": about["file_unique_id"],
        "file_size": about["size"],
        "file_path": about["file_path"],
    }


def get_chat(world: World, call: Json) -> Json:
    accepted = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    return {
        **world.ledger.find(call["chat_id"]).info,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(accepted, False),
    }


def get_chat_member(world: World, call: Json) -> Json:
    chat = world.ledger.find(call["chat_id"])
    if call["user_id"] == world.bot["id"]:
        return {"status": chat.bot_status, "user": world.bot}
    phone = world.ledger.phones.get(call["user_id"])
    if phone is None or (chat.info["type"] == "private" and phone.id != chat.id):
        raise bad("PARTICIPANT_ID_INVALID")
    return {"status": "member", "user": phone.user()}


def leave_chat(world: World, call: Json) -> bool:
    chat = world.ledger.writable(call["chat_id"])
    if chat.info["type"] == "private":
        raise bad("chat member status can't be changed in private chats")
    world.ledger.note_chat(chat.info, "left")
    return True


def set_commands(world: World, call: Json) -> bool:
    world.profile.set_commands(call.get("scope"), call.get("language_code"), call["commands"])
    return True


def get_commands(world: World, call: Json) -> list[Json]:
    return world.profile.commands(call.get("scope"), call.get("language_code"))


def delete_commands(world: World, call: Json) -> bool:
    world.profile.delete_commands(call.get("scope"), call.get("language_code"))
    return True


def _setter(field: str) -> Answer:
    def answer(world: World, call: Json) -> bool:
        world.profile.set_text(field, call.get("language_code"), call.get(field, ""))
        return True

    return answer


def _getter(field: str) -> Answer:
    def answer(world: World, call: Json) -> Json:
        text = world.profile.text(field, call.get("language_code"))
        return {field: text or (world.bot["first_name"] if field == "name" else "")}

    return answer


def set_menu_button(_world: World, _call: Json) -> bool:
    """Accepted but not shown: the page always has the command menu."""
    return True


ANSWERS: dict[str, Answer] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": webhook.set_webhook,
    "deleteWebhook": webhook.delete_webhook,
    "getWebhookInfo": webhook.info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendVoice": sending.send_voice,
    "sendMediaGroup": sending.send_media_group,
    "sendChatAction": sending.send_chat_action,
    "copyMessage": sending.copy_message,
    "forwardMessage": sending.forward_message,
    "editMessageText": editing.edit_text,
    "editMessageCaption": editing.edit_caption,
    "editMessageMedia": editing.edit_media,
    "editMessageReplyMarkup": editing.edit_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "answerCallbackQuery": answer_callback_query,
    "getFile": get_file,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "leaveChat": leave_chat,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
    "setChatMenuButton": set_menu_button,
}
