"""The other party's yes: the proposal, and what becomes of it."""

from markupsafe import Markup
from telegram import InlineKeyboardMarkup

from domain.absence import Absence
from domain.outcomes.pledging.partners import PartnerUnreachable
from domain.outcomes.pledging.pledges import (
    ProposalDeclined,
    ProposalQuiet,
    ProposalSent,
    Proposed,
    Withdrawn,
    YouDeclined,
)
from domain.pledges import Acts
from messages.absence import absent
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line, fits
from messages.fitting import fitted
from messages.lines import lines
from messages.matching.cards import acquainted
from messages.message import Message, button, keyboard
from messages.office import beside, the_two
from messages.people import at_start, full, short
from messages.pledging.amendments import complain, why_not
from messages.pledging.days import said, take
from messages.pledging.history import way_there
from messages.pledging.statuses import titled
from messages.pledging.wariness import to_reader, under_way
from messages.quotes import quoted


def proposed(outcome: Proposed, w: Phrases) -> Message:
    pledge_id = outcome.pledge_id
    title, sentence = _invitation(outcome, w)
    text = lines(
        title,
        acquainted(outcome.known_from, w),
        to_reader(outcome.text, w),
        sentence,
        w("pledge.day", day=w.due(outcome.deadline)),
        said(outcome.said, w),
        w("pledge.proposed.rule", two=the_two(outcome.offices, outcome.proposer, w)),
        w("pledge.silence") if outcome.tells_of_silence else None,
    )
    return Message(
        text,
        keyboard(
            [button(w.label("pledge.button.accept"), Verb.ACCEPT, pledge_id, outcome.revision)],
            *take(outcome.said, pledge_id, w),
            [
                button(w.label("pledge.button.adjust"), Verb.ADJUST, pledge_id),
                button(w.label("pledge.button.deadline"), Verb.DEADLINE, pledge_id),
            ],
            [
                button(w.label("pledge.button.decline"), Verb.DECLINE, pledge_id),
                button(w.label("decline.button.because"), Verb.NO_BECAUSE, pledge_id, 0),
            ],
            [
                *way_there(pledge_id, w, exists=outcome.has_history),
                button(w.label("pledge.button.complain"), Verb.COMPLAIN, pledge_id),
            ],
        ),
    )


def _invitation(outcome: Proposed, w: Phrases) -> tuple[Markup, Markup]:
    """The first line, and who would do what. A name too long for the first line is in the second one in full."""
    key = "pledge.proposed" if outcome.revision == 1 else "pledge.proposed.adjusted"
    who = "both" if outcome.acts is Acts.BOTH else outcome.side
    whole, text = full(w, outcome.proposer), quoted(w, outcome.text)
    if fits(w, key, other=whole):
        return w(key, other=whole), w(f"pledge.proposed.{who}", other=short(w, outcome.proposer), text=text)
    return w("pledge.proposed.long_name"), w(f"pledge.proposed.{who}", other=whole, text=text)


def _away(outcome: ProposalSent, w: Phrases) -> Markup | None:
    if outcome.absence is Absence.PAUSED and outcome.other:
        return w("pledge.sent.paused", other=at_start(short(w, outcome.other)))
    return absent(outcome.absence, outcome.other, w)


def sent(outcome: ProposalSent, w: Phrases) -> Message:
    text = lines(
        first_line(w, "pledge.sent.title", other=full(w, outcome.other)),
        w("pledge.day", day=w.due(outcome.deadline)),
        said(outcome.said, w),
        *under_way(outcome.counter, outcome.gap, outcome.other, w),
        w("pledge.sent", other=short(w, outcome.other)),
        beside(outcome.offices, outcome.other, w),
        _away(outcome, w),
    )
    return Message(
        text,
        keyboard(
            *take(outcome.said, outcome.pledge_id, w),
            [
                button(w.label("pledge.button.all"), Verb.PLEDGES),
                button(w.label("pledge.button.take_back"), Verb.DROP, outcome.pledge_id),
            ],
        ),
    )


def declined(outcome: ProposalDeclined, w: Phrases) -> Message:
    said = outcome.because is not None or outcome.reason
    text = fitted(
        lambda room: lines(
            first_line(w, "pledge.about", title=titled(w, outcome.title)),
            w("decline.told" if said else "pledge.declined", other=short(w, outcome.other)),
            why_not(outcome.because, outcome.reason, outcome.other, room, w),
            w("decline.go_on") if said else None,
        )
    )
    return Message(
        text,
        keyboard(
            [button(w.label("pledge.button.new"), Verb.PLEDGE_NEW)],
            [button(w.label("pledge.button.all"), Verb.PLEDGES)],
            complain(outcome.reason, outcome.pledge_id, w),
        ),
    )


def you_declined(outcome: YouDeclined, w: Phrases) -> Message:
    key = "decline.you" if outcome.said_why else "pledge.you_declined"
    return Message(w(key, other=short(w, outcome.other)), _all(w))


def quiet(outcome: ProposalQuiet, w: Phrases) -> Message:
    text = lines(
        first_line(w, "pledge.about", title=titled(w, outcome.title)),
        w("pledge.quiet", other=short(w, outcome.other, dative=True)),
        absent(outcome.absence, outcome.other, w),
    )
    look = button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)
    back = button(w.label("pledge.button.take_back"), Verb.DROP, outcome.pledge_id)
    return Message(text, keyboard([look, back]))


def withdrawn(outcome: Withdrawn, w: Phrases) -> Message:
    key = "pledge.withdrawn.by_me" if outcome.by_me else "pledge.withdrawn"
    return Message(w(key, other=at_start(short(w, outcome.other))), _all(w))


def _all(w: Phrases) -> InlineKeyboardMarkup | None:
    return keyboard([button(w.label("pledge.button.all"), Verb.PLEDGES)])


def unreachable(outcome: PartnerUnreachable, w: Phrases) -> Message:
    """How to go on without us: by the contact that the other shared, else with the team's help. No reason is known."""
    title = w("pledge.about", title=titled(w, outcome.title))
    other = short(w, outcome.other)
    if outcome.intro_id is not None:
        how = w("pledge.unreachable.contact", other=other)
        contact = [button(w.label("pledge.button.contact"), Verb.INTRO, outcome.intro_id)]
    else:
        team = Markup.escape(outcome.contact) if outcome.contact else w("rights.no_contact")
        how, contact = w("pledge.unreachable.team", contact=team), []
    look = [button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)]
    said = w("pledge.unreachable", other=at_start(other))
    return Message(lines(title, said, how), keyboard(contact, look))
