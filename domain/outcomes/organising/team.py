"""Outcomes of the team: who is on it, who is invited, who has joined and whose role ended."""

from dataclasses import dataclass, field
from datetime import date

from domain.outcomes import payload
from domain.outcomes.organising.desk import OrgaWorkshop
from domain.team import TeamRole
from domain.versions import version_of

EVERYWHERE = 0
"""What buttons and payloads carry in place of a workshop's number to mean all of them."""


@dataclass(frozen=True)
class Post:
    """One role of somebody, as it is shown. `workshop`: its title; None for all workshops."""

    role: TeamRole
    workshop: str | None


@dataclass(frozen=True)
class TeamList:
    """Who is on the team, as far as the reader sees to them: (person id, name, their roles). By name, in pages counted
    from 0.
    """

    people: tuple[tuple[int, str, tuple[Post, ...]], ...]
    page: int
    pages: int
    first: int

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        page: int = 0


@dataclass(frozen=True)
class TeamPost:
    """A role of somebody's. `by`: who granted it, empty if nobody knows any more. `may_end`: the reader may end it."""

    grant_id: int
    post: Post
    since: date
    by: str
    may_end: bool


@dataclass(frozen=True)
class TeamMember:
    """Somebody of the team. `mine`: it is the reader. `by_settings`: an owner whom the settings name. `may_add`: the
    reader may give them another role.
    """

    person_id: int
    name: str
    posts: tuple[TeamPost, ...]
    mine: bool = False
    by_settings: bool = False
    may_add: bool = False

    @property
    def version(self) -> int:
        """What is shown, short enough for a button."""
        return version_of(self.name, *((each.grant_id, each.post.role.value) for each in self.posts))

    class Payload(payload.OfPerson):
        pass


@dataclass(frozen=True)
class TeamRoleAsked:
    """Which role? For somebody new if `person_id` is 0, else one more for this person."""

    person_id: int
    name: str
    roles: tuple[TeamRole, ...]

    class Payload(payload.OfPerson):
        pass


@dataclass(frozen=True)
class TeamWorkshopAsked:
    """In which workshop? The newest first. `everywhere`: in all may be chosen, too."""

    person_id: int
    role: TeamRole
    workshops: tuple[OrgaWorkshop, ...]
    page: int
    pages: int
    everywhere: bool

    @dataclass(frozen=True)
    class Payload(payload.OfPerson):
        role: TeamRole = TeamRole.VIEWER
        page: int = 0


@dataclass(frozen=True)
class TeamInvitation:
    """A link into the team, shown once, as a QR picture and as text. `until`: when it stops working."""

    post: Post
    link: str
    code: str
    until: date
    code_id: int = 0

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        code_id: int = field(metadata=payload.OBJECT)


@dataclass(frozen=True)
class TeamInvitationEnded(payload.Payload):
    """Whoever made the link has taken it back."""


@dataclass(frozen=True)
class TeamOffered:
    """Asks whoever opened the link whether they join. `by`: who invites them, empty without a name."""

    code_id: int
    post: Post
    by: str

    @dataclass(frozen=True)
    class Payload(payload.OfPerson):
        code_id: int = 0


@dataclass(frozen=True)
class TeamLeft(payload.Payload):
    """They do not join; the link stays as it is."""


@dataclass(frozen=True)
class TeamNameAsked(payload.Payload):
    """What are you called? Others are to know who looked at their data."""


@dataclass(frozen=True)
class TeamJoined:
    """To whoever has a role now: which."""

    post: Post

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        role: TeamRole
        workshop: int = EVERYWHERE


@dataclass(frozen=True)
class TeamGranted:
    """To others of the team: somebody has a role now. `by`: who let them, empty without a name."""

    person_id: int
    name: str
    post: Post
    by: str

    @dataclass(frozen=True)
    class Payload(payload.OfPerson):
        role: TeamRole = TeamRole.VIEWER
        workshop: int = EVERYWHERE
        by: int = 0


@dataclass(frozen=True)
class TeamRoleEnded:
    """To whoever had it: a role has ended. `last`: it was their last one."""

    post: Post
    last: bool

    @dataclass(frozen=True)
    class Payload(payload.Payload):
        role: TeamRole
        workshop: int = EVERYWHERE
        last: bool = False


@dataclass(frozen=True)
class TeamRoleGone:
    """To owners: somebody's role has ended. `name`: None of whoever has erased themselves. `moved`: with a new account,
    so that they need another invitation.
    """

    name: str | None
    post: Post
    moved: bool

    @dataclass(frozen=True)
    class Payload(payload.OfPerson):
        role: TeamRole = TeamRole.VIEWER
        workshop: int = EVERYWHERE
        moved: bool = False


Teaming = (
    TeamList | TeamMember | TeamRoleAsked | TeamWorkshopAsked | TeamInvitation | TeamOffered | TeamLeft | TeamNameAsked
    | TeamInvitationEnded | TeamJoined | TeamGranted | TeamRoleEnded | TeamRoleGone
)  # fmt: skip
