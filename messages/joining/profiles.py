"""The profile as its owner sees it: every line is shown, and can be edited."""

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.outcomes.choices import ProfileQuestion
from domain.outcomes.joining import Profile
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.names import land, role, topic

_LIST = 240  # UTF-16 units of topics and own words on one line

# In rows of buttons; half a phone's width has no room for a long word.
_EDITABLE = (
    (ProfileQuestion.NAME, ProfileQuestion.ROLE),
    (ProfileQuestion.ORGANISATION,),
    (ProfileQuestion.PLACE, ProfileQuestion.LAND),
    (ProfileQuestion.SEEKS, ProfileQuestion.OFFERS),
    (ProfileQuestion.ANNOUNCEMENTS,),
    (ProfileQuestion.HOUR,),
)


def profile(outcome: Profile, w: Phrases) -> Message:
    asks = "joining.profile.edit" if outcome.finished else "joining.profile.question"
    text = lines(w("joining.profile.title"), *profile_lines(outcome, w), w(asks))
    return Message(text, keyboard(*_buttons(outcome, w)))


def profile_lines(outcome: Profile, w: Phrases, longest: int = _LIST) -> list[Markup]:
    """A line for each answer, with at most `longest` UTF-16 units after its label; skipped ones say "open"."""
    yes_or_no = w.label("joining.profile.yes" if outcome.announcements else "joining.profile.no")
    said = {
        ProfileQuestion.NAME: outcome.name,
        ProfileQuestion.ROLE: shown_role(outcome, w),
        ProfileQuestion.ORGANISATION: outcome.organisation,
        ProfileQuestion.PLACE: outcome.place,
        ProfileQuestion.LAND: land(w, outcome.land) if outcome.land else "",
        ProfileQuestion.SEEKS: interests(outcome.seeks, outcome.seek_words, w),
        ProfileQuestion.OFFERS: interests(outcome.offers, outcome.offer_words, w),
        ProfileQuestion.ANNOUNCEMENTS: yes_or_no,
        ProfileQuestion.HOUR: w.label("joining.profile.hour", hour=w.hour(outcome.hour)),
    }
    rows = [(w.label(f"joining.question.{question}"), value) for question, value in said.items()]
    if len(outcome.workshops) == 1:
        rows.append((w.label("joining.profile.workshop"), outcome.workshops[0]))
    elif outcome.workshops:
        present = w.label("joining.profile.present", workshop=outcome.workshops[0])
        rows.append((w.label("joining.profile.workshops"), " · ".join((present, *outcome.workshops[1:]))))
    rows.append((w.label("joining.profile.voice"), w.label(f"voice.{outcome.voice}")))
    unknown = w.label("joining.profile.open")
    return [
        w("joining.profile.line", label=label, value=cut(value, longest) if value else unknown)
        for label, value in rows
    ]


def shown_role(outcome: Profile, w: Phrases) -> str:
    """The role; for an MP, with whether it is confirmed."""
    named = role(w, outcome.role)
    if not outcome.role.is_mp:
        return named
    key = "joining.profile.confirmed" if outcome.confirmed else "joining.profile.unconfirmed"
    return f"{named}, {w.label(key)}"


def interests(ids: tuple[str, ...], words: tuple[str, ...], w: Phrases) -> str:
    return " · ".join([*(topic(w, each) for each in ids), *words])


def _buttons(outcome: Profile, w: Phrases) -> list[list[InlineKeyboardButton]]:
    """A button for every line that the person may edit, in the order of the lines."""
    rows = [
        [button(w.label(f"joining.question.{question}"), Verb.EDIT, question) for question in row]
        for row in _EDITABLE
    ]
    rows.append([button(w.label("joining.profile.voice"), Verb.VOICES)])
    if not outcome.finished:
        back = button(w.label("joining.button.back"), Verb.BACK, ProfileQuestion.SUMMARY)
        return [[button(w.label("joining.button.confirm"), Verb.PROFILE_OK)], *rows, [back]]
    office = [button(w.label("office.button.office"), Verb.MY_OFFICE)] if outcome.office else []
    stays = [button(w.label("presence.button.mine"), Verb.MY_PRESENCE)] if outcome.is_due else []
    return [
        *rows,
        stays,
        office,
        [button(w.label("joining.button.code"), Verb.CODE)],
        [button(w.label("joining.button.my_data"), Verb.PRIVACY)],
    ]
