"""The buttons about the team itself."""

from actions.organising.team import team_desk, team_invitations
from actions.organising.team.team import Needs
from domain.team import TeamRole
from handlers.button_arguments import number
from handlers.routes import Route, always, at_desk
from messages.buttons import Verb

ROUTES: dict[Verb, Route] = {
    Verb.MEMBERS: at_desk(team_desk.LISTED, team_desk.show_list, number),
    Verb.MEMBER: at_desk(team_desk.MEMBER, team_desk.show, number),
    Verb.MY_ROLE: at_desk(Needs(None), team_desk.show_mine),
    Verb.MEMBER_ADD: at_desk(team_desk.LISTED, team_desk.ask_role, number),
    Verb.MEMBER_ROLE: at_desk(team_desk.LISTED, team_desk.ask_workshop, number, TeamRole, number),
    Verb.MEMBER_IN: at_desk(team_desk.LISTED, team_desk.choose, number, TeamRole, number),
    Verb.ROLE_END: at_desk(team_desk.ENDING, team_desk.end, number, number),
    Verb.INVITATION_BACK: at_desk(team_desk.LISTED, team_invitations.take_back, number),
    Verb.JOIN_YES: always(team_invitations.accept, number),
    Verb.JOIN_NO: always(team_invitations.decline, number),
}
