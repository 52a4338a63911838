"""What happened, frozen, for `messages` to put into words. Rebuilt from the database when it is said.

A field called `*_id` ends in a button; text fields are people's own words and are escaped by `messages`.
"""

from typing import get_args

from domain.outcomes.joining import Joining
from domain.outcomes.matching import Matching
from domain.outcomes.organising import Organising
from domain.outcomes.payload import Payload
from domain.outcomes.pledging.nudges import Nudging
from domain.outcomes.pledging.pledges import Pledging
from domain.outcomes.rights import Rights
from domain.outcomes.small import Small

Outcome = Joining | Matching | Pledging | Nudging | Organising | Rights | Small

PAYLOADS: dict[str, type[Payload]] = {
    kind.__name__: payload
    for kind in get_args(Outcome)
    if issubclass(payload := getattr(kind, "Payload", kind), Payload)
}
"""What an outbox row of each kind holds. An outcome without a payload is never owed: a view gives it."""
