"""The people of one's workshops as the team reads them: a list, how far they have come, and one of them."""

from typing import assert_never

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.outcomes.matching import Card
from domain.outcomes.organising.participants import (
    DoubleShown,
    DoublesListed,
    ParticipantAsked,
    Participants,
    ParticipantShown,
    ParticipantsListed,
    StandingsCounted,
)
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.matching.cards import described, on_button
from messages.message import Message, button, keyboard
from messages.names import listed
from messages.paging import turning
from messages.people import full
from messages.places_to_go import to_menu

_TITLE = 60  # UTF-16 units of a workshop's name
_TITLES = 3
_LIST = 240  # of topics on one line
_PART = 40  # of a name or a place in a list


def render(outcome: Participants, w: Phrases) -> Message:
    match outcome:
        case ParticipantsListed():
            return _list(outcome, w)
        case StandingsCounted():
            return _standings(outcome, w)
        case ParticipantAsked():
            cancel = button(w.label("orga.button.cancel"), Verb.CANCEL)
            return Message(w("orga.people.ask"), keyboard([cancel]))
        case ParticipantShown():
            return _card(outcome, w)
        case DoublesListed():
            return _doubles(outcome, w)
        case DoubleShown():
            return _double(outcome, w)
    assert_never(outcome)


def _list(outcome: ParticipantsListed, w: Phrases) -> Message:
    """Its numbers are no ranking: they are for names made of pictures only."""
    of = w.label(f"orga.people.standing.{outcome.standing}") if outcome.standing is not None else None
    text = lines(
        w("orga.people.title", page=outcome.page + 1, pages=outcome.pages),
        w("orga.people.of", standing=of) if of is not None else None,
        w("orga.people.searched") if outcome.searched else None,
        w.count("orga.people.found", outcome.found) if outcome.found else w("orga.people.nobody"),
        w("orga.people.noted") if outcome.found else None,
    )
    each = [
        [button(on_button(w, "orga.button.claim", card, number), Verb.PEOPLE_CARD, person_id)]
        for number, (person_id, card) in enumerate(outcome.people, outcome.first)
    ]
    narrowed = outcome.searched or outcome.standing is not None
    claims = button(w.label("orga.button.claims", n=outcome.to_confirm), Verb.CLAIMS)
    return Message(
        text,
        keyboard(
            *each,
            turning(outcome, w, Verb.PEOPLE_PAGE),
            [_find(w), button(w.label("orga.people.button.filter"), Verb.PEOPLE_BY)],
            [_everybody(w)] if narrowed else [],
            [claims] if outcome.to_confirm else [],
            [to_menu(w)],
        ),
    )


def _find(w: Phrases) -> InlineKeyboardButton:
    return button(w.label("orga.people.button.find"), Verb.PEOPLE_FIND)


def _everybody(w: Phrases) -> InlineKeyboardButton:
    return button(w.label("orga.people.button.all"), Verb.PEOPLE)


def _standings(outcome: StandingsCounted, w: Phrases) -> Message:
    each = [
        [
            button(
                w.label(
                    "orga.people.button.standing",
                    standing=w.label(f"orga.people.standing.{standing}"),
                    n=number,
                ),
                Verb.PEOPLE_OF,
                standing,
            )
        ]
        for standing, number in outcome.options
    ]
    twice = button(w.label("orga.people.button.doubles", n=outcome.doubles), Verb.DOUBLES, 0)
    return Message(
        w("orga.people.filter"),
        keyboard(*each, [twice] if outcome.doubles else [], [_everybody(w)], [to_menu(w)]),
    )


def _doubles(outcome: DoublesListed, w: Phrases) -> Message:
    ranked = list(enumerate(outcome.pairs, outcome.first))
    said = [
        w("orga.doubles.line", number=at, one=_short(one), other=_short(other))
        for at, (_, _, one, other) in ranked
    ]
    rows = [
        [
            button(
                w.fitted("orga.doubles.button", number=at, name=full(w, one.name)),
                Verb.DOUBLE,
                one_id,
                other_id,
            )
        ]
        for at, (one_id, other_id, one, _) in ranked
    ]
    text = lines(
        w("orga.doubles" if said else "orga.doubles.none"), *said, w("orga.doubles.about") if said else None
    )
    return Message(text, keyboard(*rows, turning(outcome, w, Verb.DOUBLES), [_everybody(w)], [to_menu(w)]))


def _short(card: Card) -> str:
    return ", ".join(cut(part, _PART) for part in (card.name, card.place or card.organisation) if part)


def _double(outcome: DoubleShown, w: Phrases) -> Message:
    """A tap says whose profile stays; the link says in which account it is from then on."""
    who = [
        w("orga.double.who", number=at, who=Markup(" · ").join(described(card, w)))
        for at, (_, card) in enumerate(outcome.people, 1)
    ]
    keep = [
        [button(w.label("orga.double.button", number=at), Verb.ACCOUNT, person_id)]
        for at, (person_id, _) in enumerate(outcome.people, 1)
    ]
    back = button(w.label("orga.double.button.back"), Verb.DOUBLES, 0)
    two = button(
        w.label("orga.double.button.two"), Verb.DOUBLE_TWO, *(each for each, _ in outcome.people[:2])
    )
    text = lines(w("orga.double"), *who, w("orga.double.how"))
    return Message(text, keyboard(*keep, [two], [back], [to_menu(w)]))


def _card(outcome: ParticipantShown, w: Phrases) -> Message:
    who = described(outcome.card, w)
    titles = " · ".join(cut(each, _TITLE) for each in outcome.workshops[:_TITLES])
    held = " · ".join(w.label(f"orga.people.standing.{each}") for each in outcome.standings)
    text = lines(
        w("orga.people.card"),
        *who,
        _topics("seeks", outcome.seeks, w),
        _topics("offers", outcome.offers, w),
        w("orga.people.card.in", workshops=titles),
        w("orga.people.card.standings", standings=held) if held else None,
        w("orga.people.card.told"),
    )
    role = button(w.label("guests.button.claim"), Verb.CLAIM, outcome.person_id)
    guest = button(w.label("orga.people.button.guest"), Verb.GUEST, outcome.guest_id)
    return Message(
        text,
        keyboard(
            [role] if outcome.claims else [],
            [guest] if outcome.guest_id else [],
            [button(w.label("orga.button.why"), Verb.WHY_OF, outcome.person_id)],
            [_find(w), _everybody(w)],
            [to_menu(w)],
        ),
    )


def _topics(which: str, topic_ids: tuple[str, ...], w: Phrases) -> Markup | None:
    return w(f"orga.people.card.{which}", topics=cut(listed(w, topic_ids), _LIST)) if topic_ids else None
