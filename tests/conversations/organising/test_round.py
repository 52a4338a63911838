"""The round: an organiser plans it, looks, confirms; then everybody gets somebody to meet, with a reason.

Everybody here is invented.
"""

from datetime import timedelta

from sqlalchemy import func, select

from db.models import (
    Audit,
    Introduction,
    IntroState,
    Person,
    Round,
    RoundLine,
    RoundState,
    Suggestion,
    Workshop,
)
from domain import seating
from domain.outcomes.matching import Why
from tests.databases import make_sure_others_may_write


async def pairs(world):
    """(reader, whose card) of every card so far, by first name."""
    async with world.database.reader() as session:
        names = {p.id: p.name.split()[0] for p in await session.scalars(select(Person)) if p.name}
        cards = await session.scalars(select(Suggestion))
        return sorted((names[card.person_id], names[card.other_id]) for card in cards)


async def now_seeks(person, words):
    """Somebody changes what they seek, in the summary."""
    await person.says("/profil")
    await person.taps("Suche")
    await person.says(words)
    await person.taps_data("topics_ok:seeks")


async def gathering(world):
    """Ben, confirmed for the Bundestag; Ana, who seeks what Ben offers; Cem, who fits Ana only; Dora, who fits nobody;
    Eva without topics. Ana and Cem have seen each other's card, and Ben has seen Ana's: one is left to give.
    """
    await world.workshop()
    ben = await world.joined_already(
        "Ben Albrecht", role="mp", role_confirmed=True, seeks=None, offers="Ehrenamt"
    )
    ana = await world.joined_already("Ana Keller", offers="Kita")
    cem = await world.joined_already("Cem Demir", role="association", seeks="Kita", offers="Glasfaser")
    await world.joined_already("Dora Lenz", role="association", seeks="Moorschutz")
    await world.joined_already("Eva Brandt", role="association", seeks=None)
    await have_seen_cards(world, (ana, cem), (cem, ana), (ben, ana))
    return await world.organiser(), ana, ben, cem


async def have_seen_cards(world, *pairs):
    (workshop_id,) = await world.rows(Workshop.id)
    seen = {
        "workshop_id": workshop_id,
        "why": Why.THEY_OFFER,
        "topic": "ehrenamt",
        "shown_at": world.clock.now() - timedelta(hours=1),
    }
    await world.add(*(Suggestion(person_id=one.row, other_id=other.row, **seen) for one, other in pairs))


async def noted(world):
    """Whose names an organiser saw in a round."""
    async with world.database.reader() as session:
        found = await session.scalars(
            select(Person).join(Audit, Audit.person_id == Person.id).where(Audit.action == "saw in a round")
        )
        return sorted(person.name.split()[0] for person in found)


async def test_a_preview_counts_and_names_people_only_when_asked(sqlite_world):
    world = sqlite_world
    orga, *_ = await gathering(world)
    before = await pairs(world)
    assert await orga.says("/runde") == (
        "Eine Runde zum Kennenlernen\nWerkstatt Berlin\nVorschläge: 1\n"
        "Davon mit Abgeordneten: unter 5 (verschiedene: unter 5)\nOhne Vorschlag: 3\n– keine Themen genannt: unter 5\n"
        "– ein früherer Vorschlag ist offen: unter 5\n– niemand Neues mit gemeinsamem Thema: unter 5\n"
        "Bis „Bestätigen“ erfährt niemand davon. Dann bekommt jede Person eine Karte mit dem Grund."
    )
    assert await noted(world) == [], "numbers name nobody"
    assert "· Ana Keller sucht Ehrenamt, Ben Albrecht bietet es an" in await orga.taps("Wer trifft wen")
    assert await noted(world) == ["Ana", "Ben"]
    await orga.taps("Zur Übersicht")
    left = await orga.taps("Wer bleibt ohne (3)")
    assert "· Dora Lenz: niemand Neues mit gemeinsamem Thema" in left
    assert "· Eva Brandt: keine Themen genannt" in left
    await orga.taps("Zur Übersicht")
    assert await pairs(world) == before, "nobody hears of it before the confirmation"


async def test_others_write_while_people_are_seated(sqlite_world, tmp_path, monkeypatch):
    world, seated, seat = sqlite_world, [], seating.seat

    def watch(*args, **more):
        make_sure_others_may_write(tmp_path)
        seated.append(seat(*args, **more))
        return seated[-1]

    monkeypatch.setattr(seating, "seat", watch)
    orga, *_ = await gathering(world)
    assert "Vorschläge: 1" in await orga.says("/runde")
    assert len(seated) == 1


async def test_a_round_that_is_confirmed_goes_out_once(world):
    orga, ana, ben, cem = await gathering(world)
    before, heard_before = await pairs(world), len(cem.messages)
    await orga.says("/runde")
    message = orga.with_data("round_go:")
    go = message.data_of("Bestätigen")
    await orga.does_at_once(*[("press", {"message_id": message.id, "data": go})] * 2)
    assert orga.last == "Die Runde ist unterwegs\nVorschläge: 1"
    assert await pairs(world) == sorted([*before, ("Ana", "Ben")])
    assert sum("Ben Albrecht ·" in each.text for each in ana.messages) == 1, "once, in spite of two taps"
    assert "Warum: Du suchst Ehrenamt, Ben bietet genau das an" in ana.last
    assert len(cem.messages) == heard_before + 1, "a word to those who get none, once as well"
    assert cem.last.startswith("Eine Runde ist unterwegs\nDiesmal ist niemand Neues für dich dabei.")
    assert await world.count(RoundLine) == 0, "numbers are enough afterwards"
    await ana.taps("Kennenlernen")
    assert "Ana Keller" in ben.last
    await ben.taps("Kennenlernen")
    assert await world.rows(Introduction.state) == [IntroState.BOTH]


async def test_with_two_workshops_the_organiser_says_whose_round_it_is(sqlite_world):
    orga, *_ = await gathering(sqlite_world)
    await sqlite_world.workshop("Werkstatt Nordtal")
    assert "Für welche Werkstatt?" in await orga.says("/runde")
    assert await sqlite_world.count(Round) == 0
    assert "Werkstatt Nordtal\nVorschläge: 0" in await orga.taps("Werkstatt Nord")
    await orga.says("/runde")
    assert "Werkstatt Berlin\nVorschläge: 1" in await orga.taps("Werkstatt Berlin (5)")


async def test_the_next_round_has_nobody_twice(sqlite_world):
    orga, *_ = await gathering(sqlite_world)
    await orga.says("/runde")
    await orga.taps("Bestätigen")
    before = await pairs(sqlite_world)
    assert "Gerade passt niemand Neues zusammen." in await orga.says("/runde")
    assert orga.buttons == ["Wer bleibt ohne (5)", "Abbrechen"]
    assert await pairs(sqlite_world) == before


async def test_what_no_longer_holds_is_not_sent(sqlite_world):
    orga, ana, *_ = await gathering(sqlite_world)
    before = await pairs(sqlite_world)
    await orga.says("/runde")
    await ana.says("/pause")
    await ana.taps_data("pause:0")
    assert await orga.taps("Bestätigen") == (
        "Die Runde ist unterwegs\nVorschläge: 0\n"
        "Seit der Übersicht überholt: 1. Eine neue Runde nimmt alle wieder mit."
    )
    assert await pairs(sqlite_world) == before
    assert "– macht Pause: unter 5" in await orga.says("/runde")


async def test_a_reason_that_is_not_true_any_more_is_not_told(sqlite_world):
    orga, ana, *_ = await gathering(sqlite_world)
    await orga.says("/runde")
    await now_seeks(ana, "Moorschutz")
    assert "Vorschläge: 0" in await orga.taps("Bestätigen")


async def test_who_was_erased_is_in_no_preview(world):
    orga, ana, *_ = await gathering(world)
    await orga.says("/runde")
    await ana.says("/loeschen")
    world.forgotten.add(ana.id)
    await ana.taps_data("erase_yes")
    await orga.taps("Wer bleibt ohne")
    assert "Vorschläge: 0" in await orga.taps("Zur Übersicht")
    await orga.taps("Abbrechen")
    assert orga.last.endswith("Von dieser Runde erfährt niemand.")


async def test_a_dropped_and_an_older_preview_are_over(sqlite_world):
    orga, *_ = await gathering(sqlite_world)
    await orga.says("/runde")
    older = orga.newest
    await orga.says("/runde")
    newer = orga.newest
    assert "nicht mehr aktuell" in await orga.presses(older, older.data_of("Bestätigen"))
    await orga.taps("Abbrechen", message=newer)
    assert "nicht mehr aktuell" in await orga.sends_button_data(newer.data_of("Bestätigen"))
    assert await sqlite_world.count(RoundLine) == 0
    assert ("Ana", "Ben") not in await pairs(sqlite_world)


async def test_a_forgotten_preview_names_nobody_the_next_day(sqlite_world):
    orga, *_ = await gathering(sqlite_world)
    await orga.says("/runde")
    await sqlite_world.clock.advance(days=2)
    assert await sqlite_world.rows(Round.state) == [RoundState.DROPPED]
    assert await sqlite_world.count(RoundLine) == 0


async def test_only_organisers_plan_rounds(sqlite_world):
    orga, ana, *_ = await gathering(sqlite_world)
    await orga.says("/runde")
    number = orga.with_data("round_go:").data_of("Bestätigen").split(":")[1]
    await ana.says("/runde")
    assert "Runde" not in ana.last
    for data in (
        "round",
        f"round_go:{number}",
        f"round_seats:{number}:0",
        f"round_drop:{number}",
        "open_words",
    ):
        assert "nicht mehr aktuell" in await ana.sends_button_data(data), data
    assert ("Ana", "Ben") not in await pairs(sqlite_world)
    for data in (
        f"round_seats:{number}:7",
        "round_left:999999:0",
        "round_go:999999",
        f"round_seats:{number}:x",
    ):
        assert "nicht mehr aktuell" in await orga.sends_button_data(data), data


async def test_without_a_workshop_there_is_nobody_to_bring_together(sqlite_world):
    orga = await sqlite_world.organiser()
    assert "Am Anfang steht eine Werkstatt." in await orga.says("/round")
    assert await sqlite_world.count(Round) == 0
    await sqlite_world.workshop()
    assert "Gerade passt niemand Neues zusammen." in await orga.says("/round")


async def test_open_words_are_shown_without_names_once_five_people_have_some(sqlite_world):
    world = sqlite_world
    await world.workshop()
    orga = await world.organiser()
    words = ("Zwirbelmut", "Knopfsammler", "zwirbelmut", "Glockenbeiern", "Gespräch mit Lenz")
    names = ("Ana Keller", "Ben Albrecht", "Cem Demir", "Dora Lenz", "Eva Brandt")
    for name, seeks in zip(names, words, strict=True):
        await orga.says("/orga")
        assert "Sobald fünf Menschen" in await orga.taps("Offene Worte")
        await world.joined_already(name, role="association", seeks=seeks)
    await orga.says("/orga")
    shown = (await orga.taps("Offene Worte")).splitlines()
    assert sorted(shown[2:]) == ["· Glockenbeiern", "· Knopfsammler", "· Zwirbelmut"]
    async with world.database.reader() as session:
        assert await session.scalar(select(func.count()).select_from(Audit)) == 0
