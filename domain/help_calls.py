"""Help calls: whom to ask when a pledge is stuck, by what is lacking and what the pledge is about.

No names here, and no words: topics, roles, taps and figures.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from domain.outcomes.choices import Offer
from domain.pledges import Blocker, HelpsBecause
from domain.roles import Role

MOST_ASKED = 3
"""How many people are asked for one call, one after another."""
ANSWERED_WITHIN = timedelta(days=7)
"""How long each of them may answer."""
ASKED_EVERY = timedelta(days=7)
"""So often at most anybody is asked for help, whoever calls."""
MP_ASKED_EVERY = timedelta(days=28)
"""The same for an MP."""


class Sibling(IntEnum):
    """What somebody has to do with other pledges about the topic: whoever kept one has solved it."""

    NONE = 0
    ACTIVE = 1
    KEPT = 2


class Fit(IntEnum):
    """How what somebody offers answers a blocker."""

    NONE = 0
    PARTLY = 1  # the topic, or what is lacking
    FULLY = 2  # both


@dataclass(frozen=True)
class Remedy:
    """What answers a blocker beside the topic of the pledge: who offers it, what they have tapped, or which other
    topics they offer.
    """

    roles: frozenset[Role] = frozenset()
    taps: frozenset[Offer] = frozenset()
    topics: frozenset[str] = frozenset()


ANSWERS: dict[Blocker, Remedy] = {
    Blocker.COMPETENCE: Remedy(
        roles=frozenset({Role.AUTHORITY, Role.OFFICE, Role.MP}), taps=frozenset({Offer.TALK, Offer.CONTACT})
    ),
    Blocker.MONEY: Remedy(roles=frozenset({Role.BUSINESS}), topics=frozenset({"foerdermittel"})),
    Blocker.CONTACT: Remedy(taps=frozenset({Offer.CONTACT})),
    Blocker.TIME: Remedy(
        roles=frozenset({Role.ASSOCIATION}), topics=frozenset({"ehrenamt", "freiwilligendienste"})
    ),
    Blocker.MAJORITY: Remedy(
        roles=frozenset({Role.MP, Role.TOWN_HALL}),
        taps=frozenset({Offer.RAISE}),
        topics=frozenset({"kommunalpolitik"}),
    ),
}
"""Who can answer what is lacking. Nothing answers `Blocker.OTHER`, about which nobody is asked.

Responsibilities are known in authorities, and to MPs and their offices; money is granted by foundations and businesses,
or found by whoever knows funding; volunteers have time; and a majority takes those who vote.
"""


@dataclass(frozen=True)
class Call:
    """What is asked: never who asks. `land`: where they live."""

    id: int
    topic: str
    blocker: Blocker
    land: str | None = None

    @property
    def topics(self) -> frozenset[str]:
        """What somebody may offer who can answer it."""
        return ANSWERS[self.blocker].topics | {self.topic}


@dataclass(frozen=True)
class Helper:
    """Somebody who may be asked. `offers`: topics; `deals_with`: all of theirs; `taps`: what they have tapped.

    `confirmed`: as an MP. `asked_at`: when they were last asked for help, by anybody.
    """

    id: int
    role: Role
    land: str | None = None
    offers: frozenset[str] = frozenset()
    deals_with: frozenset[str] = frozenset()
    taps: frozenset[Offer] = frozenset()
    sibling: Sibling = Sibling.NONE
    confirmed: bool = False
    asked_at: datetime | None = None


@dataclass(frozen=True)
class HelperFound:
    """Somebody to ask, and why."""

    id: int
    because: HelpsBecause


def rank(call: Call, helpers: Iterable[Helper], now: datetime) -> list[HelperFound]:
    """Whom to ask, the best first.

    What they offer comes before a pledge of theirs about the same topic, and that before an offer that answers half of
    it; whoever lives in the same Land comes first, then whoever was not asked for longest. Nobody is asked again too
    soon, and nobody as an MP without being confirmed.
    """
    asked = [each for each in helpers if may_be_asked(each, now) and (_fit(call, each) or each.sibling)]
    best = sorted(asked, key=lambda each: _order(call, each))
    return [
        HelperFound(each.id, HelpsBecause.OFFER if _fit(call, each) else HelpsBecause.PLEDGE) for each in best
    ]


def may_be_asked(helper: Helper, now: datetime) -> bool:
    """Whether they were left alone for long enough, and are what they say. `now` is aware."""
    if helper.role.is_mp and not helper.confirmed:
        return False
    every = MP_ASKED_EVERY if helper.role.is_mp else ASKED_EVERY
    return helper.asked_at is None or now - helper.asked_at >= every


def _fit(call: Call, helper: Helper) -> Fit:
    answers = ANSWERS[call.blocker]
    about_it = call.topic in helper.offers
    tapped = call.topic in helper.deals_with and bool(helper.taps & answers.taps)
    lacking = helper.role in answers.roles or bool(helper.offers & answers.topics)
    if tapped or (about_it and lacking):
        return Fit.FULLY
    return Fit.PARTLY if about_it or helper.offers & answers.topics else Fit.NONE


def _order(call: Call, helper: Helper) -> tuple[bool, int, int, bool, float, int]:
    fit = _fit(call, helper)
    same_land = bool(call.land) and call.land == helper.land
    last = helper.asked_at.timestamp() if helper.asked_at is not None else 0.0
    luck = (helper.id * 2_654_435_761 + call.id) % 2**32  # nobody comes first by id, and the order stays
    return fit is not Fit.FULLY, -helper.sibling, -fit, not same_land, last, luck
