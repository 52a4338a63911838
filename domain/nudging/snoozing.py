"""Until when a question can be put off, and what people may type to put it off."""

from datetime import date, timedelta
from enum import StrEnum

from domain.calendar import asking_day
from domain.labels import spelt
from domain.roles import Role
from domain.terms import Terms

IN_PARLIAMENT = (Role.MP, Role.OFFICE)
"""Who is asked in weeks without sittings, if one is near."""

_A_DAY, _A_WEEK = timedelta(days=1), timedelta(days=7)
_LONGEST = timedelta(days=35)
"""A question is not put off for longer because of sittings, however many weeks of them follow each other."""


class Snooze(StrEnum):
    """For how long; the values are what buttons carry."""

    WEEK = "1"
    TWO_WEEKS = "2"
    SITTING = "sitting"  # until the parliament's week is over


_SAID = {
    Snooze.WEEK: (
        "spaeter", "nicht jetzt", "jetzt nicht", "gerade nicht", "in einer woche", "in 1 woche", "naechste woche",
        "eine woche", "1 woche", "in 7 tagen", "later", "not now", "in a week", "in one week", "in 1 week", "next week",
    ),
    Snooze.TWO_WEEKS: (
        "in zwei wochen", "in 2 wochen", "zwei wochen", "2 wochen", "in 14 tagen", "in vierzehn tagen",
        "uebernaechste woche", "in two weeks", "in 2 weeks", "two weeks", "in a fortnight", "the week after next",
    ),
    Snooze.SITTING: (
        "nach der sitzungswoche", "nach sitzungswoche", "nach der sitzung", "nach den sitzungswochen", "sitzungswoche",
        "after the sitting week", "after the sitting weeks", "after the sitting", "after the session",
    ),
}  # fmt: skip
_COURTESY = frozenset(
    "bitte please frag frage fragen mich ask me wieder again erst lieber rather gern gerne noch mal".split()  # noqa: SIM905
)


def snooze_until(how: Snooze, today: date, land: str | None, role: Role | None, terms: Terms) -> date | None:
    """The day to which a question is put off; None for "after the sitting week" if none is near, or it is nothing to
    this person.
    """
    match how:
        case Snooze.WEEK:
            return today + _A_WEEK
        case Snooze.TWO_WEEKS:
            return today + 2 * _A_WEEK
        case Snooze.SITTING:
            return _after_sittings(today, land, role, terms)


def snoozes(
    today: date, days_left: int, land: str | None, role: Role | None, terms: Terms
) -> tuple[Snooze, ...]:
    """What is offered for a pledge with this many days left: nothing that would only end on its own day."""
    until = {how: snooze_until(how, today, land, role, terms) for how in Snooze}
    return tuple(how for how, day in until.items() if day is not None and (day - today).days < days_left)


def read_snooze(text: str) -> Snooze | None:
    """What the words ask for: "in zwei Wochen", "später bitte", "nach der Sitzungswoche"; None if for nothing."""
    said = " ".join(word for word in spelt(text).split() if word not in _COURTESY)
    return next((how for how, words in _SAID.items() if said in words), None)


def _after_sittings(today: date, land: str | None, role: Role | None, terms: Terms) -> date | None:
    """The first day to ask on after the sittings of this week or the next."""
    if role not in IN_PARLIAMENT and not terms.landtag_known(land):
        return None
    first = next((d for d in (today, today + _A_WEEK) if terms.sitting(d, land)), None)
    if first is None:
        return None
    day = first
    while terms.sitting(day, land):
        day = asking_day(day + _A_DAY, land)
    return day if day - today <= _LONGEST else None
