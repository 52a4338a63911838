"""The team: who is on it, invitations into it, and what those who are invited read."""

from typing import assert_never

from markupsafe import Markup
from telegram import CopyTextButton, InlineKeyboardButton

from domain.outcomes.organising.team import (
    EVERYWHERE,
    Post,
    TeamGranted,
    Teaming,
    TeamInvitation,
    TeamInvitationEnded,
    TeamJoined,
    TeamLeft,
    TeamList,
    TeamMember,
    TeamNameAsked,
    TeamOffered,
    TeamPost,
    TeamRoleAsked,
    TeamRoleEnded,
    TeamRoleGone,
    TeamWorkshopAsked,
)
from domain.team import TeamRole
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.organising.desk import workshop_labels
from messages.paging import turning
from messages.people import full
from messages.places_to_go import to_menu
from messages.qr import qr_png

_TITLE = 80  # UTF-16 units of a workshop's name


def render(outcome: Teaming, w: Phrases) -> Message:  # noqa: C901, PLR0911, PLR0912 - a case per outcome
    match outcome:
        case TeamList():
            return _list(outcome, w)
        case TeamMember():
            return _member(outcome, w)
        case TeamRoleAsked():
            return _role_asked(outcome, w)
        case TeamWorkshopAsked():
            return _workshop_asked(outcome, w)
        case TeamInvitation():
            return _invitation(outcome, w)
        case TeamOffered():
            return _offered(outcome, w)
        case TeamInvitationEnded():
            return Message(w("team.invitation.ended"), keyboard([_to_list(w)]))
        case TeamLeft():
            return Message(w("team.left"))
        case TeamNameAsked():
            return Message(w("team.name"))
        case TeamJoined():
            text = lines(w("team.joined"), _post(outcome.post, w), w(f"team.does.{outcome.post.role}"))
            return Message(text, keyboard([to_menu(w)]))
        case TeamGranted():
            return _granted(outcome, w)
        case TeamRoleEnded():
            after = w("team.ended.last" if outcome.last else "team.ended.more")
            return Message(lines(w("team.ended"), _post(outcome.post, w), after))
        case TeamRoleGone():
            return _gone(outcome, w)
    assert_never(outcome)


def _post(post: Post, w: Phrases) -> Markup:
    """The role and where: "Empfang · Werkstatt Dresden"."""
    return w("team.post", role=w(f"team.role.{post.role}"), where=_where(post, w))


def _where(post: Post, w: Phrases) -> Markup | str:
    return cut(post.workshop, _TITLE) if post.workshop is not None else w("team.everywhere")


def _list(outcome: TeamList, w: Phrases) -> Message:
    each = [
        [button(_label(number, name, posts, w), Verb.MEMBER, person_id)]
        for number, (person_id, name, posts) in enumerate(outcome.people, outcome.first)
    ]
    invite = [button(w.label("team.button.invite"), Verb.MEMBER_ADD, 0)]
    turned = turning(outcome, w, Verb.MEMBERS)
    text = w("team.list" if outcome.people else "team.list.nobody")
    return Message(text, keyboard(*each, turned, invite, [to_menu(w)]))


def _label(number: int, name: str, posts: tuple[Post, ...], w: Phrases) -> str:
    """The number is no ranking: it is for names made of pictures only."""
    roles = ", ".join(dict.fromkeys(w.plain(f"team.role.{each.role}") for each in posts))
    return w.fitted("team.button.member", number=number, name=full(w, name), roles=roles)


def _member(outcome: TeamMember, w: Phrases) -> Message:
    by_settings = _post(Post(TeamRole.OWNER, None), w) if outcome.by_settings else None
    text = lines(
        w("team.member.mine") if outcome.mine else w("team.member", name=full(w, outcome.name)),
        by_settings,
        w("team.member.by_settings") if outcome.by_settings else None,
        *(line for each in outcome.posts for line in _since(each, w)),
        None if outcome.posts or outcome.by_settings else w("team.member.none"),
    )
    return Message(text, keyboard(*_ends(outcome, w), _adds(outcome, w), [_back(outcome, w)]))


def _since(post: TeamPost, w: Phrases) -> tuple[Markup, Markup]:
    by = w("team.member.by", name=full(w, post.by)) if post.by else Markup()
    return _post(post.post, w), w("team.member.since", day=w.day(post.since), by=by)


def _ends(outcome: TeamMember, w: Phrases) -> list[list[InlineKeyboardButton]]:
    return [
        [
            button(
                w.fitted("team.button.end", role=w.plain(f"team.role.{each.post.role}")),
                Verb.ROLE_END,
                each.grant_id,
                outcome.version,
            )
        ]
        for each in outcome.posts
        if each.may_end
    ]


def _adds(outcome: TeamMember, w: Phrases) -> list[InlineKeyboardButton]:
    another = button(w.label("team.button.another"), Verb.MEMBER_ADD, outcome.person_id)
    return [another] if outcome.may_add else []


def _back(outcome: TeamMember, w: Phrases) -> InlineKeyboardButton:
    return to_menu(w) if outcome.mine else button(w.label("team.button.list"), Verb.MEMBERS, 0)


def _role_asked(outcome: TeamRoleAsked, w: Phrases) -> Message:
    head = w("team.which_role.of", name=full(w, outcome.name)) if outcome.person_id else w("team.which_role")
    does = [
        w("team.role_does", role=w(f"team.role.{each}"), what=w(f"team.does.{each}"))
        for each in outcome.roles
    ]
    each = [
        [button(w.label(f"team.role.{role}"), Verb.MEMBER_ROLE, outcome.person_id, role, 0)]
        for role in outcome.roles
    ]
    back = button(w.label("team.button.list"), Verb.MEMBERS, 0)
    return Message(lines(head, *does), keyboard(*each, [back]))


def _workshop_asked(outcome: TeamWorkshopAsked, w: Phrases) -> Message:
    who = (outcome.person_id, outcome.role)
    everywhere = button(w.label("team.button.everywhere"), Verb.MEMBER_IN, *who, EVERYWHERE)
    labels = workshop_labels(outcome.workshops, w)
    each = [
        [button(label, Verb.MEMBER_IN, *who, one.workshop_id)]
        for label, one in zip(labels, outcome.workshops, strict=True)
    ]
    turned = turning(outcome, w, Verb.MEMBER_ROLE, *who)
    head = w("team.which_workshop", role=w(f"team.role.{outcome.role}"))
    return Message(
        head,
        keyboard(
            *each,
            turned,
            [everywhere] if outcome.everywhere else [],
            [button(w.label("team.button.list"), Verb.MEMBERS, 0)],
        ),
    )


def _invitation(outcome: TeamInvitation, w: Phrases) -> Message:
    """A QR picture with a caption; the link in it is text, too."""
    link = Markup('<a href="{link}">{link}</a>').format(link=outcome.link)
    text = lines(
        w("team.invitation"),
        _post(outcome.post, w),
        link,
        w(
            "team.invitation.rules",
            day=w.due(outcome.until),
            code=Markup("<code>o_{}</code>").format(outcome.code),
        ),
    )
    copy = InlineKeyboardButton(w.label("entered.button.copy_link"), copy_text=CopyTextButton(outcome.link))
    end = button(w.label("team.button.take_back"), Verb.INVITATION_BACK, outcome.code_id)
    return Message(text, keyboard([copy], [end], [_to_list(w)]), photo=qr_png(outcome.link))


def _to_list(w: Phrases) -> InlineKeyboardButton:
    return button(w.label("team.button.list"), Verb.MEMBERS, 0)


def _offered(outcome: TeamOffered, w: Phrases) -> Message:
    text = lines(
        w("team.offered"),
        w("team.offered.by", name=full(w, outcome.by)) if outcome.by else None,
        _post(outcome.post, w),
        w(f"team.does.{outcome.post.role}"),
        w("team.offered.recorded"),
    )
    yes = button(w.label("team.button.yes"), Verb.JOIN_YES, outcome.code_id)
    no = button(w.label("team.button.no"), Verb.JOIN_NO, outcome.code_id)
    return Message(text, keyboard([yes], [no]))


def _granted(outcome: TeamGranted, w: Phrases) -> Message:
    by = w("team.granted.by", name=full(w, outcome.by)) if outcome.by else None
    text = lines(w("team.granted", name=full(w, outcome.name)), _post(outcome.post, w), by)
    return Message(text, keyboard([button(w.label("team.button.look"), Verb.MEMBER, outcome.person_id)]))


def _gone(outcome: TeamRoleGone, w: Phrases) -> Message:
    if outcome.name is None:
        return Message(lines(w("team.gone.erased"), _post(outcome.post, w), w("team.gone.free")))
    after = w("team.gone.moved") if outcome.moved else None
    return Message(lines(w("team.gone", name=full(w, outcome.name)), _post(outcome.post, w), after))
