"""Invitations into a handshake: its link or number, opened by whoever knows the bot and by whoever is new to it.

Before somebody can open it they agree to K and U and say their name; meanwhile a draft remembers where they were led.
"""

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.intake import personal_links
from actions.joining import answering, consents, entry, profile
from actions.pledging.drafting import handshakes
from db.models import DraftKind, Handshake, Workshop
from domain.handshakes import read_number
from domain.links import LinkKind, read_typed
from domain.outcomes.choices import ProfileQuestion
from domain.outcomes.joining import Asked
from domain.outcomes.pledging.handshakes import HandshakeHeld, HandshakeUnknown
from domain.outcomes.small import Refused
from domain.refusal import Refusal
from domain.voice import Voice

MAY_INTERRUPT = (DraftKind.PARTNER_NAME, DraftKind.CODE, DraftKind.HANDSHAKE)
"""Drafts whose words may be a handshake's link or number instead."""


async def arrive(turn: Turn, code: str) -> None:
    """A newcomer opens a handshake's link: the welcome into its workshop; or they hear that it opens nothing."""
    handshake = await handshakes.by_code(turn, code)
    if handshake is None:
        turn.tell(HandshakeUnknown(joined=False))
        entry.welcome_or_desk(turn, None)
    else:
        workshop = await turn.session.get_one(Workshop, handshake.workshop_id)
        entry.welcome_or_desk(turn, workshop, handshake.id)


async def core_yes(turn: Turn, workshop_id: int, voice: Voice, fingerprint: str) -> None:
    """Consent K, and what is open next. Raises Refusal like `consents.take_core_yes`."""
    await consents.take_core_yes(turn, workshop_id, voice, fingerprint)
    await _go_on_agreed(turn)


async def carrier_yes(turn: Turn, fingerprint: str) -> None:
    """Consent U, and what is open next. Raises Refusal like `consents.take_carrier_yes`."""
    consents.take_carrier_yes(turn, fingerprint)
    await _go_on_agreed(turn)


async def _go_on_agreed(turn: Turn) -> None:
    """What led somebody back here may not be for them: they hear so, but they have agreed, and may go on without it."""
    try:
        await _go_on_anyway(turn)
    except Refusal as refusal:
        await drafts.end(turn)
        await _say_shut(turn, Refused(refusal.reason, joined=not turn.is_outside))


async def _go_on_anyway(turn: Turn) -> None:
    """To the invitation, or what a personal link leads to, or with joining."""
    if not (await go_on(turn) or await personal_links.go_on(turn)):
        await entry.go_on(turn)


async def follow(turn: Turn, code: str) -> None:
    """Somebody known opens a handshake's link, which is also the door of its workshop.

    Raises Refusal(OWN_HANDSHAKE) for one of theirs.
    """
    handshake = await handshakes.by_code(turn, code)
    if handshake is None:
        await _say_shut(turn, HandshakeUnknown(joined=not turn.is_outside))
        return
    await handshakes.refuse_own(turn, handshake)
    if all(each.workshop_id != handshake.workshop_id for each in turn.me.memberships):
        entry.enter(turn, await turn.session.get_one(Workshop, handshake.workshop_id))
    await drafts.await_words(turn, DraftKind.HANDSHAKE, handshake.id)
    await _go_on_anyway(turn)


async def go_on(turn: Turn) -> bool:
    """Go on with the handshake that I was led to: my name, then the sentence. False without one, and before U."""
    draft = await personal_links.led_here(turn, DraftKind.HANDSHAKE)
    if draft is None:
        return False
    if turn.me.name is None:
        turn.tell(Asked.Payload(ProfileQuestion.NAME))
    else:
        await _open(turn, await handshakes.by_id(turn, draft.object_id or 0))
    return True


async def receive_name(turn: Turn, handshake_id: int, text: str) -> None:
    """The name, then the sentence, or if I typed its number the author's yes. Raises Refusal like
    `answering.take_name`.
    """
    draft = await personal_links.led_here(turn, DraftKind.HANDSHAKE)
    await answering.take_name(turn, text)
    handshake = await handshakes.by_id(turn, handshake_id)
    if draft is not None and drafts.details_of(draft).number:
        await _ask_author(turn, handshake)
    else:
        await _open(turn, handshake)


async def _ask_author(turn: Turn, handshake: Handshake | None) -> None:
    if await handshakes.ask_author(turn, handshake):
        await drafts.end(turn)
    else:
        await _say_shut(turn, HandshakeUnknown(joined=not turn.is_outside))


async def _open(turn: Turn, handshake: Handshake | None) -> None:
    await drafts.end(turn)
    if (why_not := await handshakes.open_by_link(turn, handshake)) is not None:
        await _say_shut(turn, why_not)


async def _say_shut(turn: Turn, why: HandshakeUnknown | HandshakeHeld | Refused) -> None:
    turn.tell(why)
    if turn.is_outside or profile.open_question(turn) is not None:
        await entry.go_on(turn)


async def receive(turn: Turn, text: str) -> bool:
    """Take a typed link or number; for the latter somebody new says their name first. False if the text is neither. A
    personal code may be typed, too.

    Raises Refusal(OWN_HANDSHAKE), and Refusal(TOO_MANY_NUMBERS) like `handshakes.by_number`.
    """
    if turn.lacks_consent:
        return False
    link, number = read_typed(text), read_number(text)
    if link is not None and link.kind is LinkKind.HANDSHAKE:
        await follow(turn, link.code)
    elif link is not None and link.kind is LinkKind.ORGANISER:
        await personal_links.join_team(turn, link.code)
    elif link is not None and link.kind in personal_links.PURPOSES:
        await personal_links.follow(turn, link.code, kind=link.kind)
    elif number is not None:
        await _take_number(turn, await handshakes.by_number(turn, number))
    else:
        return False
    return True


async def _take_number(turn: Turn, handshake: Handshake | None) -> None:
    if handshake is None or turn.me.name is not None:
        await _ask_author(turn, handshake)
    else:
        await drafts.await_words(turn, DraftKind.HANDSHAKE, handshake.id, drafts.DraftDetails(number=True))
        turn.tell(Asked.Payload(ProfileQuestion.NAME))
