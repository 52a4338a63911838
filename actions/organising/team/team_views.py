"""Views of the team."""

from actions.exchange.context import ViewContext, Views
from actions.exchange.paging import PAGE, on_page, pages
from actions.organising import menu_views
from actions.organising.team import team, team_desk, team_invitations
from db import intact, personal_codes
from db.models import Person
from domain.links import Link, LinkKind
from domain.outcomes.organising.team import (
    Post,
    TeamGranted,
    TeamInvitation,
    TeamJoined,
    TeamList,
    TeamMember,
    TeamOffered,
    TeamRoleAsked,
    TeamRoleEnded,
    TeamRoleGone,
    TeamWorkshopAsked,
)
from domain.team import Duty, Granted, TeamRole, may_grant, scope

VIEWS = Views()


async def _granted(context: ViewContext) -> list[Granted]:
    return await team.granted_in(context.session, context.operator, context.row.chat_id)


@VIEWS.reads(TeamList.Payload)
async def listed(context: ViewContext, payload: TeamList.Payload) -> TeamList | None:
    """None for somebody who runs nothing any more."""
    there = scope(await _granted(context), Duty.RUN)
    if there is not None and not there:
        return None
    everybody = await team_desk.members(context.session, context.operator, there)
    page, shown = on_page(everybody, payload.page)
    lines = tuple([(each.id, each.name or "", await _posts(context, each)) for each in shown])
    return TeamList(lines, page, pages(len(everybody)), page * PAGE + 1)


async def _posts(context: ViewContext, person: Person) -> tuple[Post, ...]:
    there = scope(await _granted(context), Duty.RUN)
    grants = await team_desk.grants_of(context.session, person.id, there)
    posts = [await team_desk.post(context.session, each.role, each.workshop_id) for each in grants]
    by_settings = person.chat_id in context.operator.owners
    return (Post(TeamRole.OWNER, None), *posts) if by_settings else tuple(posts)


@VIEWS.reads(TeamMember.Payload)
async def member(context: ViewContext, payload: TeamMember.Payload) -> TeamMember | None:
    """None of somebody who is gone, and for somebody who may no longer see them."""
    person, granted = await intact.person(context.session, payload.person_id), await _granted(context)
    if person is None or not granted:
        return None
    return await team_desk.card(context.session, context.operator, context.reader, granted, person)


@VIEWS.reads(TeamRoleAsked.Payload)
async def role_asked(context: ViewContext, payload: TeamRoleAsked.Payload) -> TeamRoleAsked | None:
    roles = team_desk.grantable(await _granted(context))
    name = await intact.name(context.session, payload.person_id or None)
    return TeamRoleAsked(payload.person_id, name, roles) if roles else None


@VIEWS.reads(TeamWorkshopAsked.Payload)
async def workshop_asked(
    context: ViewContext, payload: TeamWorkshopAsked.Payload
) -> TeamWorkshopAsked | None:
    granted = await _granted(context)
    found = await team_desk.workshops_to_grant(context.session, granted, payload.role)
    everywhere = may_grant(granted, Granted(payload.role))
    if not (found or everywhere):
        return None
    page, shown = on_page(found, payload.page)
    listed = await menu_views.listed(context.session, shown)
    return TeamWorkshopAsked(payload.person_id, payload.role, listed, page, pages(len(found)), everywhere)


@VIEWS.reads(TeamInvitation.Payload)
async def invitation(context: ViewContext, payload: TeamInvitation.Payload) -> TeamInvitation | None:
    """None if it was used, or is over."""
    code = await personal_codes.still_open(context.session, payload.code_id, context.now)
    if code is None or context.reader is None or code.person_id != context.reader.id:
        return None
    spelled, what = personal_codes.spelled(context.session, code), team_invitations.role_in(code)
    return TeamInvitation(
        await team_desk.post(context.session, what.role, what.workshop_id),
        context.operator.address_of(Link(LinkKind.ORGANISER, spelled)),
        spelled,
        context.day(code.expires_at),
        code.id,
    )


@VIEWS.reads(TeamOffered.Payload)
async def offered(context: ViewContext, payload: TeamOffered.Payload) -> TeamOffered | None:
    """None if it no longer opens anything."""
    code = await personal_codes.still_open(context.session, payload.code_id, context.now)
    if code is None:
        return None
    what = team_invitations.role_in(code)
    post = await team_desk.post(context.session, what.role, what.workshop_id)
    return TeamOffered(code.id, post, await intact.name(context.session, code.person_id))


@VIEWS.reads(TeamJoined.Payload)
async def joined(context: ViewContext, payload: TeamJoined.Payload) -> TeamJoined:
    return TeamJoined(await team_desk.post(context.session, payload.role, payload.workshop))


@VIEWS.reads(TeamGranted.Payload)
async def granted(context: ViewContext, payload: TeamGranted.Payload) -> TeamGranted | None:
    """None of somebody who is gone."""
    person = await intact.person(context.session, payload.person_id)
    if person is None:
        return None
    post = await team_desk.post(context.session, payload.role, payload.workshop)
    return TeamGranted(
        person.id, person.name or "", post, await intact.name(context.session, payload.by or None)
    )


@VIEWS.reads(TeamRoleEnded.Payload)
async def ended(context: ViewContext, payload: TeamRoleEnded.Payload) -> TeamRoleEnded:
    post = await team_desk.post(context.session, payload.role, payload.workshop)
    return TeamRoleEnded(post, payload.last)


@VIEWS.reads(TeamRoleGone.Payload)
async def gone(context: ViewContext, payload: TeamRoleGone.Payload) -> TeamRoleGone:
    person = await intact.person(context.session, payload.person_id) if payload.person_id else None
    post = await team_desk.post(context.session, payload.role, payload.workshop)
    return TeamRoleGone((person.name or "") if person is not None else None, post, payload.moved)
