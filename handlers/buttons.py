"""Every button and what it does: its verb, its action, and how its arguments are parsed."""

from telegram import Update

from actions.exchange.turn import Turn
from actions.intake import conversation, invitations
from actions.joining import answering, consents, entry, going_back, hours, profile, topics, whereabouts
from actions.matching import afterwards, introductions, sharing, suggestions
from actions.organising import complaints
from actions.organising.inquiries import team_words
from actions.organising.team import team
from actions.pledging import evidence, history_pages, pledges
from actions.pledging.agreeing import agreeing, declining, talks
from actions.pledging.amendments import amending, rewording
from actions.pledging.drafting import deadlines, drafting, handshakes, partners
from actions.pledging.endings import agreement, endings
from actions.pledging.help_calls import blockers, calling, helping
from actions.pledging.nudges import answers, notes, questions, snoozing
from actions.pledging.releases import releasing
from actions.pledging.silences import hints
from actions.rights import requests
from domain.nudging import Period, Snooze
from domain.outcomes.choices import (
    ContactKind,
    Direction,
    Meeting,
    Met,
    Offer,
    ProfileQuestion,
    Purpose,
    Stance,
)
from domain.outcomes.joining import UnderAge
from domain.pledges import Acts, Blocker, NoBecause, Status
from domain.readers import Readership
from domain.refusal import Reason, Refusal
from domain.roles import Role
from domain.voice import Voice
from handlers import (
    account_buttons,
    button_actions,
    care_buttons,
    entered_buttons,
    export_buttons,
    guest_buttons,
    moment_buttons,
    office_buttons,
    organising_buttons,
    paper_buttons,
    participant_buttons,
    presence_buttons,
    programme_buttons,
    relay_buttons,
    retrospective_buttons,
    roundtable_buttons,
    team_buttons,
)
from handlers.button_arguments import day, fingerprint, group, hour, months, number, weeks, when, word
from handlers.routes import Route
from handlers.routes import agreed as _agreed
from handlers.routes import always as _always
from handlers.turns import Context
from messages.buttons import Verb
from messages.callback_data import decode

_WAY_IN = (
    Verb.GREET, Verb.BEGIN, Verb.READ, Verb.WITHOUT, Verb.CORE_YES, Verb.CARRIER_YES, Verb.CARRIER_NO, Verb.CONSENT_ON,
    Verb.CONSENT_YES,
)  # fmt: skip


ROUTES: dict[Verb, Route] = {
    Verb.GREET: _always(entry.greet, number, Voice),
    Verb.BEGIN: _always(entry.begin, number, Voice),
    Verb.READ: _always(entry.read, number, Voice),
    Verb.WITHOUT: _always(entry.without, number, Voice),
    Verb.CORE_YES: _always(invitations.core_yes, number, Voice, fingerprint),
    Verb.CORE_NO: _always(consents.core_no, number, Voice),
    Verb.CARRIER_YES: _always(invitations.carrier_yes, fingerprint),
    Verb.CARRIER_NO: _always(consents.carrier_no),
    Verb.ROLE: _agreed(answering.role, Role),
    Verb.SKIP: _agreed(answering.skip, ProfileQuestion),
    Verb.LAND: _agreed(whereabouts.land, word),
    Verb.PLACE_PICK: _agreed(whereabouts.pick, number, number),
    Verb.PLACE_KEEP: _agreed(whereabouts.keep, number),
    Verb.TOPICS_OK: _agreed(topics.confirm, Direction),
    Verb.TOPICS_AGAIN: _agreed(topics.say_differently, Direction),
    Verb.TOPICS_DROP: _agreed(topics.show_dropping, Direction),
    Verb.TOPIC_DROP: _agreed(topics.drop, number),
    Verb.TOPIC_PICK: _agreed(topics.pick, number, word),
    Verb.TOPIC_ALL: _agreed(topics.pick_all, number),
    Verb.TOPIC_NONE: _agreed(topics.pick_none, number),
    Verb.STANCE: _agreed(topics.take_stance, number, Stance),
    Verb.TOPICS_LIST: _agreed(topics.browse, Direction),
    Verb.TOPICS_GROUP: _agreed(topics.browse_group, Direction, group, number),
    Verb.TOPIC_TOGGLE: _agreed(topics.toggle, Direction, word, number),
    Verb.OFFER: _agreed(topics.offer, Offer),
    Verb.ANNOUNCE_YES: _agreed(button_actions.announce_yes, fingerprint),
    Verb.ANNOUNCE_NO: _agreed(button_actions.announce_no, fingerprint),
    Verb.HOUR: _agreed(hours.choose, hour),
    Verb.BACK: _agreed(going_back.go_back, ProfileQuestion),
    Verb.PROFILE_OK: _agreed(button_actions.finish),
    Verb.EDIT: _agreed(profile.edit, ProfileQuestion),
    Verb.PROFILE: _agreed(profile.show),
    Verb.VOICES: _always(conversation.voices),
    Verb.VOICE: _always(conversation.voice, Voice),
    Verb.PARTNER: _agreed(suggestions.suggest),
    Verb.MEET: _agreed(introductions.ask, number),
    Verb.SHOW_AGAIN: _agreed(suggestions.show_again),
    Verb.NEXT: _agreed(button_actions.next_one, number),
    Verb.NOT_MY_TOPIC: _agreed(button_actions.not_my_topic, number),
    Verb.INTRO_YES: _agreed(introductions.say_yes, number),
    Verb.INTRO_NO: _agreed(introductions.say_no, number),
    Verb.MEETING: _agreed(introductions.meeting, number, Meeting),
    Verb.INTRO: _agreed(introductions.show, number),
    Verb.MET: _agreed(afterwards.answer, number, Met),
    Verb.CONTACT: _agreed(sharing.ask_contact, number),
    Verb.CONTACT_BY: _agreed(sharing.contact_by, number, ContactKind),
    Verb.CONTACT_MINE: _agreed(sharing.confirm_number, number),
    Verb.PLEDGES: _agreed(pledges.show_list),
    Verb.PLEDGES_PAGE: _agreed(pledges.turn_page, number),
    Verb.PLEDGES_ENDED: _agreed(pledges.show_ended, number),
    Verb.PLEDGE: _agreed(agreement.show, number),
    Verb.MORE: _agreed(pledges.show_more, number),
    Verb.HISTORY: _agreed(history_pages.show, number, number),
    Verb.WHEN: _agreed(questions.show_next, number),
    Verb.PLEDGE_NEW: _agreed(partners.ask),
    Verb.PLEDGE_SEARCH: _agreed(partners.ask_name),
    Verb.PLEDGE_BESIDE: _agreed(handshakes.begin),
    Verb.PLEDGE_NAME: _agreed(partners.ask_name_for, number),
    Verb.PLEDGE_FOR: _agreed(partners.choose_for, number, number),
    **entered_buttons.ROUTES,
    **export_buttons.ROUTES,
    **relay_buttons.ROUTES,
    Verb.HANDSHAKE_YES: _agreed(handshakes.confirm, number, number),
    Verb.HANDSHAKE_NO: _agreed(handshakes.deny, number, number),
    Verb.PLEDGE_WITH: _agreed(partners.choose, number),
    Verb.ACTS: _agreed(drafting.choose_who_acts, number, Acts),
    Verb.SENTENCE: _agreed(drafting.ask_sentence, number),
    Verb.SHARPER: _agreed(drafting.take_sharper, number, word),
    Verb.SENTENCE_KEEP: _agreed(drafting.keep_sentence, number),
    Verb.DEADLINE: _agreed(deadlines.ask, number),
    Verb.DEADLINE_IN: _agreed(button_actions.deadline_in, number, months),
    Verb.DEADLINE_SAID: _agreed(pledges.show, number),
    Verb.DEADLINE_ON: _agreed(deadlines.choose_day, number, day),
    Verb.PROPOSE: _agreed(agreeing.propose, number),
    Verb.DROP: _agreed(agreeing.withdraw, number),
    Verb.ACCEPT: _agreed(agreeing.accept, number, number),
    Verb.ADJUST: _agreed(agreeing.ask_other_words, number),
    Verb.COMPLAIN: _agreed(complaints.about_sentence, number),
    Verb.COMPLAIN_NOTES: _agreed(complaints.about_notes, number),
    Verb.COMPLAIN_CONTACT: _agreed(complaints.about_contact, number),
    Verb.DECLINE: _agreed(button_actions.decline, number),
    Verb.NO_BECAUSE: _agreed(declining.ask_why, number, number),
    Verb.BECAUSE: _agreed(button_actions.decline_because, number, number, NoBecause),
    Verb.AMEND: _agreed(amending.ask, number),
    Verb.AMEND_WORDS: _agreed(amending.ask_words, number),
    Verb.AMEND_DAY: _agreed(amending.ask_day, number),
    Verb.AMEND_ON: _agreed(amending.choose_day, number, day),
    Verb.AMEND_YES: _agreed(amending.accept, number, number),
    Verb.AMEND_NO: _agreed(amending.decline, number, number),
    Verb.AMEND_BACK: _agreed(amending.withdraw, number, number),
    Verb.AMEND_OFFER: _agreed(rewording.take_offer, number),
    Verb.AMEND_KEEP: _agreed(rewording.drop_offer, number),
    Verb.EVIDENCE: _agreed(evidence.ask, number),
    Verb.EVIDENCE_SHOW: _agreed(evidence.show, number, number),
    Verb.READERS: _agreed(releasing.ask, number),
    Verb.READERS_ARE: _agreed(releasing.choose, number, Readership),
    Verb.TALK: _agreed(button_actions.talk_first, number, when),
    Verb.TALK_ASK: _agreed(talks.ask, number),
    Verb.TALK_MOVE: _agreed(button_actions.talk_move, number, when),
    Verb.CALENDAR: _agreed(talks.give_file, number),
    Verb.REPORT: _agreed(answers.report, number, Period, Status),
    Verb.UNDO: _agreed(answers.undo, number, Period),
    Verb.OTHERS: _agreed(answers.show_others, number, Period),
    Verb.BLOCKER: _agreed(blockers.say, number, Period, Blocker),
    Verb.CALL: _agreed(calling.call, number, Period),
    Verb.CALL_NO: _agreed(calling.refuse, number),
    Verb.LEND: _agreed(helping.say_yes, number),
    Verb.LEND_NO: _agreed(helping.say_no, number),
    Verb.LEND_ASKED: _agreed(helping.show, number),
    Verb.TEAM: _agreed(button_actions.tell_team, number),
    Verb.TEAM_NO: _agreed(button_actions.keep_from_team, number),
    Verb.CORRECT: _agreed(endings.correct, number),
    Verb.NUDGE_PAGE: _agreed(questions.turn_page, number, number),
    Verb.SNOOZE: _agreed(snoozing.snooze, number, Snooze),
    Verb.NOTE: _agreed(notes.ask, number, Period),
    Verb.NOTE_TO: _agreed(notes.keep_for, number, number),
    Verb.NOTE_AS: _agreed(notes.keep_with, number, number, Status),
    Verb.NOTE_NO: _agreed(notes.drop, number),
    Verb.AGREE: _agreed(agreement.agree, number, Status),
    Verb.DISAGREE: _agreed(agreement.disagree, number),
    Verb.HINT: _agreed(hints.show, number),
    Verb.IN_TOUCH: _agreed(hints.say_in_touch, number),
    Verb.COME_BACK: _agreed(hints.come_back, number),
    **organising_buttons.ROUTES,
    **office_buttons.ROUTES,
    **presence_buttons.ROUTES,
    **roundtable_buttons.ROUTES,
    **account_buttons.ROUTES,
    **guest_buttons.ROUTES,
    **programme_buttons.ROUTES,
    **moment_buttons.ROUTES,
    **care_buttons.ROUTES,
    **participant_buttons.ROUTES,
    **paper_buttons.ROUTES,
    **team_buttons.ROUTES,
    **retrospective_buttons.ROUTES,
    Verb.PRIVACY: _always(requests.privacy),
    Verb.MY_DATA: _always(requests.my_data),
    Verb.ERASE: _always(requests.ask_erase),
    Verb.ERASE_YES: _always(requests.erase),
    Verb.ERASE_NO: _always(requests.keep),
    Verb.PAUSE_ASK: _agreed(requests.ask_pause),
    Verb.PAUSE: _agreed(requests.pause, weeks),
    Verb.NO_PAUSE: _agreed(requests.no_pause),
    Verb.RESUME: _always(requests.resume),
    Verb.CONSENTS: _always(requests.list_consents),
    Verb.CONSENT_OFF: _always(requests.withdraw, Purpose),
    Verb.CONSENT_ON: _always(requests.give, Purpose),
    Verb.CONSENT_YES: _always(requests.agree, Purpose, fingerprint),
    Verb.CONSENT_NO: _always(requests.refuse, Purpose, fingerprint),
    Verb.HELP: _always(conversation.help_),
    Verb.ASK_TEAM: _always(button_actions.ask_team),
    Verb.TEAM_SEND: _always(button_actions.give_to_team, number),
    Verb.TEAM_AGAIN: _always(team_words.write_again, number),
    Verb.TEAM_DROP: _always(button_actions.drop_for_team, number),
    Verb.CANCEL: _always(conversation.cancel),
    Verb.CODE: _agreed(conversation.ask_code),
}


# What the others of an office read of a question that one of them has settled.
ANSWERS = {
    **dict.fromkeys(
        (
            Verb.INTRO_YES,
            Verb.ACCEPT,
            Verb.ROUNDTABLE_YES,
            Verb.AGREE,
            Verb.AMEND_YES,
            Verb.LEND,
            Verb.PAPER_YES,
        ),
        True,
    ),
    **dict.fromkeys(
        (
            Verb.INTRO_NO,
            Verb.ROUNDTABLE_NO,
            Verb.DECLINE,
            Verb.DISAGREE,
            Verb.AMEND_NO,
            Verb.LEND_NO,
            Verb.PAPER_NO,
        ),
        False,
    ),
}


async def press(update: Update, context: Context) -> None:
    await run(context.turn, (update.callback_query and update.callback_query.data) or "")


async def run(turn: Turn, data: str) -> None:
    """Run the button with this callback data.

    Raises Refusal(STALE_BUTTON) for anything that is not exactly one of our buttons, or needs consents that the
    person has not given, or a role on the team that they have not got. Anyone refused for their age is told so again in
    place of any older button of joining.
    """
    pressed = decode(data)
    if pressed is None:
        raise Refusal(Reason.STALE_BUTTON)
    route = ROUTES[pressed.verb]
    leads_in = pressed.verb in _WAY_IN or route.needs_consent
    if leads_in and turn.is_newcomer and await entry.is_refused_for_age(turn):
        turn.tell(UnderAge(), edit=True)  # there, so that what is below it keeps its buttons
        return
    if (route.needs_consent and turn.lacks_consent) or len(pressed.args) != len(route.parsers):
        raise Refusal(Reason.STALE_BUTTON)
    try:
        arguments = [parse(arg) for parse, arg in zip(route.parsers, pressed.args, strict=True)]
    except ValueError as error:
        raise Refusal(Reason.STALE_BUTTON) from error
    if route.needs is not None:
        await team.check(turn, route.needs, *arguments)
    turn.answer = ANSWERS.get(pressed.verb)
    await route.act(turn, *arguments)
