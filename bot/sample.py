"""The small sample workshop that is ready on the stage; everything in it is made up, and labelled as a sample."""

import asyncio
import re
from dataclasses import dataclass

import structlog
from aiohttp import ClientSession

from domain.links import LinkKind
from stage.phone import Phone, PhoneError, labels_of, text_of

log = structlog.get_logger(__name__)

ORGANISER = 4001  # below the ids that the stage gives out, so that no new phone gets it
TITLE = "Beispielwerkstatt"
_LINK = re.compile(rf"start=({LinkKind.WORKSHOP.value}[\w-]+)")
_STEPS = 40  # more than joining ever takes


@dataclass(frozen=True)
class SampleGuest:
    """Somebody who comes to the workshop, and what they answer."""

    id: int
    first_name: str
    last_name: str
    label: str
    role: str = ""
    place: str = ""
    land: str = ""
    seeks: str = ""
    organisation: str = ""
    offers: str = ""


ANA = SampleGuest(4002, "Ana", "Keller", "Ana Keller (Beispiel) · Zivilgesellschaft")
BEN = SampleGuest(
    4003,
    "Ben",
    "Albrecht",
    "Ben Albrecht (Beispiel) · Bundestag",
    role="Bundestag oder Landtag",
    place="Potsdam",
    land="Brandenburg",
    seeks="Ehrenamt und weniger Papierkram",
    organisation="Wahlkreis Nordtal",
    offers="Gespräch anbieten",
)
CEM = SampleGuest(
    4004,
    "Cem",
    "Demir",
    "Cem Demir (Beispiel) · Rathaus",
    role="Rathaus oder Landkreis",
    place="Bremen",
    land="Bremen",
    seeks="Wärmeplanung und Kita-Plätze",
    organisation="Rathaus Nordtal",
    offers="Förderanträge für das Ehrenamt schreiben",
)
_GUESTS = (ANA, BEN, CEM)


async def play(url: str, links: dict[str, str]) -> None:
    """Play the sample on the stage at `url` and put the workshop's link into `links`. Ana's phone stays unused.

    If the organiser's phone has already talked to the bot, nothing is played; only the link is found again.
    """
    async with ClientSession() as http:
        organiser = await Phone.add(
            url, http, "Olga", id=ORGANISER, last_name="Sommer", label="Orga (Beispiel)"
        )
        phones = [
            await Phone.add(
                url, http, guest.first_name, id=guest.id, last_name=guest.last_name, label=guest.label
            )
            for guest in _GUESTS
        ]
        try:
            await organiser.look()
            if not organiser.messages:
                await _open_workshop(organiser)
                await _fill(organiser, phones)
        except PhoneError as error:
            log.warning("the sample workshop was left unfinished", reason=str(error))
        if payload := _payload(organiser):
            links[TITLE] = f"https://t.me/{await _username(url, http)}?start={payload}"


async def _open_workshop(organiser: Phone) -> None:
    await organiser.start()
    await organiser.says("/werkstatt")
    await organiser.says(TITLE)
    await organiser.taps("Heute")
    await organiser.taps("Überspringen")  # where it is


async def _fill(organiser: Phone, phones: list[Phone]) -> None:
    """Ben and Cem join at the same time; then Ben's mandate is confirmed."""
    payload = _payload(organiser)
    await asyncio.gather(
        *(_join(phone, guest, payload) for phone, guest in zip(phones, _GUESTS, strict=True) if guest.role)
    )
    await organiser.says("/orga")
    await organiser.taps("Rollen bestätigen")
    if "Bestätigen" in organiser.labels:
        await organiser.taps("Bestätigen")


def _payload(organiser: Phone) -> str:
    said = "\n".join(text_of(message) for message in organiser.messages)
    found = _LINK.search(said)
    return found[1] if found else ""


async def _username(url: str, http: ClientSession) -> str:
    async with http.get(f"{url}/stage/state") as answer:
        return str((await answer.json())["bot"]["username"])


async def _join(phone: Phone, guest: SampleGuest, payload: str) -> None:
    """Answer whatever is asked, until nothing more is asked."""
    await phone.start(payload)
    for _ in range(_STEPS):
        if not await _answer(phone, guest):
            return


async def _answer(phone: Phone, guest: SampleGuest) -> bool:
    """Tap or type what the newest message asks for; False if it asks for nothing known."""
    await phone.look()
    if not phone.messages:
        return False
    shown = labels_of(phone.messages[-1])
    if label := next((label for label in _taps(guest) if label in shown), None):
        await phone.taps(label)
        return True
    if reply := next((reply for asked, reply in _replies(guest).items() if asked in phone.last), None):
        await phone.says(reply)
        return True
    return False


def _taps(guest: SampleGuest) -> tuple[str, ...]:
    return (
        "Los geht's",
        "Ja, ich willige ein (16+)",
        "Ja, über Telegram",
        guest.role,
        guest.land,
        guest.offers,
        "Alle",
        "Beides",
        "Bestätigen",
        "Ja, gern",
    )


def _replies(guest: SampleGuest) -> dict[str, str]:
    return {
        "Wie heißt du?": f"{guest.first_name} {guest.last_name}",
        "Aus welcher Gegend": guest.place,
        "Was treibt dich": guest.seeks,
        "Wie heißt deine Organisation": guest.organisation,
        "was läuft bei euch schon gut": guest.offers,
    }
