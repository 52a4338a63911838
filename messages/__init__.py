"""Every word that the bot says: what happened, put into one voice's text, buttons, pictures and files."""

from datetime import date
from typing import assert_never

from domain.outcomes import Outcome
from domain.outcomes.joining import Joining
from domain.outcomes.matching import Matching
from domain.outcomes.nudging import Nudging
from domain.outcomes.organising import Organising
from domain.outcomes.pledging import Pledging
from domain.outcomes.rights import Rights
from domain.outcomes.small import Small
from domain.voice import Voice
from messages import joining, matching, nudging, organising, pledging, rights, small
from messages.catalogue import words
from messages.message import Message

__all__ = ["Message", "of"]


def of(outcome: Outcome, voice: Voice, today: date) -> Message:  # noqa: PLR0911 - an area each
    w = words(voice, today)
    if isinstance(outcome, Joining):
        return joining.render(outcome, w)
    if isinstance(outcome, Matching):
        return matching.render(outcome, w)
    if isinstance(outcome, Pledging):
        return pledging.render(outcome, w)
    if isinstance(outcome, Nudging):
        return nudging.render(outcome, w)
    if isinstance(outcome, Organising):
        return organising.render(outcome, w)
    if isinstance(outcome, Rights):
        return rights.render(outcome, w)
    if isinstance(outcome, Small):
        return small.render(outcome, w)
    assert_never(outcome)
