"""The buttons of round tables: at the desk, and of those who are asked."""

from actions.organising.roundtables import roundtable_ends, roundtable_seats, roundtables
from actions.organising.team import team
from actions.organising.team.team import Needs
from domain.outcomes.organising.roundtables import Detail
from domain.team import Duty
from handlers.button_arguments import clock, number, topic
from handlers.routes import Route, agreed, at_desk
from messages.buttons import Verb

_THERE = Needs(Duty.RUN, team.of_workshop)
_TABLE = Needs(Duty.RUN, team.of_roundtable)

ROUTES: dict[Verb, Route] = {
    Verb.ROUNDTABLES: at_desk(Needs(Duty.RUN), roundtables.choose),
    Verb.ROUNDTABLE_TOPICS: at_desk(_THERE, roundtables.topics_in, number, number),
    Verb.ROUNDTABLE_NEW: at_desk(_THERE, roundtables.plan, number, topic),
    Verb.ROUNDTABLE: at_desk(_TABLE, roundtables.show, number),
    Verb.ROUNDTABLE_PEOPLE: at_desk(_TABLE, roundtables.show_people, number, number),
    Verb.ROUNDTABLE_PERSON: at_desk(_TABLE, roundtables.turn_person, number, number, number),
    Verb.ROUNDTABLE_DETAIL: at_desk(_TABLE, roundtables.ask_detail, number, Detail),
    Verb.ROUNDTABLE_AT: at_desk(_TABLE, roundtables.set_time, number, clock),
    Verb.ROUNDTABLE_TABLE: at_desk(_TABLE, roundtables.set_table, number, number),
    Verb.ROUNDTABLE_GO: at_desk(_TABLE, roundtables.send, number, number),
    Verb.ROUNDTABLE_DROP: at_desk(_TABLE, roundtable_ends.drop, number),
    Verb.ROUNDTABLE_YES: agreed(roundtable_seats.say_yes, number),
    Verb.ROUNDTABLE_NO: agreed(roundtable_seats.say_no, number),
}
