"""Every word that the bot says: turns an outcome into text, buttons, pictures and files, in one voice."""

from dataclasses import replace
from datetime import date
from typing import assert_never

from domain.outcomes.joining import Joining
from domain.outcomes.kinds import Outcome
from domain.outcomes.matching import Matching
from domain.outcomes.organising import Organising
from domain.outcomes.pledging.help_calls import Helping
from domain.outcomes.pledging.nudges import Nudging
from domain.outcomes.pledging.pledges import Pledging
from domain.outcomes.pledging.releases import Releases
from domain.outcomes.pledging.silences import Silences
from domain.outcomes.rights import Rights
from domain.outcomes.small import NothingExpected, Small
from domain.voice import Voice
from messages import office, people, small
from messages.catalogue import Phrases, words
from messages.joining.render import render as joining
from messages.matching.render import render as matching
from messages.message import Message
from messages.organising.render import render as organising
from messages.places_to_go import has_answers
from messages.pledging.help_calls import render as helping
from messages.pledging.nudge_render import render as nudging
from messages.pledging.releasing import asked as releases
from messages.pledging.render import render as pledging
from messages.pledging.silences import render as silences
from messages.rights.render import render as rights

__all__ = ["Message", "of"]


def of(
    outcome: Outcome,
    voice: Voice,
    today: date,
    *,
    asked: Outcome | None = None,
    party: str | None = None,
    actor: str | None = None,
) -> Message:
    """The message of an outcome. `today` is the reader's day: far-off days are named with their year.

    `asked`: a question whose buttons take the place of its own, if there are answers among them. `party`: the name of
    the MP in whose office it is read; `actor`: of whoever else of the same party did what it shows.
    """
    mp = people.full(words(voice), party) if party is not None else None
    w = words(voice, today, mp)
    message = _answerable(outcome, w, asked)
    if mp is None and actor is None:
        return message
    return replace(message, text=office.framed(message.text, w, mp, actor))


def _answerable(outcome: Outcome, w: Phrases, asked: Outcome | None) -> Message:
    """With the buttons of the question that was asked, if there are answers among them."""
    buttons = _worded(asked, w).keyboard if asked is not None else None
    if isinstance(outcome, NothingExpected) and not has_answers(buttons):
        return _worded(replace(outcome, asked=None), w)
    message = _worded(outcome, w)
    return replace(message, keyboard=buttons) if buttons is not None else message


def _worded(outcome: Outcome, w: Phrases) -> Message:  # noqa: C901, PLR0911 - one for each subject
    if isinstance(outcome, Joining):
        return joining(outcome, w)
    if isinstance(outcome, Matching):
        return matching(outcome, w)
    if isinstance(outcome, Pledging):
        return pledging(outcome, w)
    if isinstance(outcome, Nudging):
        return nudging(outcome, w)
    if isinstance(outcome, Helping):
        return helping(outcome, w)
    if isinstance(outcome, Silences):
        return silences(outcome, w)
    if isinstance(outcome, Releases):
        return releases(outcome, w)
    if isinstance(outcome, Organising):
        return organising(outcome, w)
    if isinstance(outcome, Rights):
        return rights(outcome, w)
    if isinstance(outcome, Small):
        return small.render(outcome, w)
    assert_never(outcome)
