"""What an MP, their office and organisers read about the office, and about the end of a mandate."""

from typing import assert_never

from markupsafe import Markup
from telegram import CopyTextButton, InlineKeyboardButton

from domain.offices import SEATS
from domain.outcomes.organising.offices import (
    MandateAsked,
    MandateLink,
    MandateOffered,
    MandateOver,
    MandatePassedOn,
    MandateTaken,
    OfficeBegins,
    OfficeCard,
    OfficeFull,
    OfficeInvitation,
    OfficeLeft,
    OfficeOffered,
    Offices,
    Officing,
    OwnOffices,
    PledgePassedOn,
    PledgeResigned,
    Seat,
    SeatAsked,
    SeatConfirmed,
    SeatEnded,
    SeatJoined,
    SeatWaits,
)
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.lines import lines
from messages.message import Message, Row, button, keyboard
from messages.paging import turning
from messages.people import full
from messages.places_to_go import to_menu
from messages.pledging.statuses import titled


def render(outcome: Officing, w: Phrases) -> Message:  # noqa: C901, PLR0911, PLR0912 - a case per outcome
    match outcome:
        case OfficeCard():
            return _card(outcome, w)
        case Offices():
            return _list(outcome, w)
        case OwnOffices():
            return _own(outcome, w)
        case OfficeInvitation():
            return _invitation(outcome, w)
        case OfficeOffered():
            return _offered(outcome, w)
        case OfficeLeft():
            return Message(w("office.left"))
        case SeatAsked():
            return _asked(outcome, w)
        case SeatWaits():
            return Message(w("office.waits", mp=full(w, outcome.mp)))
        case SeatConfirmed():
            return _confirmed(outcome, w)
        case SeatJoined():
            to_office = button(w.label("office.button.office"), Verb.OFFICE, outcome.mp_id)
            return Message(w("office.joined", name=full(w, outcome.name)), keyboard([to_office]))
        case SeatEnded():
            return Message(w("office.ended" if outcome.mp else "office.gone", mp=full(w, outcome.mp)))
        case OfficeFull():
            return Message(w("office.full"))
        case MandateAsked():
            return _mandate(outcome, w)
        case MandateOver():
            key = "office.mandate.over.mine" if outcome.mine else "office.mandate.over"
            return Message(w.count(key, outcome.pledges, mp=full(w, outcome.mp)))
        case MandateLink():
            return _mandate_link(outcome, w)
        case MandateOffered():
            return _mandate_offered(outcome, w)
        case MandateTaken():
            text = w.count("office.mandate.taken", outcome.pledges, mp=full(w, outcome.mp))
            return Message(text, keyboard([button(w.label("pledge.button.all"), Verb.PLEDGES)]))
        case MandatePassedOn():
            return Message(w.count("office.mandate.passed_on", outcome.pledges, name=full(w, outcome.name)))
        case OfficeBegins():
            return _begins(outcome, w)
        case PledgePassedOn():
            return _passed_on(outcome, w)
        case PledgeResigned():
            return _resigned(outcome, w)
    assert_never(outcome)


def _card(outcome: OfficeCard, w: Phrases) -> Message:
    kind = "mine" if outcome.mine else "theirs"
    text = lines(
        first_line(w, f"office.card.{kind}", mp=full(w, outcome.mp)),
        *(
            w(f"office.seat.{'taken' if each.confirmed else 'asks'}", name=full(w, each.name))
            for each in outcome.seats
        ),
        w(f"office.card.{kind}.what", mp=full(w, outcome.mp)),
        w("office.card.hand_over", mp=full(w, outcome.mp)) if any(map(_is_own, outcome.seats)) else None,
    )
    invite = button(w.label("office.button.invite"), Verb.OFFICE_INVITE, outcome.mp_id)
    may_invite = outcome.may_decide and sum(each.confirmed for each in outcome.seats) < SEATS
    over = button(w.label("office.button.mandate"), Verb.MANDATE, outcome.mp_id)
    rows = [row for each in outcome.seats for row in _seat(each, outcome, w)]
    stays = button(w.label(f"presence.button.{kind}"), Verb.PRESENCE, outcome.mp_id)
    return Message(
        text, keyboard([stays] if outcome.is_due else [], [invite] if may_invite else [], *rows, [over])
    )


def _is_own(seat: Seat) -> bool:
    return seat.mine and seat.confirmed


def _seat(seat: Seat, outcome: OfficeCard, w: Phrases) -> list[Row]:
    """What the reader may do about this seat."""
    if _is_own(seat):
        hand_over = button(w.label("office.button.hand_over"), Verb.OFFICE_INVITE, outcome.mp_id)
        return [
            [hand_over],
            [button(w.label("office.button.leave"), Verb.SEAT_END, seat.seat_id, seat.version)],
        ]
    if not outcome.may_decide:
        return []
    ok = button(
        w.fitted("office.button.ok", name=full(w, seat.name)), Verb.SEAT_OK, seat.seat_id, seat.version
    )
    away = button(
        w.fitted("office.button.end", name=full(w, seat.name)), Verb.SEAT_END, seat.seat_id, seat.version
    )
    return [[away]] if seat.confirmed else [[ok], [away]]


def _invitation(outcome: OfficeInvitation, w: Phrases) -> Message:
    """Passed on whole, without its buttons."""
    said = w.to_forward()
    head = first_line(said, "office.invitation", mp=full(said, outcome.mp))
    return _to_pass_on(outcome, head, said("office.invitation.what", mp=full(said, outcome.mp)), w)


def _to_pass_on(outcome: OfficeInvitation | MandateLink, head: Markup, what: Markup, w: Phrases) -> Message:
    said = w.to_forward()
    link = Markup('<a href="{link}">{link}</a>').format(link=outcome.link)
    rules = said("office.invitation.rules", day=said.due(outcome.until), code=f"b_{outcome.code}")
    copy = InlineKeyboardButton(w.label("entered.button.copy_link"), copy_text=CopyTextButton(outcome.link))
    back = button(w.label("office.button.back"), Verb.OFFICE, outcome.mp_id)
    return Message(lines(head, what, link, rules), keyboard([copy], [back]))


def _offered(outcome: OfficeOffered, w: Phrases) -> Message:
    text = lines(
        first_line(w, "office.offered", mp=full(w, outcome.mp)),
        w("office.offered.what", mp=full(w, outcome.mp)),
    )
    yes = button(w.label("office.button.accept"), Verb.OFFICE_YES, outcome.code_id)
    no = button(w.label("office.button.decline"), Verb.OFFICE_NO, outcome.code_id)
    return Message(text, keyboard([yes], [no]))


def _list(outcome: Offices, w: Phrases) -> Message:
    rows = [
        [button(w.fitted("office.button.of", number=number, mp=full(w, name)), Verb.OFFICE, mp_id)]
        for mp_id, name, number in outcome.mps
    ]
    text = lines(w("office.list"), None if outcome.mps else w("office.list.none"))
    return Message(text, keyboard(*rows, turning(outcome, w, Verb.OFFICES), [to_menu(w)]))


def _own(outcome: OwnOffices, w: Phrases) -> Message:
    rows = [
        [button(w.fitted("office.button.mp", mp=full(w, name)), Verb.OFFICE, mp)] for mp, name in outcome.mps
    ]
    return Message(w("office.own"), keyboard(*rows))


def _asked(outcome: SeatAsked, w: Phrases) -> Message:
    if outcome.done:
        return Message(w("office.asked.done", name=full(w, outcome.name)))
    ok = button(w.label("office.button.yes"), Verb.SEAT_OK, outcome.seat_id, outcome.version)
    no = button(w.label("office.button.no"), Verb.SEAT_END, outcome.seat_id, outcome.version)
    return Message(w("office.asked", name=full(w, outcome.name)), keyboard([ok], [no]))


def _confirmed(outcome: SeatConfirmed, w: Phrases) -> Message:
    text = lines(
        first_line(w, "office.confirmed", mp=full(w, outcome.mp)),
        w("office.confirmed.what", mp=full(w, outcome.mp)),
        w.count("office.confirmed.live", outcome.pledges) if outcome.pledges else None,
    )
    to_office = button(w.label("office.button.office"), Verb.OFFICE, outcome.mp_id)
    return Message(text, keyboard([button(w.label("pledge.button.all"), Verb.PLEDGES)], [to_office]))


def _mandate(outcome: MandateAsked, w: Phrases) -> Message:
    who = "mine" if outcome.mine else "theirs"
    text = lines(
        first_line(w, f"office.mandate.{who}", mp=full(w, outcome.mp)),
        w.count("office.mandate.pledges", outcome.pledges) if outcome.pledges else None,
        w("office.mandate.told"),
    )
    go = button(w.label("office.button.mandate_end"), Verb.MANDATE_END, outcome.mp_id, outcome.seen)
    back = button(w.label("office.button.back"), Verb.OFFICE, outcome.mp_id)
    pass_on = button(w.label("office.button.mandate_pass"), Verb.MANDATE_LINK, outcome.mp_id)
    return Message(text, keyboard([pass_on] if outcome.pledges else [], [go], [back]))


def _mandate_link(outcome: MandateLink, w: Phrases) -> Message:
    """Passed on whole, without its buttons."""
    said = w.to_forward()
    head = first_line(said, "office.mandate.link", mp=full(said, outcome.mp))
    return _to_pass_on(outcome, head, said("office.mandate.link.what", mp=full(said, outcome.mp)), w)


def _mandate_offered(outcome: MandateOffered, w: Phrases) -> Message:
    text = lines(
        first_line(w, "office.mandate.offered", mp=full(w, outcome.mp)),
        w.count("office.mandate.offered.what", outcome.pledges, mp=full(w, outcome.mp)),
        w("office.mandate.offered.ends", mp=full(w, outcome.mp)) if outcome.ends else None,
        w("pledge.silence"),
    )
    yes = button(w.label("office.button.take_over"), Verb.MANDATE_YES, outcome.code_id)
    no = button(w.label("office.button.decline"), Verb.MANDATE_NO, outcome.code_id)
    return Message(text, keyboard([yes], [no]))


def _begins(outcome: OfficeBegins, w: Phrases) -> Message:
    look = button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)
    title = first_line(w, "office.begins.title", other=full(w, outcome.other))
    return Message(lines(title, w("office.begins")), keyboard([look]))


def _passed_on(outcome: PledgePassedOn, w: Phrases) -> Message:
    look = button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)
    said = w("office.passed_on", other=full(w, outcome.other), before=full(w, outcome.before))
    return Message(
        lines(first_line(w, "pledge.about", title=titled(w, outcome.title)), said), keyboard([look])
    )


def _resigned(outcome: PledgeResigned, w: Phrases) -> Message:
    look = button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)
    title = first_line(w, "pledge.about", title=titled(w, outcome.title))
    return Message(lines(title, w("office.resigned", other=full(w, outcome.other))), keyboard([look]))
