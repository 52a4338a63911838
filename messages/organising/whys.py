"""Why somebody is asked nothing, for organisers: a sentence for each pledge, and nothing of the pledge itself."""

from markupsafe import Markup

from domain.outcomes.organising.whys import NextQuestion, PeopleFound, WhyNothing
from domain.words import cut
from messages.buttons import Verb
from messages.catalogue import Phrases
from messages.first_lines import first_line
from messages.lines import lines
from messages.message import Message, button, keyboard
from messages.people import full
from messages.places_to_go import to_menu
from messages.pledging.because import because

_MOST = 20  # pledges; more say nothing new
_PART = 40  # UTF-16 units of a name or a place in a line


def name_asked(w: Phrases) -> Message:
    return Message(w("orga.why.name"), keyboard([button(w.label("orga.button.cancel"), Verb.CANCEL)]))


def found(outcome: PeopleFound, w: Phrases) -> Message:
    hits = []
    people = []
    for hit in outcome.hits:
        where = f" · {cut(hit.place, _PART)}" if hit.place else ""
        label = w.fitted("pledge.button.person", name=hit.name, where=where)
        hits.append([button(label, Verb.WHY_OF, hit.person_id)])
        people.append(w("pledge.partner.hit", who=cut(hit.name, _PART) + where))
    other = [button(w.label("pledge.button.other_name"), Verb.WHY)]
    return Message(lines(w("orga.why.found"), *people), keyboard(*hits, other, [to_menu(w)]))


def why_nothing(outcome: WhyNothing, w: Phrases) -> Message:
    each = [_pledge(number, one, outcome, w) for number, one in enumerate(outcome.pledges[:_MOST], 1)]
    text = lines(
        first_line(w, "orga.why.title", name=full(w, outcome.name)),
        *each,
        None if outcome.pledges else w("orga.why.no_pledge"),
        w("orga.why.told"),
    )
    account = button(w.label("account.button.new"), Verb.ACCOUNT, outcome.person_id)
    other = button(w.label("pledge.button.other_name"), Verb.WHY)
    return Message(text, keyboard([account], [other], [to_menu(w)]))


def _pledge(number: int, of: NextQuestion, outcome: WhyNothing, w: Phrases) -> Markup:
    before = w("orga.why.asked", day=w.day(of.asked)) if of.asked is not None else None
    why = because(of.why, outcome.hour, lambda which: f"orga.why.because.{which}", w)
    when = w("orga.why.next", day=w.day(of.on)) if of.on is not None else w("orga.why.none")
    said = Markup(" ").join(filter(None, (before, why, when)))
    return w("orga.why.line", number=number, said=said)
