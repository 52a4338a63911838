"""Messages that are neither commands nor presses: words, pictures, and everything that counts as neither."""

from telegram import Update

from actions.exchange import outbox, transcript
from actions.intake import conversation
from actions.rights import requests
from domain.outcomes.small import EditIgnored
from domain.refusal import Reason
from handlers import buttons
from handlers.turns import Context, said
from handlers.typed import button_named
from handlers.wishes import granted


async def text(update: Update, context: Context) -> None:
    """An age under 16 ends joining, a wish is heard, a typed label counts as its button, and anything else is words."""
    if update.message is None:
        return
    turn, typed = context.turn, said(update)
    if await conversation.gives_up_joining_for_age(turn, typed):
        await requests.end_for_age(turn)
        return
    if await granted(turn, typed):
        return
    data = await button_named(turn, typed)
    if data is not None:
        await buttons.run(turn, data)
    else:
        await conversation.receive(turn, typed, update.message.message_id)


async def photo(update: Update, context: Context) -> None:
    if update.message is not None:
        await conversation.receive_photo(context.turn, update.message.message_id)


async def not_words(update: Update, context: Context) -> None:
    del update
    await conversation.not_words(context.turn)


async def not_own(update: Update, context: Context) -> None:
    """A message that was forwarded, or sent via another bot, is nobody's answer."""
    del update
    await conversation.not_words(context.turn, Reason.NOT_OWN_WORDS)


async def edited(update: Update, context: Context) -> None:
    """Editing a message changes nothing; a change has to be typed again. Say so once per message."""
    turn = context.turn
    message = update.edited_message
    if turn.person is None or message is None:
        return
    key = f"edited:{turn.person.id}:{message.message_id}"
    if not await transcript.was_owed(turn.session, key):
        outbox.owe(turn.session, EditIgnored(), outbox.Recipient.of(turn.person), turn.now, key=key)
        await conversation.show_open(turn)


async def member(update: Update, context: Context) -> None:
    """After a block nothing more is sent. An unblock needs nothing here: any update makes them reachable again."""
    change, turn = update.my_chat_member, context.turn
    if change is None or turn.person is None:
        return
    if change.new_chat_member.status == "kicked":
        await outbox.unreachable(turn.session, turn.me.id, turn.now)
