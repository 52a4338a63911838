"""Every word that the bot says: what happened, put into one voice's text, buttons, pictures and files."""

from domain.outcomes import Joining, Nudging, Outcome, Pledging, Rights, Small
from domain.voice import Voice
from messages import joining, nudging, pledging, rights, small
from messages.catalogue import words
from messages.message import Message

__all__ = ["Message", "of"]


def of(outcome: Outcome, voice: Voice) -> Message:
    w = words(voice)
    if isinstance(outcome, Joining):
        return joining.render(outcome, w)
    if isinstance(outcome, Pledging):
        return pledging.render(outcome, w)
    if isinstance(outcome, Nudging):
        return nudging.render(outcome, w)
    if isinstance(outcome, Rights):
        return rights.render(outcome, w)
    if isinstance(outcome, Small):
        return small.render(outcome, w)
    raise NotImplementedError(type(outcome).__name__)
