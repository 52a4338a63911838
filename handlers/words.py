"""Words, pictures, and what counts as neither."""

from telegram import Update

from actions import conversation, outbox
from actions.turn import Turn
from domain.outcomes.small import EditIgnored, GroupHint
from handlers.turns import Context, said


async def text(update: Update, context: Context) -> None:
    if update.message is not None:
        await conversation.hear(context.turn, said(update), update.message.message_id)


async def photo(update: Update, context: Context) -> None:
    if update.message is not None:
        await conversation.hear_photo(context.turn, update.message.message_id)


async def not_words(update: Update, context: Context) -> None:
    del update
    await conversation.not_words(context.turn)


async def edited(update: Update, context: Context) -> None:
    """What was said stays said; a change has to be typed anew. Said once a message."""
    turn = context.turn
    message = update.edited_message
    if turn.person is None or message is None:
        return
    key = f"edited:{turn.person.id}:{message.message_id}"
    if not await outbox.exists_with(turn.session, key):
        outbox.tell(
            turn.session, EditIgnored(), chat_id=turn.chat_id, person=turn.person, now=turn.now, key=key
        )


async def group(update: Update, context: Context) -> None:
    """One hint per group, then silence."""
    del update
    turn = context.turn
    key = f"group:{turn.chat_id}"
    if not await outbox.exists_with(turn.session, key):
        outbox.show(turn.session, GroupHint, None, chat_id=turn.chat_id, person=None, now=turn.now, key=key)


async def member(update: Update, context: Context) -> None:
    """Blocked or unblocked: nothing is sent into the void, and nothing floods on return."""
    change = update.my_chat_member
    if change is None or context.turn.person is None or change.chat.type != "private":
        return
    await _reachable(context.turn, reachable=change.new_chat_member.status != "kicked")


async def _reachable(turn: Turn, *, reachable: bool) -> None:
    if reachable:
        turn.me.unreachable_since = None
    else:
        await outbox.unreachable(turn.session, turn.me.id, turn.now)


async def nothing(update: Update, context: Context) -> None:
    """Channel posts, reactions and whatever comes next: nobody asked."""
    del update, context
