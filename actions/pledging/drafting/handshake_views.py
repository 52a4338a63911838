"""Views of handshakes: what is held out, and who would open it."""

from sqlalchemy import select

from actions.exchange.context import ViewContext, Views
from actions.pledging.pledge_views import own_pledge
from db import intact
from db.models import Handshake, Pledge
from domain.links import Link, LinkKind
from domain.outcomes.pledging.handshakes import HandshakeAsked, HandshakeOpened, HandshakeShown

VIEWS = Views()


@VIEWS.reads(HandshakeShown.Payload)
async def shown(context: ViewContext, payload: HandshakeShown.Payload) -> HandshakeShown | None:
    """None if it is opened meanwhile, or over, unless that is what is said."""
    if payload.over:
        return HandshakeShown(payload.pledge_id, "", "", context.operator.bot, 0, over=True)
    found = await _open(context, payload.pledge_id)
    if found is None:
        return None
    held, pledge = found
    link = context.operator.address_of(Link(LinkKind.HANDSHAKE, held.code))
    return HandshakeShown(pledge.id, pledge.text or "", link, context.operator.bot, held.number)


@VIEWS.reads(HandshakeAsked.Payload)
async def asked(context: ViewContext, payload: HandshakeAsked.Payload) -> HandshakeAsked | None:
    """None if the pledge is opened meanwhile, or over, or if whoever asked is gone."""
    other = await intact.person(context.session, payload.person_id)
    if other is None or await _open(context, payload.of_pledge) is None:
        return None
    return HandshakeAsked(payload.of_pledge, other.id, other.name or "")


@VIEWS.reads(HandshakeOpened.Payload)
async def opened(context: ViewContext, payload: HandshakeOpened.Payload) -> HandshakeOpened | None:
    own = await own_pledge(context, payload.pledge_id)
    return HandshakeOpened(own.pledge.id, own.other) if own else None


async def _open(context: ViewContext, pledge_id: int) -> tuple[Handshake, Pledge] | None:
    """A draft of the reader's that can be opened today, and by what."""
    pledge = await context.session.get(Pledge, pledge_id)
    held = await context.session.scalar(select(Handshake).where(Handshake.pledge_id == pledge_id))
    if pledge is None or held is None or pledge.author_id != context.party.id:
        return None
    return (held, pledge) if pledge.awaits_partner and held.day == context.day(context.now) else None
