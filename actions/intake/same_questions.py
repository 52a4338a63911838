"""Whether two of our messages ask for the same words."""

from actions.exchange.codec import encode
from domain.outcomes.joining import Asked
from domain.outcomes.matching import ContactWordsAsked
from domain.outcomes.organising.workshops import WorkshopFieldAsked
from domain.outcomes.payload import Payload
from domain.outcomes.pledging.amendments import BecauseAsked
from domain.outcomes.pledging.retrospectives import RetrospectiveLineAsked


def is_same_question(one: Payload, other: Payload) -> bool:
    """Whether both ask for the same words, whatever buttons they offer beside."""
    several = (
        Asked.Payload | ContactWordsAsked.Payload | BecauseAsked.Payload | RetrospectiveLineAsked.Payload
    )
    if isinstance(one, WorkshopFieldAsked.Payload) and isinstance(other, WorkshopFieldAsked.Payload):
        return (one.workshop_id, one.field) == (other.workshop_id, other.field)
    if isinstance(one, several):
        return one == other
    return type(one) is type(other) and encode(one)[0] == encode(other)[0]
