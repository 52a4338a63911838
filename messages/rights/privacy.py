"""What people are told about their data: the privacy text, and everything that is stored about them."""

from markupsafe import Markup, escape
from telegram import InlineKeyboardButton

from domain.outcomes.joining import Profile
from domain.outcomes.rights import MyData, Privacy
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.joining.consenting import answers
from messages.joining.profiles import interests, shown_role
from messages.lines import lines
from messages.message import Document, Message, button, keyboard
from messages.quotes import quoted

# UTF-16 units; a caption holds 1,024 in all, and the file has every word in full.
_SHORT = 40
_LIST = 90


def privacy(outcome: Privacy, w: Phrases) -> Message:
    """The privacy text. The contact is not made untappable, so that people can use it."""
    text = w(
        "rights.privacy",
        controller=outcome.controller.removesuffix("."),
        contact=escape(outcome.contact) if outcome.contact else w("rights.no_contact"),
        period=w.count("rights.days", outcome.retention_days),
    )
    first = w("rights.nothing_stored") if outcome.nothing_stored else None
    return Message(lines(first, text), keyboard(*_what_next(outcome, w)))


def my_data(outcome: MyData, w: Phrases) -> Message:
    counts = w("rights.my_data.pledges", pledges=outcome.pledges, accesses=outcome.accesses)
    text = lines(
        w("rights.my_data"),
        *(_profile(outcome.profile, w) if outcome.profile else [w("rights.my_data.no_profile")]),
        *_consents(outcome, w),
        counts,
        _exported(outcome, w),
        w("rights.my_data.ends_on", day=w.day(outcome.ends_on)) if outcome.ends_on else None,
        w("rights.my_data.contacts_end_on", day=w.day(outcome.contacts_end_on))
        if outcome.contacts_end_on
        else None,
        w("rights.my_data.file"),
    )
    buttons = keyboard([_erase(w)], [button(w.label("rights.button.consents"), Verb.CONSENTS)])
    file = Document(w.label("rights.my_data.file_name"), outcome.document)
    return Message(text, buttons, document=file, protect=True)


def _what_next(outcome: Privacy, w: Phrases) -> list[list[InlineKeyboardButton]]:
    if outcome.question:
        return answers(outcome.question, outcome.workshop_id, outcome.controller, w, reading=True)
    if outcome.workshop_id is None:  # most likely somebody about whom nothing is stored yet
        return [[button(w.label("joining.button.begin"), Verb.BEGIN, 0, w.voice)]]
    return [
        [button(w.label("rights.button.my_data"), Verb.MY_DATA)],
        [button(w.label("rights.button.consents"), Verb.CONSENTS), _erase(w)],
    ]


def _profile(profile: Profile, w: Phrases) -> list[Markup]:
    name, organisation, place = (cut(v, _SHORT) for v in (profile.name, profile.organisation, profile.place))
    first = " · ".join(each for each in (name, shown_role(profile, w), organisation, place) if each)
    rows = {
        "seeks": interests(profile.seeks, profile.seek_words, w),
        "offers": interests(profile.offers, profile.offer_words, w),
    }
    return [w("rights.my_data.who", who=first)] + [
        w("joining.profile.line", label=w.label(f"joining.question.{question}"), value=cut(value, _LIST))
        for question, value in rows.items()
        if value
    ]


def _consents(outcome: MyData, w: Phrases) -> list[Markup]:
    """The latest answer for each purpose."""
    latest = {purpose: (day, given) for purpose, day, given in outcome.consents}
    return [
        w(
            "rights.my_data.given" if given else "rights.my_data.not_given",
            purpose=w.label(f"rights.purpose.{purpose}"),
            day=w.day(day),
        )
        for purpose, (day, given) in latest.items()
    ]


def _exported(outcome: MyData, w: Phrases) -> Markup | None:
    if outcome.exported is None:
        return None
    on, as_what, purpose = outcome.exported
    said = quoted(w, purpose, _LIST)
    return w("rights.my_data.exported", day=w.day(on), role=w.label(f"team.role.{as_what}"), purpose=said)


def _erase(w: Phrases) -> InlineKeyboardButton:
    return button(w.label("rights.button.erase"), Verb.ERASE)
