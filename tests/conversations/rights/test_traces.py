"""What others were shown of somebody who is erased: edited in their chats, silently, and only there."""

import dataclasses
import inspect
from typing import get_args, get_type_hints

from sqlalchemy import select

from actions.organising.inquiries.inquiries import LISTING, NAMING
from actions.pledging import relays
from actions.pledging.releases.shown_to_others import SHOWN_TO_OTHERS
from actions.rights import trace_kinds, traces
from db.models import Outgoing, SendState
from domain.outcomes.kinds import PAYLOADS, Outcome
from domain.outcomes.rights import Forgotten
from domain.roles import Role
from tests.cast import BUS, guest, open_workshop, sealed_pledge
from tests.conversations.pledges import answers, noted, pledge, proposes
from tests.conversations.rights.canary import ANA

NAME = "Kanarina Keller"  # what begins with "kanari" is hers
HERS = "Ich lege bis 20. Juli den Kanariengelb-Plan vor."
HIS = "Ich rufe Kanarina an und lese den Wärmeplan."
NEUTRAL = "Das steht hier nicht mehr.\nHier stand etwas von einer Person, deren Daten gelöscht sind."


async def her_and_two_others(world):
    """Kanarina; Ben, who offers what she seeks; Cem, who seeks the same."""
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, NAME, phone={"username": "kanari_k", "id": ANA})
    ben = await guest(world, workshop, "Ben Albrecht", seeks=(), offers=("ehrenamt",))
    return ana, ben, await guest(world, workshop, "Cem Demir", seeks=("ehrenamt",))


def naming_her(person):
    """Messages on this phone in which anything of hers can be read."""
    return [each for each in person.messages if "kanari" in str(each.body).casefold()]


async def erases(world, ana):
    await ana.says("/loeschen")
    world.forgotten.add(ana.id)
    await ana.taps("Ja, alles löschen")


async def everything_between(world, ana, ben, cem):
    """Every kind of message that carries a name, a sentence or a note of hers."""
    await _meet(ana, ben)
    await _asks(cem)
    await ben.sends_button_data("pledge_search")
    await ben.says("Kanarina")
    hers, his = await pledge(ana, ben, HERS), await pledge(ben, ana, HIS)
    await pledge(ben, cem, BUS)
    await _look_around(ben, ana, hers)
    await world.clock.advance(months=1, hours=4)
    await _answer_with_notes(ana, ben, hers, his)
    await world.clock.advance(weeks=5)
    await ben.says("Nebenbei gesagt")
    await answers(ana, hers, "kept")
    await proposes(ana, ben, "Ich schreibe einen Kanarienbrief an das Rathaus.")


async def _meet(ana, ben):
    """As far as exchanging contacts."""
    await ana.says("/partner")
    while "Ben Albrecht" not in ana.last:
        await ana.taps("Weiter")
    await ana.taps("Kennenlernen")
    await ben.taps("Kennenlernen")
    await ana.taps("Bin da")
    await ana.taps("Kontakt tauschen")
    await ana.taps("E-Mail-Adresse")
    await ana.says("kanari@example.org")
    await ben.taps("Kontakt tauschen")


async def _asks(cem):
    await cem.says("/partner")
    while NAME not in cem.last:
        await cem.taps("Weiter")
    await cem.taps("Kennenlernen")


async def _look_around(ben, ana, hers):
    """Ben looks at her pledge, twice at his list, and begins another pledge with her."""
    await ben.says("/versprechen")
    await ben.taps_data(f"pledge:{hers}")
    await ben.taps_data("pledges")
    await ben.taps_data("pledge_new")
    await ben.taps_data(f"pledge_with:{ana.row}")


async def _answer_with_notes(ana, ben, hers, his):
    await answers(ana, hers, "stuck")
    await ana.taps_data(f"note:{hers}:")
    await ana.says("Kanarienruf im Ausschuss")
    await answers(ben, his, "running")
    await ben.taps_data(f"note:{his}:")
    await ben.says("Mit Kanarina gesprochen")


def look_at_lists(ben):
    """Every list of pledges is made anew: hers without her, Cem's as it was."""
    lists = [each for each in ben.messages if each.text.startswith("Drei Versprechen")]
    assert len(lists) >= 2, "asked, and asked again"
    for each in lists:
        assert "1 Ein Versprechen · beendet" in each.text
        assert not [label for label in each.buttons if label.startswith("1 ")]
        assert "Bürgerbus · mit Cem Demir" in each.text


async def test_nothing_of_the_erased_can_be_read_on_anybody_s_phone(world):
    ana, ben, cem = await her_and_two_others(world)
    await everything_between(world, ana, ben, cem)
    kinds = {row.kind for row in await world.chosen(select(Outgoing)) if row.chat_id in (ben.id, cem.id)}
    assert {"MeetCard", "ContactReceived", "PartnersFound", "PledgeList", "PartnerAsked", "ActsAsked", "Sealed",
            "Nudged", "NoteOffered", "AgreementAsked", "Proposed", "PledgeCard", "Suggested"} <= kinds  # fmt: skip
    assert len(naming_her(ben)) > 12
    assert naming_her(cem)
    await ben.says("/pause")
    await ben.taps("1 Woche")
    shown = {each.id for each in ben.messages}
    await erases(world, ana)
    await world.quiet()
    await world.walk.run_due()
    assert str(ANA) not in await world.stored()
    assert not naming_her(ben)
    assert not naming_her(cem)
    new = [each for each in ben.messages if each.id not in shown]
    assert not new, "a pause is quiet, and the edits make no message"
    told = await ben.taps("Weiter")
    assert told.count("hat dein Gegenüber die eigenen Daten gelöscht") == 3, "once a pledge"
    assert any("Ich rufe █ an und lese den Wärmeplan." in each.text for each in ben.messages)
    assert ["Mit █ gesprochen"] in await noted(world)
    covered = [each for each in ben.messages if each.text == NEUTRAL]
    assert covered
    assert not any(each.buttons for each in covered)
    look_at_lists(ben)


async def test_who_is_erased_after_another_goes_from_the_same_list(sqlite_world):
    world = sqlite_world
    kanaria, ben, cem = await her_and_two_others(world)
    await pledge(ben, cem, "Ich fahre den Radweg ab.")
    await pledge(kanaria, cem, HERS)
    await cem.says("/versprechen")
    await world.clock.advance(months=1, hours=4)
    await erases(world, ben)
    await world.quiet()
    assert naming_her(cem)
    await erases(world, kanaria)
    await world.quiet()
    assert not naming_her(cem)


async def test_many_erasures_owe_each_message_one_edit(sqlite_world):
    """While Telegram is away none of them arrives; what is owed must not grow with itself."""
    world = sqlite_world
    workshop = await open_workshop(world)
    organiser = await world.organiser()
    people = [await guest(world, workshop, f"{NAME} {n}", role=Role.MP) for n in range(5)]
    await organiser.sends_button_data("claims")
    for person in people:
        await person.says("/loeschen")
        world.forgotten.add(person.id)
    busy = {"method": "editMessageText", "code": 429, "parameters": {"retry_after": 3}, "times": 1}
    await world.post("faults", json={"next": [busy | {"description": "Too Many Requests: retry after 3"}]})
    for person in people:
        await world.post(f"users/{person.id}/press", json=_erase_button(person))
    await world.quiet()
    assert not naming_her(organiser)
    owed = [row for row in await world.chosen(select(Outgoing)) if row.kind == Forgotten.__name__]
    assert 1 <= len(owed) <= len(people)


def _erase_button(person):
    return {"message_id": person.newest.id, "data": "erase_yes"}


async def test_the_list_at_the_desk_is_listed_anew(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    organiser = await world.organiser()
    kanaria = await guest(world, workshop, NAME, role=Role.MP)
    await guest(world, workshop, "Ben Albrecht", role=Role.MP)
    await organiser.sends_button_data("claims")
    assert naming_her(organiser)
    await erases(world, kanaria)
    await world.quiet()
    assert not naming_her(organiser)
    assert any("Ben Albrecht" in label for label in organiser.buttons)


async def test_the_edits_survive_a_failure_and_a_restart(world):
    ana, ben, _ = await her_and_two_others(world)
    await pledge(ana, ben, HERS)
    fault = {"method": "editMessageText", "code": 500, "description": "?", "times": 2}
    await world.post("faults", json={"next": [fault]})
    await erases(world, ana)
    await world.restart()
    assert not naming_her(ben)
    assert "mit einer gelöschten Person" in str([each.text for each in ben.messages])


async def test_a_message_its_reader_deleted_is_not_said_again(sqlite_world):
    world = sqlite_world
    ana, ben, _ = await her_and_two_others(world)
    await pledge(ana, ben, HERS)
    gone = {"method": "editMessageText", "code": 400, "description": "Bad Request: message to edit not found"}
    await world.post("faults", json={"next": [{**gone, "times": 50}]})
    before = len(ben.messages)
    await erases(world, ana)
    assert len(ben.messages) == before + 1, "only the news"
    states = {row.state for row in await world.chosen(select(Outgoing)) if row.kind == Forgotten.__name__}
    assert states == {SendState.CANCELLED}


async def test_from_somebody_who_took_consent_back_words_are_only_taken_away(sqlite_world):
    world = sqlite_world
    ana, ben, _ = await her_and_two_others(world)
    await pledge(ana, ben, HERS)
    await ben.says("/widerruf")
    await ben.taps("Nein: Weg über Telegram")
    shown = {each.id: each.text for each in ben.messages}
    assert naming_her(ben)
    await erases(world, ana)
    assert not naming_her(ben)
    assert {each.id for each in ben.messages} == set(shown), "no message, no news"
    assert {each.text for each in ben.messages if each.text != shown[each.id]} == {NEUTRAL}


OF_NOBODY_ELSE = {  # words in them are the reader's own, ours, or those of nobody in particular
    "AccountMoved", "Asked", "BroadcastContentAsked", "BroadcastCopy", "BroadcastPreview", "BroadcastTakenBack",
    "ExportAsked", "ExportLeft", "ExportOffered", "ExportPreview", "CalendarPreview", "ConsentAsked", "GroupHint",
    "GuestFileAsked", "PaperFileAsked", "HandshakeShown", "HelpAsked",
    "MomentAsked", "MomentProgress", "ProgrammeAsked", "RehearsalPlayed",
    "LineChanged", "MpNotice", "MyData", "NoHelp", "NumberDoubted", "ObjectionHeard", "OpenWords", "OrgaMenu",
    "PartnerErased", "PlacesMeant", "Privacy", "Profile", "Ready", "ReportShown", "RoundPreview",
    "RoundtableAsked", "RoundtableDetailAsked", "RoundtableFull", "RoundtableOff", "RoundtableTopics", "SegmentAsked",
    "CareNoted", "CareOverview", "CareReminded",
    "Insight", "InsightPictured", "TeamAnswered", "TeamClosed", "TeamNotYet", "TeamQuestionAsked",
    "TeamQuestionOffered",
    "TimetableEnding", "TimetableOff",
    "TeamQuestionSent", "TeamInvitation", "TeamJoined", "TeamRoleEnded", "TeamWorkshopAsked",
    "TopicsBrowsed", "TopicsHeard", "Welcome", "WorkshopAsked", "WorkshopCard",
    "WorkshopFieldAsked", "WorkshopJoined", "WorkshopPrint", "WorkshopPrints",
}  # fmt: skip
FILES = {
    "CalendarFile",
    "GuestCards",
    "InsightFiled",
    "ReceiptList",
    "ReportFiled",
}  # what is said beside it names nobody, and a file cannot be covered (decision 19)


def _says_words(hint):
    if hint is str:
        return True
    parts = get_type_hints(hint).values() if dataclasses.is_dataclass(hint) else get_args(hint)
    return any(_says_words(part) for part in parts)


def test_every_kind_of_message_with_words_is_looked_for_or_is_nobody_else_s():
    kinds, conditions = inspect.getsource(trace_kinds), inspect.getsource(traces)
    source = kinds.split("\nA_PLEDGE: Kinds")[1] + conditions.split("\ndef names")[1]
    with_words = {kind.__name__ for kind in get_args(Outcome) if _says_words(kind)} & set(PAYLOADS)
    ruled = (
        OF_NOBODY_ELSE
        | FILES
        | {kind.outcome_name() for kind in (*SHOWN_TO_OTHERS, *NAMING, *LISTING, *relays.NAMING)}
    )
    unruled = {name for name in with_words - ruled if name not in source}
    assert not unruled, "a new kind of message needs a rule in actions/rights/trace_kinds.py"


async def owed(world):
    return len(await world.chosen(select(Outgoing.id).where(Outgoing.kind == Forgotten.__name__)))


async def test_an_erasure_edits_only_what_names_the_erased_and_that_once(sqlite_world):
    world = sqlite_world
    here = await open_workshop(world)
    there = await open_workshop(world, code="GHJKLM", title="Werkstatt Bremen")
    ben = await guest(world, here, "Ben Albrecht")
    partners = [await guest(world, here, f"{NAME} {n}") for n in range(3)]
    strangers = [await guest(world, there, f"Fremd Anders {n}") for n in range(3)]
    for n, partner in enumerate(partners):
        await sealed_pledge(world, ben, partner, f"Ich baue Haus {n} am See.")
    await ben.says("/versprechen")
    for n in range(3):
        await ben.sends_button_data(f"pledge:{n + 1}")
    before = 0
    for partner in partners:
        await erases(world, partner)
        assert await owed(world) - before == 2, "the list and the card"
        before = await owed(world)
    for stranger in strangers:
        await erases(world, stranger)
    assert await owed(world) == before
