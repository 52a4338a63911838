"""One message to one chat: picks the Bot API call that sends or edits it."""

from collections.abc import Callable

from telegram import (
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
    Message,
    MessageEntity,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import ExtBot

import messages
from domain.written import FormatKind, MediumKind
from scheduler.errors import is_thread_gone

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Uneditable(Exception):  # noqa: N818 - control flow: send it as a new message
    """An existing message cannot be edited into this one."""


async def send(bot: ExtBot[None], chat_id: int, message: messages.Message, thread: int | None = None) -> int:
    """Send a new message and return its id, outside of the thread if that is gone. Raises what the call raises."""
    try:
        return await _send(bot, chat_id, message, thread)
    except BadRequest as error:
        if thread is None or not is_thread_gone(error):
            raise
        return await _send(bot, chat_id, message, None)


async def _send(bot: ExtBot[None], chat_id: int, message: messages.Message, thread: int | None) -> int:
    if message.album:
        return await _album(bot, chat_id, message, thread)
    if message.copy is None:
        return (await _new(bot, chat_id, message, thread)).message_id
    copied = await bot.copy_message(
        chat_id,
        message.copy.from_chat_id,
        message.copy.message_id,
        caption=None if message.formats is None else message.text,
        caption_entities=_entities(message),
        reply_markup=message.keyboard,
        protect_content=message.protect,
        message_thread_id=thread,
    )
    return copied.message_id


_Media = InputMediaPhoto | InputMediaVideo | InputMediaDocument | InputMediaAudio
_AS_MEDIA: dict[MediumKind, Callable[..., _Media]] = {
    MediumKind.PHOTO: InputMediaPhoto,
    MediumKind.VIDEO: InputMediaVideo,
    MediumKind.DOCUMENT: InputMediaDocument,
    MediumKind.AUDIO: InputMediaAudio,
}


async def _album(bot: ExtBot[None], chat_id: int, message: messages.Message, thread: int | None) -> int:
    """Sends all of it at once, and returns the id of the first message: the others have the ids after it."""
    first, *others = message.album
    worded = _AS_MEDIA[first.kind](first.file, caption=message.text, caption_entities=_entities(message))
    media = [worded, *(_AS_MEDIA[each.kind](each.file) for each in others)]
    sent = await bot.send_media_group(
        chat_id, media, protect_content=message.protect, message_thread_id=thread
    )
    return sent[0].message_id


async def _new(bot: ExtBot[None], chat_id: int, message: messages.Message, thread: int | None) -> Message:
    if message.photo is not None:
        return await bot.send_photo(
            chat_id,
            message.photo,
            caption=message.text,
            parse_mode=ParseMode.HTML,
            reply_markup=message.keyboard,
            protect_content=message.protect,
            message_thread_id=thread,
        )
    if message.document is not None:
        return await bot.send_document(
            chat_id,
            message.document.content,
            filename=message.document.name,
            caption=message.text,
            parse_mode=ParseMode.HTML,
            reply_markup=message.keyboard,
            protect_content=message.protect,
            message_thread_id=thread,
        )
    return await _text(bot, chat_id, message, thread)


async def _text(bot: ExtBot[None], chat_id: int, message: messages.Message, thread: int | None) -> Message:
    return await bot.send_message(
        chat_id,
        message.text,
        parse_mode=ParseMode.HTML if message.formats is None else None,
        entities=_entities(message),
        link_preview_options=_NO_PREVIEW,
        reply_markup=message.keyboard,
        protect_content=message.protect,
        message_thread_id=thread,
    )


def _entities(message: messages.Message) -> list[MessageEntity] | None:
    """The formatting of a text that is sent as it was written. Telegram finds links that are spelled out by itself."""
    if message.formats is None:
        return None
    return [
        MessageEntity(each.kind, each.offset, each.length, url=each.target or None)
        for each in message.formats
        if each.kind is not FormatKind.URL
    ]


async def edit(bot: ExtBot[None], chat_id: int, message_id: int, message: messages.Message) -> int:
    """Edit the message, or delete it, and return its id. A picture or file stays, and only its caption changes, unless
    the message `covers` it.

    Raises Uneditable if that is impossible from the start, else what the call raises.
    """
    if message.deletes:
        await _delete(bot, chat_id, message_id, message)
    elif message.copy is not None or message.formats is not None:
        raise Uneditable
    else:
        await _show(bot, chat_id, message_id, message)
    return message_id


async def _delete(bot: ExtBot[None], chat_id: int, message_id: int, message: messages.Message) -> None:
    if message.album:
        await bot.delete_messages(chat_id, range(message_id, message_id + len(message.album)))
    else:
        await bot.delete_message(chat_id, message_id)


async def _show(bot: ExtBot[None], chat_id: int, message_id: int, message: messages.Message) -> None:
    if message.covers and message.photo is not None:
        await bot.edit_message_media(
            InputMediaPhoto(message.photo, caption=message.text, parse_mode=ParseMode.HTML),
            chat_id,
            message_id,
            reply_markup=message.keyboard,
        )
    elif message.photo is not None or message.document is not None:
        await bot.edit_message_caption(
            chat_id,
            message_id,
            caption=message.text,
            parse_mode=ParseMode.HTML,
            reply_markup=message.keyboard,
        )
    else:
        await bot.edit_message_text(
            message.text,
            chat_id,
            message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=message.keyboard,
        )
