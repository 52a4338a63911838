"""What organisers see: the menu, workshops to choose from, role claims, counts."""

from collections.abc import Sequence

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.care import ConcernKind
from domain.guest_lists import GuestRow
from domain.outcomes.organising.desk import (
    ClaimsWaiting,
    DeskTask,
    NoClaims,
    OrgaMenu,
    OrgaWorkshop,
    RoleClaim,
    RoleClaims,
    RoleDecided,
    WorkshopAsked,
)
from domain.words import cut, told_apart
from messages.buttons import Verb
from messages.catalogue import BUTTON, Phrases
from messages.lines import lines
from messages.matching.cards import described, on_button
from messages.message import Message, Row, button, keyboard
from messages.names import role
from messages.paging import turning
from messages.people import full
from messages.places_to_go import to_menu

_PLACE = 60  # UTF-16 units of a place or an organisation
TITLE = 120  # UTF-16 units of a workshop's name


def menu(outcome: OrgaMenu, w: Phrases) -> Message:
    text = lines(
        w("orga.menu.title"),
        w.count("orga.menu.pledges", outcome.pledges) if outcome.pledges is not None else None,
        w("orga.menu" if outcome.workshops or not outcome.everywhere else "orga.menu.no_workshop"),
    )
    return Message(text, keyboard(*_workshops(outcome, w), *_tasks(outcome, w)))


def _workshops(outcome: OrgaMenu, w: Phrases) -> list[Row]:
    """To the card of each; whoever may see numbers only is shown those."""
    labels = workshop_labels(outcome.workshops, w)
    to_card = outcome.receives
    each = [
        [
            button(label, Verb.WORKSHOP, one.workshop_id)
            if to_card
            else button(label, Verb.IN_WORKSHOP, one.workshop_id, DeskTask.COUNTS)
        ]
        for label, one in zip(labels, outcome.workshops, strict=True)
    ]
    if outcome.all_workshops > len(outcome.workshops):
        every = w.label("orga.button.workshops", n=outcome.all_workshops)
        each.append([button(every, Verb.WORKSHOPS, DeskTask.CARD if to_card else DeskTask.COUNTS, 0)])
    return each


def _tasks(outcome: OrgaMenu, w: Phrases) -> list[Row]:
    """What this reader may do, with the day's numbers."""
    rows = [*(_receiving(outcome, w) if outcome.receives else [])]
    if outcome.runs:
        rows += _running(outcome, w)
    elif outcome.counts:
        rows.append([button(w.label("orga.button.counts"), Verb.COUNTS)])
    if outcome.receives:
        opens = button(w.label("orga.button.workshop_new"), Verb.WORKSHOP_NEW)
        rows.append([button(w.label("orga.button.why"), Verb.WHY), *([opens] if outcome.everywhere else [])])
    to_team = [button(w.label("orga.button.team"), Verb.MEMBERS, 0)] if outcome.runs else []
    return [*rows, [*to_team, button(w.label("orga.button.my_role"), Verb.MY_ROLE)]]


def _receiving(outcome: OrgaMenu, w: Phrases) -> list[Row]:
    asked = w.label("orga.button.inquiries", n=outcome.inquiries or 0)
    return [
        [button(w.label("orga.button.care"), Verb.CARE)],
        [button(w.label("orga.button.claims", n=outcome.to_confirm), Verb.CLAIMS)],
        [button(w.label("orga.button.people"), Verb.PEOPLE)],
        [button(asked, Verb.INQUIRIES)] if outcome.inquiries is not None else [],
        [button(w.label("presence.button.list"), Verb.PRESENCES, 0)] if outcome.is_on else [],
    ]


def _running(outcome: OrgaMenu, w: Phrases) -> list[Row]:
    reported = w.label("orga.button.complaints", n=outcome.complaints)
    calls = w.label("orga.button.help_calls", n=outcome.help_calls)
    calendars = button(w.label("orga.button.calendars"), Verb.CALENDARS)
    open_words = button(w.label("orga.button.open_words"), Verb.OPEN_WORDS)
    return [
        [button(reported, Verb.COMPLAINTS)] if outcome.complaints else [],
        [button(calls, Verb.CARE_LIST, ConcernKind.HELP_CALL, 0)] if outcome.help_calls else [],
        [button(_numbered("broadcast", outcome.announcements, w), Verb.BROADCAST)],
        [
            button(w.label("orga.button.counts"), Verb.COUNTS),
            button(_numbered("report", outcome.report, w), Verb.REPORTS),
        ],
        [
            button(_numbered("round", outcome.rounds, w), Verb.ROUND),
            button(w.label("orga.button.timetable"), Verb.TIMETABLES),
        ],
        [
            button(w.label("roundtables.button.roundtables"), Verb.ROUNDTABLES),
            button(w.label("moment.button.begin"), Verb.MOMENTS),
        ],
        [
            *([button(w.label("orga.button.released"), Verb.RELEASED)] if outcome.released else []),
            button(_numbered("wall", outcome.wall, w), Verb.WALL),
        ],
        [button(w.label("export.button"), Verb.EXPORTS)],
        [calendars, open_words] if outcome.everywhere else [],
        [button(w.label("orga.button.offices"), Verb.OFFICES, 0), *_entered(outcome, w)],
    ]


def _numbered(task: str, number: int, w: Phrases) -> str:
    """The label of a task, with how many of it are begun and wait."""
    label = w.label(f"orga.button.{task}")
    return w.plain("orga.button.waiting", label=label, number=number) if number else label


def _entered(outcome: OrgaMenu, w: Phrases) -> Row:
    return [button(w.label("orga.button.entries"), Verb.TEAM_ENTRIES, 0)] if outcome.entered else []


def workshop_labels(workshops: Sequence[OrgaWorkshop], w: Phrases) -> list[str]:
    """What their buttons say: their names, with the number of people if it may be told."""
    counted = [one.people for one in workshops if isinstance(one.people, int)]
    number = w.plain("orga.button.workshop", title="", number=max(counted)) if counted else ""
    read = workshop_names(workshops, BUTTON - len(number), w)
    return [
        w.plain("orga.button.workshop", title=name, number=one.people)
        if isinstance(one.people, int)
        else name
        for name, one in zip(read, workshops, strict=True)
    ]


def workshop_names(workshops: Sequence[OrgaWorkshop], room: int, w: Phrases) -> list[str]:
    """Their titles, told apart; the day goes before one that another is called, too, or of which no letter is left."""
    titles = [one.title for one in workshops]
    dated = [w.plain("orga.button.workshop.on", title=one.title, day=w.day(one.day)) for one in workshops]
    names = told_apart(
        [title if titles.count(title) == 1 else on for title, on in zip(titles, dated, strict=True)], room
    )
    return [
        name if any(map(str.isalnum, name)) else cut(on, room) for name, on in zip(names, dated, strict=True)
    ]


def workshop_asked(outcome: WorkshopAsked, w: Phrases) -> Message:
    labels = workshop_labels(outcome.workshops, w)
    each = [
        [button(label, Verb.IN_WORKSHOP, one.workshop_id, outcome.task)]
        for label, one in zip(labels, outcome.workshops, strict=True)
    ]
    turned = turning(outcome, w, Verb.WORKSHOPS, outcome.task)
    asks = "orga.which_workshop.kept" if outcome.kept else "orga.which_workshop"
    return Message(w(asks), keyboard(*each, turned, [to_menu(w)]))


def workshop_line(title: str, w: Phrases) -> Markup:
    """The line that says which workshop a message is about."""
    return w("orga.in_workshop", title=cut(title, TITLE))


def role_claims(outcome: RoleClaims, w: Phrases) -> Message:
    """A list to look through. Its numbers are no ranking: they are for names made of pictures only."""
    each = [
        [button(on_button(w, "orga.button.claim", card, n), Verb.CLAIM, person_id)]
        for n, (person_id, card) in enumerate(outcome.people, outcome.first)
    ]
    which = "orga.claims.refused" if outcome.refused else "orga.claims"
    titled = "orga.claims.refused.title" if outcome.refused else "orga.claims.title"
    title = w(titled, page=outcome.page + 1, pages=outcome.pages)
    turned = turning(outcome, w, Verb.CLAIMS_REFUSED if outcome.refused else Verb.CLAIMS_PAGE)
    after_all = _refused(w) if outcome.others_refused else []
    return Message(
        lines(title, w.count(which, outcome.waiting)),
        keyboard(*each, turned, after_all, _find(w), [to_menu(w)]),
    )


def no_claims(outcome: NoClaims, w: Phrases) -> Message:
    refused = _refused(w) if outcome.others_refused else []
    return Message(w("orga.claims.none"), keyboard(refused, _find(w), [to_menu(w)]))


def _find(w: Phrases) -> Row:
    """On to anybody else."""
    return [button(w.label("orga.button.find"), Verb.PEOPLE_FIND)]


def _refused(w: Phrases) -> Row:
    return [button(w.label("orga.button.claims_refused"), Verb.CLAIMS_REFUSED, 0)]


def claims_waiting(outcome: ClaimsWaiting, w: Phrases) -> Message:
    if not outcome.waiting:
        return Message(
            lines(w("orga.claims.settled.title"), w("orga.claims.settled")), keyboard([to_menu(w)])
        )
    text = lines(w.count("orga.claims.waiting.title", outcome.waiting), w("orga.claims.waiting"))
    return Message(text, keyboard([button(w.label("orga.button.claims", n=outcome.waiting), Verb.CLAIMS)]))


def role_claim(outcome: RoleClaim, w: Phrases) -> Message:
    alike = [w("orga.claim.looks_like")] if outcome.looks_like_confirmed else []
    person = [*described(outcome.card, w), *_beside(outcome, w), *alike]
    changed = w("orga.claim.changed") if outcome.changed else None
    if outcome.decided is not None:
        text = lines(w("orga.claim.title"), changed, *person, _decision(outcome, w))
        return Message(text, keyboard(*_after_decision(outcome, w)))
    more = w.count("orga.claim.left", outcome.left) if outcome.left else None
    return Message(
        lines(w("orga.claim.title"), changed, *person, w("orga.claim"), more),
        keyboard(
            [_deciding("claim_yes", Verb.CLAIM_YES, outcome, w)],
            [_deciding("claim_no", Verb.CLAIM_NO, outcome, w)],
            _others(outcome, w),
        ),
    )


def _beside(outcome: RoleClaim, w: Phrases) -> list[Markup]:
    """How the guest list calls them, and everybody whose name is the same or looks so, side by side."""
    listed = [w("orga.claim.listed", who=_said(each, w)) for each in outcome.listed]
    beside = [w("orga.claim.beside", who=_said(each, w)) for each in outcome.beside]
    namesakes = [
        w("orga.claim.namesake", who=" · ".join(filter(None, (full(w, each.name), cut(each.place, _PLACE)))))
        for each in outcome.namesakes
    ]
    return [*listed, *beside, *namesakes]


def _said(row: GuestRow, w: Phrases) -> str:
    what = role(w, row.role) if row.role is not None else ""
    parts = (full(w, row.name), cut(row.organisation, _PLACE), cut(row.place, _PLACE), what)
    return " · ".join(filter(None, parts))


def role_decided(outcome: RoleDecided, w: Phrases) -> Message:
    """To whoever is confirmed, who may be in a hurry: how long they stay is one tap away."""
    if not outcome.confirmed:
        return Message(w("orga.role.reception"))
    stays = button(w.label("presence.button.mine"), Verb.MY_PRESENCE)
    return Message(w("orga.role.confirmed"), keyboard([stays]))


def _deciding(label: str, verb: Verb, outcome: RoleClaim, w: Phrases) -> InlineKeyboardButton:
    """A decision about what this card says: the button carries its version."""
    return button(w.label(f"orga.button.{label}"), verb, outcome.person_id, outcome.card.version)


def _others(outcome: RoleClaim, w: Phrases) -> Row:
    return [button(w.label("orga.button.claim_others", n=outcome.left), Verb.CLAIMS)] if outcome.left else []


def _after_decision(outcome: RoleClaim, w: Phrases) -> list[Row]:
    """On to the others, or change the decision: somebody came to the reception, or a finger slipped."""
    key, verb = ("no", Verb.CLAIM_NO) if outcome.decided else ("yes", Verb.CLAIM_YES)
    back = _deciding(f"claim_{key}_after_all", verb, outcome, w)
    stays = button(w.label("presence.button.theirs"), Verb.PRESENCE, outcome.person_id)
    return [[stays] if outcome.decided and outcome.is_due else [], _others(outcome, w), [back], [to_menu(w)]]


def _decision(outcome: RoleClaim, w: Phrases) -> Markup:
    key = "orga.claim.confirmed" if outcome.decided else "orga.claim.not_confirmed"
    return w(key, name=full(w, outcome.card.name))
