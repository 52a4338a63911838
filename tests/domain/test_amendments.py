"""Amendments: what waits, what became of it, which days are allowed, and what a difference shows."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.amendments import AmendmentEnd, Mark, difference, end_of, later_days, may_move_to, open_amendment
from domain.evidence import names_link
from domain.history import Event, EventKind
from domain.yes_and_no import reason_in

ANA, BEN = 1, 2
PROPOSED, ACCEPTED = EventKind.AMENDMENT_PROPOSED, EventKind.AMENDMENT_ACCEPTED
DECLINED, WITHDRAWN = EventKind.AMENDMENT_DECLINED, EventKind.AMENDMENT_WITHDRAWN
LAPSED, ENDED, SAID = EventKind.AMENDMENT_LAPSED, EventKind.ENDED, EventKind.SAID
START = datetime(2027, 4, 12, 9, tzinfo=UTC)
MADE, TODAY = date(2027, 4, 12), date(2027, 6, 1)


def story(*happened):
    """Events with ids from 1 on."""
    return [
        Event(number, kind, party, None, None, START + timedelta(hours=number))
        for number, (party, kind) in enumerate(happened, 1)
    ]


@pytest.mark.parametrize(
    ("happened", "waits"),
    [
        ([], None),
        ([(ANA, PROPOSED)], 1),
        ([(ANA, PROPOSED), (BEN, SAID)], 1),
        ([(ANA, PROPOSED), (BEN, ACCEPTED)], None),
        ([(ANA, PROPOSED), (BEN, DECLINED)], None),
        ([(ANA, PROPOSED), (ANA, WITHDRAWN)], None),
        ([(ANA, PROPOSED), (None, LAPSED)], None),
        ([(ANA, PROPOSED), (None, ENDED)], None),
        ([(ANA, PROPOSED), (BEN, PROPOSED)], 2),
        ([(ANA, PROPOSED), (BEN, DECLINED), (ANA, PROPOSED)], 3),
    ],
)
def test_what_waits(happened, waits):
    found = open_amendment(story(*happened))
    assert (found.id if found else None) == waits


@pytest.mark.parametrize(
    ("happened", "end"),
    [
        ([(ANA, PROPOSED)], None),
        ([(ANA, PROPOSED), (BEN, ACCEPTED)], AmendmentEnd.ACCEPTED),
        ([(ANA, PROPOSED), (BEN, DECLINED)], AmendmentEnd.DECLINED),
        ([(ANA, PROPOSED), (ANA, WITHDRAWN)], AmendmentEnd.WITHDRAWN),
        ([(ANA, PROPOSED), (None, LAPSED)], AmendmentEnd.LAPSED),
        ([(ANA, PROPOSED), (None, ENDED)], None),
        ([(ANA, PROPOSED), (BEN, PROPOSED), (ANA, ACCEPTED)], None),
        ([(ANA, PROPOSED), (BEN, DECLINED), (ANA, PROPOSED), (BEN, ACCEPTED)], AmendmentEnd.DECLINED),
    ],
)
def test_what_became_of_the_first(happened, end):
    found = end_of(story(*happened), 1)
    assert (found[0] if found else None) is end


@pytest.mark.parametrize(
    ("day", "may"),
    [
        (date(2027, 5, 12), False),  # past, though a month after
        (date(2027, 6, 1), False),
        (date(2027, 6, 2), True),
        (date(2028, 4, 12), True),
        (date(2028, 4, 13), False),
    ],
)
def test_a_day_is_to_come_and_within_a_year_of_the_yes(day, may):
    assert may_move_to(MADE, TODAY, day) is may


def test_the_days_offered_are_those_that_are_allowed():
    assert later_days(MADE, TODAY, date(2027, 10, 12)) == (
        date(2027, 11, 12),
        date(2027, 12, 12),
        date(2028, 1, 12),
    )
    assert later_days(MADE, TODAY, date(2028, 3, 12)) == (date(2028, 4, 12),)
    assert later_days(MADE, TODAY, date(2028, 4, 12)) == ()


def marked(runs):
    signs = {Mark.KEPT: "{}", Mark.GONE: "-{}-", Mark.NEW: "+{}+"}
    return " ".join(signs[run.mark].format(run.words) for run in runs)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Ich rufe bis 20. Juli an.", "Ich rufe bis 20. Mai an.",
         ("Ich rufe bis 20. -Juli- an.", "Ich rufe bis 20. +Mai+ an.")),
        ("Ich rufe an.", "Ich rufe morgen an.", ("Ich rufe an.", "Ich rufe +morgen+ an.")),
        ("Ich rufe bald an.", "Ich rufe an.", ("Ich rufe -bald- an.", "Ich rufe an.")),
        ("Alles", "Nichts", ("-Alles-", "+Nichts+")),
        ("", "Neu", ("", "+Neu+")),
    ],
)  # fmt: skip
def test_only_words_that_change_are_marked(before, after, shown):
    gone, come = difference(before, after)
    assert (marked(gone), marked(come)) == shown


@pytest.mark.parametrize(
    ("text", "is_link"),
    [
        ("https://rat.example/protokoll", True),
        ("Siehe www.rat.de", True),
        ("rat.de/protokoll?tag=3", True),
        ("Das Protokoll: rat.de", True),
        ("Es läuft gut.", False),
        ("Am 3.5. war das Treffen", False),
        ("z.B. ein Gespräch, d.h. Kaffee", False),
        ("", False),
    ],
)
def test_what_is_a_link(text, is_link):
    assert names_link(text) is is_link


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Nein, weil mir die Zeit fehlt", "weil mir die Zeit fehlt"),
        ("nein weil das Amt entscheidet", "weil das Amt entscheidet"),
        ("No, because it is the council's", "because it is the council's"),
        ("Nein", None),
        ("Nein danke", None),
        ("Nein, wir reden noch", None),
        ("Weil ich nicht kann", None),
    ],
)
def test_a_no_that_says_why(text, why):
    assert reason_in(text) == why
