"""One message to one chat: which call of the Bot API says it."""

from telegram import LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.ext import ExtBot

import messages

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Uneditable(Exception):  # noqa: N818 - named for what is the matter
    """This cannot be made of a message that stands already: it has to be said anew."""


async def send(bot: ExtBot[None], chat_id: int, message: messages.Message) -> int:
    """Say it anew; the id of the message. Raises what the call raises."""
    if message.copy is None:
        return (await _new(bot, chat_id, message)).message_id
    copied = await bot.copy_message(
        chat_id,
        message.copy.from_chat_id,
        message.copy.message_id,
        reply_markup=message.keyboard,
        protect_content=message.protect,
    )
    return copied.message_id


async def _new(bot: ExtBot[None], chat_id: int, message: messages.Message) -> Message:
    if message.photo is not None:
        return await bot.send_photo(
            chat_id,
            message.photo,
            caption=message.text,
            parse_mode=ParseMode.HTML,
            reply_markup=message.keyboard,
            protect_content=message.protect,
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
        )
    return await bot.send_message(
        chat_id,
        message.text,
        parse_mode=ParseMode.HTML,
        link_preview_options=_NO_PREVIEW,
        reply_markup=message.keyboard,
        protect_content=message.protect,
    )


async def edit(bot: ExtBot[None], chat_id: int, message_id: int, message: messages.Message) -> int:
    """Make the message say this; its id. A picture or file stays, its caption changes.

    Raises Uneditable where that is impossible from the start, else what the call raises.
    """
    if message.copy is not None:
        raise Uneditable
    if message.photo is not None or message.document is not None:
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
    return message_id
