"""Every outcome that there is, and the payload of each kind of outbox row."""

from typing import get_args

from domain.outcomes.joining import Joining
from domain.outcomes.matching import Matching
from domain.outcomes.organising import Organising
from domain.outcomes.payload import Payload
from domain.outcomes.pledging.help_calls import Helping
from domain.outcomes.pledging.nudges import Nudging
from domain.outcomes.pledging.pledges import Pledging
from domain.outcomes.pledging.releases import Releases
from domain.outcomes.pledging.silences import Silences
from domain.outcomes.rights import Rights
from domain.outcomes.small import Small

Outcome = (
    Joining | Matching | Pledging | Nudging | Helping | Silences | Releases | Organising | Rights | Small
)

PAYLOADS: dict[str, type[Payload]] = {
    kind.__name__: payload
    for kind in get_args(Outcome)
    if issubclass(payload := getattr(kind, "Payload", kind), Payload)
}
"""The payload of each kind of outbox row. An outcome without one is never owed: a view returns it instead."""
