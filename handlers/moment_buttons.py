"""The buttons of the pledge moment: of the desk, and of the people in the hall."""

from actions.organising.pledge_moments import pledge_moments
from actions.organising.team import team
from actions.organising.team.team import Needs
from domain.team import Duty
from handlers.button_arguments import number
from handlers.routes import Route, agreed, at_desk
from messages.buttons import Verb

_RUN = Needs(Duty.RUN, team.of_workshop)
_MOMENT = Needs(Duty.RUN, pledge_moments.of_moment)

ROUTES: dict[Verb, Route] = {
    Verb.MOMENTS: at_desk(Needs(Duty.RUN), pledge_moments.begin),
    Verb.MOMENT_LENGTH: at_desk(_RUN, pledge_moments.choose_length, number, number),
    Verb.MOMENT_OPEN: at_desk(_RUN, pledge_moments.open_, number, number, number),
    Verb.MOMENT: at_desk(_MOMENT, pledge_moments.show, number),
    Verb.MOMENT_END: at_desk(_MOMENT, pledge_moments.end, number),
    Verb.MOMENT_NOT: agreed(pledge_moments.decline, number),
}
