"""A label typed instead of tapped counts below the newest question of the chat, whatever it asks."""

import pytest
from sqlalchemy import select

from db.models import Broadcast, BroadcastState, Introduction, IntroState, Person, Pledge
from domain.pledges import State, Status
from domain.voice import Voice
from tests.cast import guest, open_workshop, pair, sealed_pledge
from tests.conversations.pledges import (
    a_month_on,
    begins,
    column_of,
    given,
    noted,
    proposes,
    state_of,
    statuses,
    without_day_7,
)


async def seeker_and_helper(world, voice=Voice.DU):
    """Ana, who seeks what Ben offers."""
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller", seeks=("ehrenamt",), voice=voice)
    ben = await guest(world, workshop, "Ben Albrecht", seeks=(), offers=("ehrenamt",), voice=voice)
    return ana, ben


async def intros(world):
    return await world.rows(Introduction.state)


async def test_two_people_meet_by_words_alone(world):
    ana, ben = await seeker_and_helper(world)
    await ana.says("/partner")
    assert "Ich frage Ben Albrecht" in await ana.says("kennenlernen")
    assert "Ihr wollt euch beide kennenlernen!" in await ben.says("Gern kennenlernen")
    assert await intros(world) == [IntroState.BOTH]
    assert "Du bist da" in await ana.says("bin da")
    assert "Ana ist da" in ben.last
    assert ana.taps_made == ben.taps_made == 0


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("ja", IntroState.BOTH),
        ("Klar, gern!", IntroState.BOTH),
        ("nein danke", IntroState.DECLINED),
        ("lieber nicht", IntroState.DECLINED),
    ],
)
async def test_yes_and_no_answer_the_question_whether_to_meet(sqlite_world, typed, state):
    ana, ben = await seeker_and_helper(sqlite_world)
    await ana.says("/partner")
    await ana.says("ja")
    await ben.says(typed)
    assert await intros(sqlite_world) == [state]


async def test_in_english_too(sqlite_world):
    ana, ben = await seeker_and_helper(sqlite_world, Voice.EN)
    await ana.says("/matches")
    await ana.says("meet")
    await ben.says("Sure!")
    assert "You'd both like to meet!" in ana.last
    await ana.says("I'm here")
    assert "Ana Keller is here" in ben.last or "Ana is here" in ben.last


async def test_weiter_shows_the_next_person(sqlite_world):
    ana, _ = await seeker_and_helper(sqlite_world)
    await ana.says("/partner")
    heard = await ana.says("weiter")
    assert "Gerade habe ich niemanden" in heard
    assert await intros(sqlite_world) == []


@pytest.mark.parametrize("typed", ["Ich bin dabei", "bin dabei!", "ja", "passt"])
async def test_a_proposal_is_agreed_to_in_words(sqlite_world, typed):
    ana, ben = await pair(sqlite_world)
    number = await proposes(ben, ana, "Ich lese den Wärmeplan.")
    await ana.says(typed)
    assert await state_of(sqlite_world, number) is State.ACTIVE


async def test_a_question_is_no_answer(sqlite_world):
    ana, ben = await pair(sqlite_world)
    number = await proposes(ben, ana, "Ich lese den Wärmeplan.")
    await ana.says("ok?")
    assert await state_of(sqlite_world, number) is State.PROPOSED


@pytest.mark.parametrize(
    ("typed", "status"),
    [("läuft", Status.RUNNING), ("hängt gerade", Status.STUCK), ("Erfüllt!", Status.KEPT)],
)
async def test_the_promiser_answers_in_a_word(sqlite_world, typed, status):
    _, ben, number = await a_month_on(sqlite_world)
    heard = await ben.says(typed)
    assert "notiert" in heard
    assert await statuses(sqlite_world) == [status]
    assert number


async def test_the_counterpart_answers_in_words(sqlite_world):
    ana, _, _ = await a_month_on(sqlite_world)
    await ana.says("noch nichts")
    assert await statuses(sqlite_world) == [Status.NOTHING]


async def test_what_is_more_than_a_label_is_a_note(sqlite_world):
    _, ben, _ = await a_month_on(sqlite_world)
    assert "Soll ich das als Notiz" in await ben.says("läuft, Termin steht")
    assert await statuses(sqlite_world) == []
    assert "Notiert zu" in await ben.says("ja")
    assert await noted(sqlite_world) == [["läuft, Termin steht"]]


async def two_nudges(world):
    ana, ben = await pair(world)
    first = await sealed_pledge(world, ben, ana)
    second = await sealed_pledge(world, ben, ana, "Ich stelle einen Antrag für den Bürgerbus.")
    await without_day_7(world)
    await world.clock.advance(months=1, hours=4)
    return ben, first, second


async def test_a_label_that_several_pledges_share_means_none_of_them(sqlite_world):
    ben, _, _ = await two_nudges(sqlite_world)
    await ben.says("läuft")
    heard = await ben.says("hängt")
    assert heard == "Das habe ich nicht zuordnen können.\nMeinst du eine dieser Antworten?"
    assert ben.buttons[:2] == ["1 läuft", "1 hängt"]
    assert await statuses(sqlite_world) == []


async def test_with_its_number_it_means_one(sqlite_world):
    ben, _, second = await two_nudges(sqlite_world)
    await ben.says("läuft")
    await ben.says("2 läuft")
    assert [each.pledge_id for each in await given(sqlite_world)] == [second]
    assert await statuses(sqlite_world) == [Status.RUNNING]


async def test_in_the_list_a_number_opens_its_pledge(sqlite_world):
    ben, _, _ = await two_nudges(sqlite_world)
    await ben.says("/versprechen")
    heard = await ben.says("2")
    assert "Euer Tag: " in heard, ben.screen()
    assert await given(sqlite_world) == []


async def test_the_buttons_shown_again_work(sqlite_world):
    ben, first, _ = await two_nudges(sqlite_world)
    await ben.says("läuft")
    await ben.taps("1 Hängt", message=ben.newest)
    assert [each.pledge_id for each in await given(sqlite_world)] == [first]
    assert await statuses(sqlite_world) == [Status.STUCK]


async def test_who_acts_and_the_last_look_are_typed(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    await begins(ana, ben)
    await ana.says("Ich lese den Wärmeplan.")
    assert ana.shows("propose:")
    await ana.says("passt")
    assert await world.rows(Pledge.state) == [State.PROPOSED]


async def test_where_words_are_awaited_news_from_others_takes_none(sqlite_world):
    """A sentence is being written; "Ich bin dabei" of all things is the sentence, not a yes to what just came in."""
    world = sqlite_world
    ana, ben = await pair(world)
    await begins(ana, ben)
    theirs = await proposes(ben, ana, "Ich lese den Wärmeplan.")
    await ana.says("Ich bin dabei")
    assert await state_of(world, theirs) is State.PROPOSED
    mine = min(await world.rows(Pledge.id))
    assert await column_of(world, mine, Pledge.text) == "Ich bin dabei"


async def test_a_yes_to_something_further_up_is_none(sqlite_world):
    """A proposal came in below the question whether to erase: a yes could be to either, so it is to none."""
    ana, ben = await pair(sqlite_world)
    await ana.says("/loeschen")
    number = await proposes(ben, ana, "Ich lese den Wärmeplan.")
    for typed in ("Ja", "Ja, alles löschen"):
        heard = await ana.says(typed)
        assert "Ja, alles löschen" not in ana.buttons, heard
    assert await state_of(sqlite_world, number) is State.PROPOSED
    assert len(await sqlite_world.rows(Person.id)) == 2, "nobody is erased"


@pytest.mark.parametrize("typed", ["ja", "Ja, alles löschen", "ok"])
async def test_erasing_takes_a_tap(sqlite_world, typed):
    ana, _ = await pair(sqlite_world)
    await ana.says("/loeschen")
    heard = await ana.says(typed)
    assert "Meinst du eine dieser Antworten?" in heard
    assert ana.buttons == ["Ja, alles löschen", "Nein, behalten"]
    assert len(await sqlite_world.rows(Person.id)) == 2
    assert "Gut, alles bleibt." in await ana.says("nein")


async def test_an_announcement_is_aimed_by_words_and_sent_by_its_count(sqlite_world):
    world = sqlite_world
    await world.joined("Ana Keller")
    orga = await world.organiser()
    await orga.says("/ankuendigung")
    await orga.says("Der Bus fährt um fünf.")
    await orga.says("Bundesland")
    assert orga.shows("segment_is:")
    assert "Zurück" in orga.buttons
    await orga.says("zurück")
    assert orga.shows("segment:")
    await orga.says("rolle")
    await orga.says("Bürgermeisterin")
    (broadcast,) = await world.chosen(select(Broadcast).where(Broadcast.audience.is_not(None)))
    assert broadcast.audience["only"] == [["role", "town_hall"]]
    assert broadcast.state is BroadcastState.DRAFT
    await orga.says("ja")
    assert await world.rows(Broadcast.state) == [BroadcastState.DRAFT], (
        "what cannot be recalled takes its count"
    )


async def test_a_label_that_two_questions_share_is_not_taken_for_the_one_that_just_came(sqlite_world):
    """Ben answers Ana, and Cem's question arrives while he types."""
    world = sqlite_world
    ana, ben = await seeker_and_helper(world)
    cem = await guest(world, 1, "Cem Demir", seeks=("ehrenamt",))
    for each in (ana, cem):
        await each.says("/partner")
        while "Ben" not in each.last:
            await each.taps("Weiter")
        await each.taps("Kennenlernen")
    assert "Meinst du eine dieser Antworten?" in await ben.says("Lieber nicht")
    assert set(await intros(world)) == {IntroState.ASKED}
    of_ana = next(each for each in ben.messages if "Ana Keller möchte" in each.text)
    await ben.says("Lieber nicht", reply_to=of_ana.id)
    declined = select(Introduction.asker_id).where(Introduction.state == IntroState.DECLINED)
    assert await world.chosen(declined) == [ana.row]


@pytest.mark.parametrize("typed", ["Ja", "Ja, alles löschen", "ja bitte"])
async def test_a_yes_to_an_erasure_is_no_sentence(sqlite_world, typed):
    """Words are awaited, too; but nobody answers the question above them with a sentence like that."""
    world = sqlite_world
    ana, ben = await pair(world)
    await begins(ana, ben)
    await ana.says("/loeschen")
    assert "Meinst du eine dieser Antworten?" in await ana.says(typed)
    assert ana.shows("erase_yes")
    assert await world.rows(Pledge.text) == [None]
    await ana.taps_data("erase_no")
    await ana.says("Ich rufe an.")
    assert await world.rows(Pledge.text) == ["Ich rufe an."]
