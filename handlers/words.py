"""Messages that are neither commands nor presses: words, pictures, and everything that counts as neither."""

from telegram import Message, Update
from telegram.error import TelegramError

from actions.exchange import outbox
from actions.exchange.turn import Turn
from actions.intake import attachments, conversation, edits, pasting, replies
from actions.intake.attachments import Picture
from actions.organising.participants import presences
from actions.rights import requests
from domain.pasted import may_be_cut
from domain.refusal import Reason
from handlers import buttons
from handlers.replies import answer_begun
from handlers.turns import Context, medium, said
from handlers.typed import button_named
from handlers.wishes import granted

_FETCHED_WITHIN = 5.0  # seconds; meanwhile only this chat waits
_LONGEST_ALBUM = 40  # characters of the number that Telegram gives to an album


async def text(update: Update, context: Context) -> None:
    """An age under 16 ends joining, a wish is heard, a typed label counts as its button, and anything else is words.

    A reply means the message replied to: its buttons, and what it asks. The rest of a pasted text means nothing.
    """
    message = update.message
    if message is None:
        return
    turn, typed, sent = context.turn, said(update), int(message.date.timestamp())
    if await pasting.is_rest(turn, sent):
        return
    if may_be_cut(typed):
        await pasting.receive(turn, typed, message.message_id, sent)
    elif await conversation.gives_up_joining_for_age(turn, typed):
        await requests.end_for_age(turn)
    elif not (
        await granted(turn, typed)
        or await presences.heard(turn, typed)
        or await _answers(turn, message, typed)
    ):
        await conversation.receive(turn, typed, message.message_id)


async def _answers(turn: Turn, message: Message, typed: str) -> bool:
    """Whether the words press a button, or belong to the message that they reply to."""
    replied_to = message.reply_to_message
    asked = await replies.question(turn, replied_to.message_id if replied_to is not None else None)
    if asked is None and replied_to is not None and not turn.lacks_consent:
        return False  # to something long forgotten, or to words of their own: no answer to what is open now
    data = await button_named(turn, typed, asked.message if asked is not None else None)
    if data is not None:
        await buttons.run(turn, data)
        return True
    if asked is None:
        return False
    begun = await answer_begun(turn, asked, typed)
    return await replies.receive(turn, asked, begun, typed, message.message_id)


async def photo(update: Update, context: Context) -> None:
    message, turn = update.message, context.turn
    if message is None or await _is_album(turn, message):
        return
    replied_to = message.reply_to_message
    asked = await replies.question(turn, replied_to.message_id if replied_to is not None else None)
    if picture := _picture(message):
        await attachments.receive_photo(turn, picture, asked)


async def document(update: Update, context: Context) -> None:
    message, turn = update.message, context.turn
    file = message.document if message is not None else None
    if message is None or file is None or await _is_album(turn, message):
        return
    if await attachments.receive_media(turn, _content(message), message.message_id):
        return

    async def fetch() -> bytes | None:
        try:
            found = await context.bot.get_file(file.file_id, read_timeout=_FETCHED_WITHIN)
            return bytes(await found.download_as_bytearray(read_timeout=_FETCHED_WITHIN))
        except TelegramError:
            return None

    await attachments.receive_file(turn, file.file_name or "", file.file_size, fetch)


async def contact(update: Update, context: Context) -> None:
    card = update.message and update.message.contact
    if card:
        await attachments.receive_card(context.turn, card.phone_number, card.user_id)


async def not_words(update: Update, context: Context) -> None:
    message, turn = update.message, context.turn
    if message is None or await _is_album(turn, message):
        return
    if not await attachments.receive_media(turn, _content(message), message.message_id):
        await attachments.not_words(turn)


async def not_own(update: Update, context: Context) -> None:
    """A message that was forwarded, or sent via another bot, is nobody's answer."""
    message, reason = update.message, Reason.NOT_OWN_WORDS
    if message is not None and not await _is_album(context.turn, message, reason):
        await attachments.not_words(context.turn, reason)


async def _is_album(turn: Turn, message: Message, reason: Reason = Reason.TEXT_ONLY) -> bool:
    """Whether the message is one of several that belong together, which are answered once."""
    album = message.media_group_id
    if album is not None:
        await attachments.receive_album(turn, album[:_LONGEST_ALBUM], message.message_id, reason)
    return album is not None


async def edited(update: Update, context: Context) -> None:
    """An edit counts while what was made of the message is open; an age under 16 is heard in it, too."""
    message, turn = update.edited_message, context.turn
    if message is None or message.forward_origin is not None or message.via_bot is not None:
        return
    if turn.person is None or not (content := _content(message)):
        return
    if await conversation.gives_up_joining_for_age(turn, content):
        await requests.end_for_age(turn)
    else:
        await edits.receive(turn, content, message.message_id, _picture(message))


async def edited_into_command(update: Update, context: Context) -> None:
    """What a command does is done, and nothing is asked for by changing an old message."""
    message, turn = update.edited_message, context.turn
    if message is not None and turn.person is not None:
        await edits.say_it_is_settled(turn, message.message_id)


def _picture(message: Message) -> Picture | None:
    if not message.photo:
        return None
    return Picture(message.photo[-1].file_id, message.caption or "", _content(message), message.message_id)


def _content(message: Message) -> str:
    """What a message says: its text, or a picture or file and its caption; empty if it says nothing."""
    media = medium(message)
    return (f"{media[2]} " if media is not None else "") + (message.text or message.caption or "")


async def member(update: Update, context: Context) -> None:
    """After a block nothing more is sent. An unblock needs nothing here: any update makes them reachable again."""
    change, turn = update.my_chat_member, context.turn
    if change is None or turn.person is None:
        return
    if change.new_chat_member.status == "kicked":
        await outbox.unreachable(turn.session, turn.me.id, turn.now)
