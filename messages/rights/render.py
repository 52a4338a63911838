"""Turns outcomes of rights into messages: what is stored, withdrawing consents, pausing, erasing."""

from typing import assert_never

from domain.nudging import PAUSE_WEEKS
from domain.outcomes.choices import Purpose
from domain.outcomes.rights import (
    ConsentChanged,
    ConsentsListed,
    DataOnItsWay,
    EraseAsked,
    Erased,
    EraseKept,
    Forgotten,
    MyData,
    NotPaused,
    PartnerErased,
    PauseAsked,
    Paused,
    Privacy,
    Resumed,
    Rights,
    StopAsked,
    TextEnding,
)
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.grey import GREY
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.places_to_go import places_to_go
from messages.pledging.statuses import titled
from messages.rights.privacy import my_data, privacy
from messages.rights.resuming import resumed


def render(outcome: Rights, w: Phrases) -> Message:  # noqa: C901, PLR0911, PLR0912 - a case per outcome
    match outcome:
        case Privacy():
            return privacy(outcome, w)
        case MyData():
            return my_data(outcome, w)
        case DataOnItsWay():
            return Message(w("rights.my_data.on_its_way"))
        case EraseAsked():
            return _erase_asked(outcome, w)
        case EraseKept():
            return Message(w("rights.kept"), places_to_go(w) if outcome.joined else None)
        case Erased():
            return Message(w("rights.erased"))
        case PartnerErased():
            return _partner_erased(outcome, w)
        case Forgotten():
            return _forgotten(outcome, w)
        case TextEnding():
            return _text_ending(outcome, w)
        case PauseAsked():
            return _pause_asked(outcome, w)
        case StopAsked():
            return _stop_asked(outcome, w)
        case Paused():
            return _paused(outcome, w)
        case NotPaused():
            return Message(w("rights.not_paused"), places_to_go(w))
        case Resumed():
            return resumed(outcome, w)
        case ConsentsListed():
            return _consents(outcome, w)
        case ConsentChanged():
            return _consent_changed(outcome, w)
    assert_never(outcome)


def _erase_asked(outcome: EraseAsked, w: Phrases) -> Message:
    pledges = w.count("rights.erase.pledges", outcome.pledges) if outcome.pledges else None
    return Message(
        lines(w("rights.erase"), pledges, w("rights.erase.programme") if outcome.in_programme else None),
        keyboard(
            [button(w.label("rights.button.erase_yes"), Verb.ERASE_YES)],
            [button(w.label("rights.button.erase_no"), Verb.ERASE_NO)],
        ),
    )


def _partner_erased(outcome: PartnerErased, w: Phrases) -> Message:
    pledges = button(w.label("small.button.pledges"), Verb.PLEDGES)
    said = [w("rights.partner_erased.wordless")]  # the sentence was theirs, and went with them
    if outcome.own_text:
        title = titled(w, outcome.title)
        said = [w("rights.partner_erased", title=title), w("rights.partner_erased.own_text")]
    return Message(lines(*said), keyboard([pledges]))


def _text_ending(outcome: TextEnding, w: Phrases) -> Message:
    said = w("rights.text_ending", title=titled(w, outcome.title), day=w.day(outcome.on))
    return Message(said, keyboard([button(w.label("pledge.button.look"), Verb.PLEDGE, outcome.pledge_id)]))


def _pause_asked(outcome: PauseAsked, w: Phrases) -> Message:
    resume = button(w.label("rights.button.resume"), Verb.RESUME)
    weeks = [button(w.label(f"rights.button.pause_{n}"), Verb.PAUSE, n) for n in PAUSE_WEEKS]
    if not outcome.paused:
        until_told = button(w.label("rights.button.pause_open"), Verb.PAUSE, 0)
        no = button(w.label("rights.button.no_pause"), Verb.NO_PAUSE)
        return Message(w("rights.pause"), keyboard(weeks, [until_told], [no]))
    if outcome.until is None:
        return Message(w("rights.pause.open"), keyboard([resume]))
    return Message(w("rights.pause.until", day=w.day(outcome.until)), keyboard([resume], weeks))


def _stop_asked(outcome: StopAsked, w: Phrases) -> Message:
    pause = [button(w.label("rights.button.pause"), Verb.PAUSE_ASK)] if outcome.can_pause else []
    return Message(
        w("rights.stop"),
        keyboard(
            pause,
            [button(w.label("rights.button.consents"), Verb.CONSENTS)],
            [button(w.label("rights.button.erase"), Verb.ERASE)],
            [button(w.label("rights.button.stop_no"), Verb.ERASE_NO)],
        ),
    )


def _paused(outcome: Paused, w: Phrases) -> Message:
    resume = keyboard([button(w.label("rights.button.resume"), Verb.RESUME)])
    if outcome.until is None:
        return Message(w("rights.paused.open"), resume)
    return Message(w("rights.paused", day=w.day(outcome.until)), resume)


def _consents(outcome: ConsentsListed, w: Phrases) -> Message:
    if not outcome.given:
        return Message(lines(w("rights.consents"), w("rights.consents.none")))
    named = [(purpose, w.label(f"rights.purpose.{purpose}"), given) for purpose, given in outcome.given]
    said = [w("rights.consents.yes" if given else "rights.consents.no", purpose=n) for _, n, given in named]
    rows = [
        [button(w.label("rights.button.off", purpose=name), Verb.CONSENT_OFF, purpose)]
        if given
        else [button(w.label("rights.button.on", purpose=name), Verb.CONSENT_ON, purpose)]
        for purpose, name, given in named
    ]
    erase = [button(w.label("rights.button.erase"), Verb.ERASE)]
    text = lines(w("rights.consents"), *said, w("rights.consents.hint"))
    return Message(text, keyboard(*rows, erase))


def _consent_changed(outcome: ConsentChanged, w: Phrases) -> Message:
    name = w.label(f"rights.purpose.{outcome.purpose}")
    if outcome.given:
        key = "rights.consent.given.G" if outcome.purpose is Purpose.SHOW_TELEGRAM else "rights.consent.given"
        return Message(w(key, purpose=name), places_to_go(w))
    text = w(f"rights.consent.off.{outcome.purpose}")
    back = button(w.label("rights.button.on", purpose=name), Verb.CONSENT_ON, outcome.purpose)
    ends = outcome.purpose in {Purpose.CORE, Purpose.CARRIER}
    erase = [button(w.label("rights.button.erase"), Verb.ERASE)] if ends else []
    return Message(text, keyboard(erase, [back]))


def _forgotten(outcome: Forgotten, w: Phrases) -> Message:
    text = w("rights.forgotten.quiet" if outcome.quiet else "rights.forgotten")
    return Message(text, photo=GREY, covers=True) if outcome.is_photo else Message(text)
