"""A question to the team, from any state: shown once more, then with all organisers, and the answer comes back."""

import pytest

from db.models import Draft, Inquiry, InquiryWords
from domain.limits import QUESTIONS_TO_TEAM_A_DAY, TEAM_WORDS
from domain.voice import Voice
from tests.cast import guest, joined, open_workshop, pair
from tests.conversations.organising.asking import ROOM, THERE, answers, asks, shown, two_organisers
from tests.world import OWNER, running_world

NEW = (
    "Frage ans Team\nWerkstatt Berlin\nAna Keller · Rathaus oder Landkreis\nDresden · Sachsen\n"
    f"Frage, 12. April: „{ROOM}“\nNoch kümmert sich niemand."
)


async def test_on_the_day_it_is_asked_taken_answered_and_asked_on(world):
    ana, _ = await pair(world)
    orga = await world.organiser()
    assert (await asks(ana)).startswith("Deine Frage ist beim Team.")
    assert orga.last == NEW
    assert orga.buttons == ["Ich übernehme", "Antworten", "Erledigt"]
    assert "kümmerst dich" in await orga.taps("Ich übernehme")
    sent = await answers(orga)
    assert "Sie geht an Ana Keller, als Nachricht vom Team." in sent
    assert ana.last == (
        f"Antwort vom Team\n„{THERE}“\nZu deiner Frage: „{ROOM}“\n"
        "Ist noch etwas offen? Antworte einfach auf diese Nachricht."
    )
    assert "Orga" not in ana.last
    assert f"Team, 12. April: „{THERE}“\nBeantwortet." in shown(orga)[0].text
    await ana.says("Und gibt es einen Aufzug?", reply_to=ana.newest.id)
    await ana.taps("Ja, ans Team")
    assert await world.count(Inquiry) == 1, "it joins the conversation"
    assert "Frage, 12. April: „Und gibt es einen Aufzug?“\nDu kümmerst dich." in shown(orga)[-1].text


async def test_months_later_too_and_after_the_end_another_is_begun(sqlite_world):
    world = sqlite_world
    ana, _ = await pair(world)
    orga = await world.organiser()
    await asks(ana)
    heard = len(ana.messages)
    await answers(orga)
    await orga.taps("Erledigt", message=shown(orga)[0])
    assert len(ana.messages) == heard + 1, "after an answer the end is silent"
    assert shown(orga)[0].text.endswith("Erledigt am 12. April.")
    await world.clock.advance(months=4)
    await asks(ana, "Gibt es eine zweite Werkstatt?")
    assert "zweite Werkstatt" in shown(orga)[-1].text
    assert ROOM not in shown(orga)[-1].text
    closed = await orga.taps("Erledigt", message=shown(orga)[-1])
    assert "Erledigt am 12. August." in closed
    assert ana.last.startswith("Deine Frage an das Team ist erledigt\n„Gibt es eine zweite Werkstatt?“")


async def test_words_are_shown_once_more_added_to_edited_and_not_lost(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    await world.organiser()
    await ana.says("Frage ans Team")
    await ana.says("Wo ist der Ruam?")
    mine = max(each["message_id"] for each in world.messages(ana.id) if each.get("out"))
    assert "„Wo ist der Raum?“" in await ana.edits(mine, "Wo ist der Raum?")
    await ana.sends_button_data(f"pledge_with:{ben.row}")
    assert "„Wo ist der Raum?“" in await ana.says("Frag das Team"), "kept while something else was begun"
    assert "„Wo ist der Raum? Und wann geht es los?“" in await ana.says("Und wann geht es los?")
    assert (await ana.says("ja")).startswith("Deine Frage ist beim Team.")
    assert await world.rows(InquiryWords.words) == ["Wo ist der Raum?\nUnd wann geht es los?"]
    assert await world.rows(Draft.words) == [None, None] or await world.rows(Draft.words) == [None]


async def test_nothing_goes_out_without_a_yes_and_other_words_may_be_written(sqlite_world):
    world = sqlite_world
    ana, _ = await pair(world)
    orga = await world.organiser()
    heard = len(orga.messages)
    await ana.says("Frag das Team")
    await ana.says(ROOM)
    await ana.taps("Anders schreiben")
    await ana.says("Wo ist das WLAN?")
    assert (await ana.says("nein")).startswith("Gut, nichts geht hinaus.")
    assert await world.rows(Draft.words) == []
    assert len(orga.messages) == heard
    await ana.says("Frag das Team")
    assert "etwas lang" in await ana.says("x" * (TEAM_WORDS + 1))
    assert "Hören kann ich noch nicht" in await ana.uploads("voice")
    assert "„Wo ist das WLAN?“" in await ana.says("Wo ist das WLAN?")
    assert await world.count(Inquiry) == 0


async def test_before_the_consents_no_word_is_stored_and_the_way_to_the_team_is_named(sqlite_world):
    world = sqlite_world
    code = await world.workshop()
    ana = await world.person("Ana")
    await ana.start(f"w_{code}")
    told = await ana.says("Frag das Team")
    assert "Am Tag der Werkstatt hilft dir der Infopunkt." in told
    assert "team@example.org" in told
    assert ana.shows("begin:"), "what is open is asked again"
    await ana.says(ROOM)
    assert ROOM not in await world.stored()
    await ana.taps_data("begin:")
    await ana.says("/hilfe")
    assert "Fragen geht auch ohne mich." in await ana.taps("Frag das Team")
    assert ana.shows("k_yes:")


@pytest.mark.parametrize("until", ["role", "name", "seeks", "offers"])
async def test_while_joining_it_is_asked_and_joining_goes_on(sqlite_world, until):
    world = sqlite_world
    ana = await joined(world, "Ana Keller", until=until)
    question = ana.last
    orga = world.people[OWNER]
    nameless = until in ("role", "name")
    for read in (await ana.says("Frag das Team"), await ana.says(ROOM)):
        assert ("Deinen Namen liest es dazu" in read or "deinen Namen dazu" in read) is nameless
        assert ("mit deinem Namen" in read) is not nameless
    await ana.taps("Ja, ans Team")
    assert ana.last == question
    assert ("Von einem neuen Gast, noch ohne Namen" if nameless else "Ana Keller") in orga.last
    await answers(orga)
    assert THERE in ana.last


async def test_in_a_pause_the_answer_comes_and_after_a_block_it_is_found(sqlite_world):
    world = sqlite_world
    ana, _ = await pair(world)
    orga = await world.organiser()
    await ana.says("/pause")
    await ana.taps("1 Woche")
    await asks(ana)
    await answers(orga)
    assert ana.last.startswith("Antwort vom Team")
    await ana.says("Und wann?", reply_to=ana.newest.id)
    await ana.taps("Ja, ans Team")
    await ana.blocks()
    assert "Ana: gerade nicht über Telegram erreichbar." in await answers(orga, "Um zehn.")
    await ana.blocks(False)
    assert "Die Antwort vom Team: „Um zehn.“" in await ana.says("Frag das Team")


async def test_of_two_organisers_one_takes_it_and_the_other_sees_who(sqlite_url):
    async with two_organisers(sqlite_url) as (_, ana, orga, ora):
        await asks(ana)
        assert orga.last == ora.last == NEW
        await orga.taps("Ich übernehme")
        assert shown(ora)[-1].text.endswith("Orga Nisator kümmert sich.")
        assert shown(ora)[-1].buttons == ["Antworten", "Erledigt"]
        heard = len(ora.messages)
        await asks(ana, "Und ein Aufzug?")
        assert len(ora.messages) == heard, "it rings where somebody sees to it"
        assert "Und ein Aufzug?" in shown(ora)[-1].text
        await orga.taps("Zurückgeben", message=shown(orga)[-1])
        assert shown(ora)[-1].text.endswith("Noch kümmert sich niemand.")
        await ora.says(THERE, reply_to=shown(ora)[-1].id)
        await ora.taps("Ja, senden")
        assert (
            f"Team (Ora Ganz), 12. April: „{THERE}“\nBeantwortet.\nOra Ganz kümmert sich."
            in shown(orga)[-1].text
        )
        assert THERE in ana.last


async def test_the_list_at_the_desk(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    orga = await world.organiser()
    assert not any("Fragen ans Team" in each for each in (await orga.says("/orga"), orga.buttons)[1])
    people = [await guest(world, workshop, f"{name} Keller") for name in ("Ana", "Bea", "Cleo", "Dana", "Eva",
                                                                         "Fee", "Gesa", "Hanna", "Ines")]  # fmt: skip
    for each in people:
        await asks(each)
    await orga.says("/orga")
    assert "9 Fragen ans Team warten" in await orga.taps("Fragen ans Team (9)")
    assert "1 Ana Keller: wartet seit 12. April. Noch kümmert sich niemand." in orga.last
    await orga.taps_data("inquiries_page:1")
    assert "Ines Keller" in (await orga.taps("Ines Keller"), orga.last)[1]
    await orga.taps("Erledigt")
    assert "8 Fragen ans Team warten" in await orga.taps("Alle Fragen")


async def test_an_organiser_in_a_pause_finds_it_afterwards(sqlite_url):
    async with two_organisers(sqlite_url) as (_, ana, orga, _ora):
        await orga.says("/pause")
        await orga.taps("1 Woche")
        heard = len(orga.messages)
        await asks(ana)
        assert len(orga.messages) == heard
        assert "1 Das Team hat eine Frage bekommen." in await orga.taps("Weiter")
        assert "Ana Keller" in await orga.taps("1 Ansehen")


async def test_somebody_else_s_and_missing_ones_look_alike(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    orga = await world.organiser()
    await asks(ana)
    unknown = await ben.sends_button_data("nothing_of_ours:1")
    for verb in (
        "inquiry",
        "inquiry_take",
        "inquiry_back",
        "inquiry_answer",
        "inquiry_close",
        "inquiries_page",
    ):
        data = f"{verb}:1:1" if verb == "inquiry_close" else f"{verb}:1"
        assert await ben.sends_button_data(data) == unknown, verb
    drafts = await world.rows(Draft.id)
    for verb in ("team_send", "team_again", "team_drop"):
        assert await ben.sends_button_data(f"{verb}:{drafts[0]}") == unknown, verb
    assert await world.rows(Inquiry.taken_by_id) == [None]
    await ana.sends_button_data(f"team_send:{drafts[0]}")
    assert ana.last.startswith("Deine Frage ist beim Team.")
    assert await world.count(InquiryWords) == 1, "twice is once"
    await orga.taps("Erledigt")
    await orga.sends_button_data("inquiry_take:1", message_id=shown(orga)[0].id)
    assert "Erledigt am 12. April." in shown(orga)[0].text
    assert await world.rows(Inquiry.taken_by_id) == [None]


async def test_nobody_asks_without_end(sqlite_world):
    ana, _ = await pair(sqlite_world)
    for number in range(QUESTIONS_TO_TEAM_A_DAY):
        await asks(ana, f"Frage {number}?")
    assert (await asks(ana, "Noch eine?")).startswith("Das reicht für heute.")
    await sqlite_world.clock.advance(days=1)
    assert "„Noch eine?“" in await ana.says("Frag das Team")
    assert (await ana.taps("Ja, ans Team")).startswith("Deine Frage")


async def test_where_nobody_of_the_team_can_be_told_it_says_so(sqlite_url):
    async with running_world(sqlite_url, owners=frozenset()) as world:
        ana, _ = await pair(world)
        assert "Gerade erreiche ich dort niemanden." in await asks(ana)
        assert "team@example.org" in ana.last


@pytest.mark.parametrize(
    ("voice", "told"),
    [(Voice.SIE, "Ihre Frage ist beim Team."), (Voice.EN, "Your question is with the team.")],
)
async def test_in_every_voice(sqlite_world, voice, told):
    workshop = await open_workshop(sqlite_world)
    ana = await guest(sqlite_world, workshop, "Ana Keller", voice=voice)
    orga = await sqlite_world.organiser()
    await ana.says("ask the team")
    await ana.says("<b>@boris</b> https://boese.example")
    assert not ana.newest.tappable
    assert (await ana.taps_data("team_send:")).startswith(told)
    assert "@boris" not in orga.last
    assert not orga.newest.tappable
    await answers(orga, "Sieh auf https://boese.example nach, @boris.")
    assert not ana.newest.tappable
