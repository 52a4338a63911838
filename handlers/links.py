"""What opening each kind of deep link does, depending on who opens it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from actions.exchange.turn import Turn
from actions.intake import invitations, personal_links
from actions.joining import entry
from domain.links import LinkKind, kind_of, read_payload

Action = Callable[[Turn, str], Awaitable[None]]


@dataclass(frozen=True)
class Opening:
    """What opening a link does for a newcomer (without consent K), for an organiser who takes no part, and for
    anybody else (`known`).

    Each is called with the turn and what is written in the link after its prefix, which is empty if it cannot be read,
    or could not be stored because its sender had not agreed.
    """

    newcomer: Action
    organiser: Action
    known: Action


def _personal(kind: LinkKind) -> Opening:
    arrive = partial(personal_links.arrive, kind=kind)
    return Opening(newcomer=arrive, organiser=arrive, known=partial(personal_links.follow, kind=kind))


_INTO_THE_TEAM = Opening(
    newcomer=personal_links.join_team, organiser=personal_links.join_team, known=personal_links.join_team
)

OPENINGS: dict[LinkKind, Opening] = {
    LinkKind.WORKSHOP: Opening(newcomer=entry.arrive, organiser=entry.arrive, known=entry.receive_code),
    LinkKind.PERSONAL: _personal(LinkKind.PERSONAL),
    LinkKind.HANDSHAKE: Opening(
        newcomer=invitations.arrive, organiser=invitations.arrive, known=invitations.follow
    ),
    LinkKind.OFFICE: _personal(LinkKind.OFFICE),
    LinkKind.ORGANISER: _INTO_THE_TEAM,
}


async def follow(turn: Turn, payload: str) -> None:
    """Open the link with this payload. A payload without a prefix was typed, and counts as a workshop's code.

    Raises Refusal(UNKNOWN_CODE) if it leads nowhere. Newcomers are welcomed instead.
    """
    link = read_payload(payload)
    kind = link.kind if link is not None else kind_of(payload) or LinkKind.WORKSHOP
    await _action(turn, OPENINGS[kind])(turn, link.written if link is not None else "")


def _action(turn: Turn, opening: Opening) -> Action:
    if not turn.is_newcomer:
        return opening.known
    return opening.organiser if turn.on_team else opening.newcomer
