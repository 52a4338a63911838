"""One party says before the deadline that it is over: the other is asked, and both hear if they see it differently."""

from telegram import InlineKeyboardButton

from domain.outcomes.pledging.nudges import AgreementAsked, AgreementOver, SeenDifferently
from domain.pledges import Status
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.people import at_start, short
from messages.pledging.statuses import one_says, titled
from messages.pledging.talking import another_day
from messages.quotes import quoted

_NO = {Status.KEPT: "nudge.button.disagree.kept", Status.ENDED: "nudge.button.disagree.end"}


def asked(outcome: AgreementAsked, w: Phrases) -> Message:
    about = "end" if outcome.status is Status.ENDED else "kept"
    other, what = at_start(short(w, outcome.other)), one_says(w, outcome.status)
    text = lines(
        first_line(w, "nudge.agree.title", title=titled(w, outcome.title)),
        quoted(w, outcome.text),
        w(f"nudge.agree.{about}", other=other, what=what),
        w("entered.agree") if outcome.reported else None,
        w("nudge.agree.rule", day=w.day(outcome.closes_on)) if outcome.closes_on else None,
    )
    no = _NO.get(outcome.status, "nudge.button.disagree")
    return Message(
        text,
        keyboard(
            [button(w.label(f"nudge.button.agree.{about}"), Verb.AGREE, outcome.pledge_id, outcome.status)],
            [button(w.label(no), Verb.DISAGREE, outcome.pledge_id)],
        ),
    )


def seen_differently(outcome: SeenDifferently, w: Phrases) -> Message:
    about = "end" if outcome.status is Status.ENDED else "other"
    reader = "mine" if outcome.mine else "theirs"
    other = at_start(short(w, outcome.other))
    said = w(f"nudge.differ.{about}.{reader}", other=other, what=one_says(w, outcome.status))
    talk = [another_day(outcome.pledge_id, outcome.talk_on, w)]
    return _about(outcome.pledge_id, outcome.title, lines(said, w("nudge.differ")), w, talk)


def over(outcome: AgreementOver, w: Phrases) -> Message:
    other = at_start(short(w, outcome.other))
    if outcome.ended:
        said = w("pledge.card.state.ended")
    elif outcome.status is None:
        said = w("nudge.agree.taken_back", other=other)
    else:
        said = w("nudge.agree.changed", other=other, what=one_says(w, outcome.status))
    return _about(outcome.pledge_id, outcome.title, said, w)


def _about(
    pledge_id: int, title: str, said: str, w: Phrases, talk: list[InlineKeyboardButton] | None = None
) -> Message:
    look = button(w.label("pledge.button.look"), Verb.PLEDGE, pledge_id)
    return Message(
        lines(first_line(w, "pledge.about", title=titled(w, title)), said), keyboard(talk or [], [look])
    )
