"""An organiser takes over pledges that were made on paper: read, shown card by card, and taken over at one word.

Each name is a guest of the workshop, who may have joined. Where several may be meant, the organiser says who; a name
that nobody is known by becomes a guest, whose personal link leads to the card. Taken over, it binds nobody
(`paper_answers`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions.exchange import drafts
from actions.exchange.turn import Turn
from actions.organising import desk
from actions.organising.guests import guest_lists
from actions.organising.papers import paper_answers, paper_there
from db.beforehand import done_in_thread
from db.models import Audit, DraftKind, Guest, GuestUpload, PaperPledge, Person, UploadKind
from domain.guest_lists import GuestListError, same_name
from domain.labels import spelt
from domain.outcomes.organising.papers import (
    CardLine,
    PaperDropped,
    PaperFileAsked,
    PaperFileRefused,
    PaperNames,
    PaperPreview,
    PaperSide,
    PapersListed,
    PapersTaken,
)
from domain.paper import CardFault, CardsRead, KnownNames, KnownPerson, PaperCard, ResolvedCard, read_cards
from domain.pledges import Acts
from domain.versions import spelled_of

OUT, NEW = "out", "new"
"""What an organiser may say of a card, and of a name on it, besides whom it means."""


@dataclass(frozen=True)
class PaperPlan:
    """What taking the cards over does. `lines`: those that are not there yet, each once; `there`: all others."""

    lines: tuple[CardLine, ...]
    there: int

    @property
    def new(self) -> list[CardLine]:
        return [line for line in self.lines if not line.out and not line.is_open]


async def show(turn: Turn, workshop_id: int, page: int) -> None:
    """A page of the cards that wait for a yes, counted from 0."""
    workshop = await desk.chosen(turn, workshop_id)
    turn.tell(PapersListed.Payload(workshop.id, page))


async def ask(turn: Turn, workshop_id: int) -> None:
    """The next file, or the next words, are cards. Raises Refusal(STALE_BUTTON) without the workshop."""
    workshop = await desk.chosen(turn, workshop_id)
    await drafts.await_words(turn, DraftKind.PAPER_FILE, workshop.id)
    turn.tell(PaperFileAsked.Payload(workshop.id))


async def receive(turn: Turn, workshop_id: int, content: bytes | None) -> None:
    """Read the cards and show what they would do; what cannot be read is asked for again. `content` None: it did not
    come. Raises Refusal(STALE_BUTTON) without the workshop.
    """
    await desk.chosen(turn, workshop_id)
    try:
        read = await done_in_thread(turn.session, "cards", read_cards, content)
    except GuestListError as error:
        turn.tell(PaperFileRefused(error.fault))
        return
    kind, stored = UploadKind.PAPER, _stored(read)
    upload = GuestUpload(workshop_id=workshop_id, content=stored, made_at=turn.now, kind=kind)
    turn.session.add(upload)
    await turn.session.flush()
    await drafts.end(turn)
    turn.tell(PaperPreview.Payload(upload.id))


async def turn_page(turn: Turn, upload_id: int, page: int) -> None:
    """Another page of what they would do, counted from 0. Raises Refusal like `guest_lists.held`."""
    upload = await guest_lists.held(turn, upload_id, UploadKind.PAPER)
    turn.tell(PaperPreview.Payload(upload.id, page), edit=True)


async def drop(turn: Turn, upload_id: int) -> None:
    """Delete what was read. Raises Refusal like `guest_lists.held`."""
    upload = await guest_lists.held(turn, upload_id, UploadKind.PAPER)
    turn.tell(PaperDropped(upload.workshop_id), edit=True)
    await turn.session.delete(upload)


async def ask_who(turn: Turn, upload_id: int, line: int) -> None:
    """Whom does a name of this card mean? Whoever is shown and has joined finds the look in their data.

    A card of which nothing is open is shown with the others. Raises Refusal like `guest_lists.held`.
    """
    upload = await guest_lists.held(turn, upload_id, UploadKind.PAPER)
    asked = await open_name(turn.session, upload, line)
    if asked is None:
        turn.tell(PaperPreview.Payload(upload.id), edit=True)
        return
    for each in asked.people:
        if each.joined:
            desk.audit(turn, each.number, "saw who may be on a card")
    turn.tell(PaperNames.Payload(upload.id, line), edit=True)


async def pick(turn: Turn, upload_id: int, line: int, said: str) -> None:
    """`said`: 1 or 2 for the name, and the key of whoever it means, or NEW; or OUT for the whole card. Whatever was not
    to be chosen, as things are now, only shows the cards. Raises Refusal like `guest_lists.held`.
    """
    upload = await guest_lists.held(turn, upload_id, UploadKind.PAPER)
    asked = await open_name(turn.session, upload, line)
    if asked is not None:
        possible = {f"{asked.which}{each.key}" for each in asked.people} | {f"{asked.which}{NEW}", OUT}
        if said in possible:
            picks = {**upload.content["picks"], f"{line}.{said[0] if said != OUT else OUT}": said}
            upload.content = {**upload.content, "picks": picks}
            await turn.session.flush()
    await ask_who(turn, upload_id, line)


async def take_over(turn: Turn, upload_id: int, seen: str) -> None:
    """All cards that were shown, without those that are wrong or left out; whoever is here is asked. What was sent is
    deleted. `seen`: the version of what was shown: if that has changed, or something is open, it is shown again, and
    nothing is taken over. Raises Refusal like `guest_lists.held`.
    """
    upload = await guest_lists.held(turn, upload_id, UploadKind.PAPER)
    read = read_again(upload)
    plan = await planned(turn.session, upload)
    if seen != version(plan, read) or any(line.is_open for line in plan.lines):
        turn.tell(PaperPreview.Payload(upload.id, changed_since=True), edit=True)
        return
    asked = 0
    named: dict[object, Guest] = {}
    for line in plan.new:
        first, second = [
            await _guest(turn, upload.workshop_id, side, named) for side in (line.first, line.second)
        ]
        paper = PaperPledge(
            first_id=first.id, second_id=second.id, acts=line.acts, text=line.text, made_at=turn.now
        )
        turn.session.add(paper)
        await turn.session.flush()
        asked += await paper_answers.ask_first(turn, paper, first, second)
    turn.session.add(
        Audit(organiser_chat_id=turn.chat_id, person_id=None, action="took over cards of paper", at=turn.now)
    )
    counts = {"new": len(plan.new), "asked": asked, "wrong": len(read.faults)}
    turn.tell(PapersTaken(upload.workshop_id, **counts), edit=True)
    await turn.session.delete(upload)


async def _guest(turn: Turn, workshop_id: int, side: PaperSide, named: dict[object, Guest]) -> Guest:
    """The row of the guest list that a name means; somebody who has none gets one."""
    key: object = side.known.key if side.known is not None else same_name(side.name)
    if key not in named:
        named[key] = await _found(turn, workshop_id, side)
        turn.session.add(named[key])
        await turn.session.flush()
    return named[key]


async def _found(turn: Turn, workshop_id: int, side: PaperSide) -> Guest:
    if side.known is None:
        return Guest(
            workshop_id=workshop_id, name=side.name, organisation="", place="", land="", made_at=turn.now
        )
    number = side.known.number
    if not side.known.joined:
        return await turn.session.get_one(Guest, number)
    desk.audit(turn, number, "took over card of paper")
    own = select(Guest).where(Guest.workshop_id == workshop_id, Guest.person_id == number)
    found = await turn.session.scalar(own.order_by(Guest.id).limit(1))
    if found is not None:
        return found
    person = await turn.session.get_one(Person, number)
    return Guest(
        workshop_id=workshop_id,
        name=person.name or side.name,
        organisation=person.organisation or "",
        place=person.place or "",
        land=person.land or "",
        made_at=turn.now,
        person_id=person.id,
    )


# --- what the cards would do


async def planned(session: AsyncSession, upload: GuestUpload) -> PaperPlan:
    """What taking them over would do now. Names are matched before a tap's transaction, with what they are matched with
    in it: 300 cards beside 300 people take a while.
    """
    known = await paper_there.known(session, upload.workshop_id)
    there = await paper_there.cards(session, upload.workshop_id)
    cards, picks = read_again(upload).cards, upload.content["picks"]
    work = cards, picks, known, there
    return await done_in_thread(session, f"plan {spelled_of(*work)}", _plan, *work)


def _plan(
    cards: Sequence[tuple[int, PaperCard]],
    picks: Mapping[str, str],
    known: Sequence[KnownPerson],
    there: defaultdict[str, list[ResolvedCard]],
) -> PaperPlan:
    """`there`: the cards that were taken over, by their sentence; those that are new are added to them."""
    lines, again, people = [], 0, KnownNames(known)
    for line, card in cards:
        first, second = (
            _side(name, picks.get(f"{line}.{which}"), people)
            for which, name in ((1, card.first), (2, card.second))
        )
        same = there[spelt(card.text)]
        resolved = ResolvedCard(paper_there.goes_by(first), paper_there.goes_by(second), card.acts, card.text)
        if any(resolved.is_same(each) for each in same):
            again += 1
            continue
        both = first.known is not None and first.known == second.known  # one person under two names
        out = f"{line}.{OUT}" in picks or both
        lines.append(CardLine(line, first, second, card.acts, card.text, out))
        if not out and not lines[-1].is_open:
            same.append(resolved)
    return PaperPlan(tuple(lines), again)


def _side(name: str, picked: str | None, known: KnownNames) -> PaperSide:
    sure, may_be = known.meant(name)
    if picked is not None:
        chosen = known.by_key(picked[1:])
        if chosen is not None or picked[1:] == NEW:
            return PaperSide(name, chosen, is_open=False)
    return PaperSide(name, sure, is_open=bool(may_be))


async def open_name(session: AsyncSession, upload: GuestUpload, line: int) -> PaperNames | None:
    """The first name of this card that may mean several."""
    plan = await planned(session, upload)
    card = next((each for each in plan.lines if each.line == line and each.is_open), None)
    if card is None:
        return None
    which, side = (1, card.first) if card.first.is_open else (2, card.second)
    known = await paper_there.known(session, upload.workshop_id)
    key = f"meant {spelled_of(side.name, known)}"
    people = await done_in_thread(session, key, _may_be, side.name, known)
    return PaperNames(upload.id, line, which, side.name, people)


def _may_be(name: str, known: Sequence[KnownPerson]) -> tuple[KnownPerson, ...]:
    return KnownNames(known).meant(name)[1]


def version(plan: PaperPlan, read: CardsRead) -> str:
    """Tells two previews apart."""
    return spelled_of(plan, read.faults)


def _stored(read: CardsRead) -> dict[str, object]:
    return {
        "cards": [[line, card.first, card.second, card.acts.value, card.text] for line, card in read.cards],
        "faults": [[line, fault.value] for line, fault in read.faults],
        "left_out": list(read.left_out),
        "picks": {},
    }


def read_again(upload: GuestUpload) -> CardsRead:
    """What was read."""
    stored = upload.content
    cards: Iterable[tuple[int, str, str, str, str]] = stored["cards"]
    return CardsRead(
        tuple(
            (line, PaperCard(first, second, Acts(acts), text)) for line, first, second, acts, text in cards
        ),
        tuple((line, CardFault(fault)) for line, fault in stored["faults"]),
        tuple(stored["left_out"]),
    )
