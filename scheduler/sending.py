"""One message to one chat: which call of the Bot API says it."""

from telegram import LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.ext import ExtBot

from messages import Message as Words

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Uneditable(Exception):  # noqa: N818 - named for what is the matter
    """This cannot be made of a message that stands already: it has to be said anew."""


async def send(bot: ExtBot[None], chat_id: int, words: Words) -> int:
    """Say it anew; the id of the message. Raises what the call raises."""
    if words.copy is None:
        return (await _new(bot, chat_id, words)).message_id
    copied = await bot.copy_message(
        chat_id,
        words.copy.from_chat_id,
        words.copy.message_id,
        reply_markup=words.keyboard,
        protect_content=words.protect,
    )
    return copied.message_id


async def _new(bot: ExtBot[None], chat_id: int, words: Words) -> Message:
    if words.photo is not None:
        return await bot.send_photo(
            chat_id,
            words.photo,
            caption=words.text,
            parse_mode=ParseMode.HTML,
            reply_markup=words.keyboard,
            protect_content=words.protect,
        )
    if words.document is not None:
        return await bot.send_document(
            chat_id,
            words.document.content,
            filename=words.document.name,
            caption=words.text,
            parse_mode=ParseMode.HTML,
            reply_markup=words.keyboard,
            protect_content=words.protect,
        )
    return await bot.send_message(
        chat_id,
        words.text,
        parse_mode=ParseMode.HTML,
        link_preview_options=_NO_PREVIEW,
        reply_markup=words.keyboard,
        protect_content=words.protect,
    )


async def edit(bot: ExtBot[None], chat_id: int, message_id: int, words: Words) -> int:
    """Make the message say this; its id. A picture or file stays, its caption changes.

    Raises Uneditable where that is impossible from the start, else what the call raises.
    """
    if words.copy is not None:
        raise Uneditable
    if words.photo is not None or words.document is not None:
        await bot.edit_message_caption(
            chat_id,
            message_id,
            caption=words.text,
            parse_mode=ParseMode.HTML,
            reply_markup=words.keyboard,
        )
    else:
        await bot.edit_message_text(
            words.text,
            chat_id,
            message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=words.keyboard,
        )
    return message_id
