"""The buttons about pledges that were made on paper."""

from actions.organising.guests import guest_lists, guests
from actions.organising.papers import paper_answers, papers
from actions.organising.team import team
from actions.organising.team.team import Needs
from domain.team import Duty
from handlers.button_arguments import number, word
from handlers.routes import Route, agreed, at_desk
from messages.buttons import Verb

_RUN = Needs(Duty.RUN, team.of_workshop)
_UPLOAD = Needs(Duty.RUN, guest_lists.of_upload)

ROUTES: dict[Verb, Route] = {
    Verb.PAPERS: at_desk(_RUN, papers.show, number, number),
    Verb.PAPER_FILE: at_desk(_RUN, papers.ask, number),
    Verb.PAPER_PAGE: at_desk(_UPLOAD, papers.turn_page, number, number),
    Verb.PAPER_NAMES: at_desk(_UPLOAD, papers.ask_who, number, number),
    Verb.PAPER_PICK: at_desk(_UPLOAD, papers.pick, number, number, word),
    Verb.PAPER_GO: at_desk(_UPLOAD, papers.take_over, number, word),
    Verb.PAPER_DROP: at_desk(_UPLOAD, papers.drop, number),
    Verb.GUEST_LINK: at_desk(Needs(Duty.RUN, guests.of_guest), guests.make_link, number),
    Verb.PAPER: agreed(paper_answers.show, number),
    Verb.PAPER_YES: agreed(paper_answers.agree, number),
    Verb.PAPER_NO: agreed(paper_answers.deny, number),
    Verb.PAPER_ALONE: agreed(paper_answers.go_on_alone, number),
}
