"""Questions to the team end: with whoever asked, a month after they are settled, and in the team's chats as well."""

from sqlalchemy import select

from db.models import Audit, Draft, Inquiry, InquiryWords
from tests.conversations.organising.asking import ROOM, THERE, answers, asks, shown, two_organisers

GONE = "Das steht hier nicht mehr."


async def erases(world, person):
    await person.says("/loeschen")
    await person.taps_data("erase_yes")
    world.forgotten.add(person.id)
    await world.quiet()


def in_chat(person, words):
    return [each for each in person.messages if words in each.text]


async def test_of_the_erased_nothing_is_left_on_the_team_s_phones(database_url):
    async with two_organisers(database_url) as (world, ana, orga, ora):
        await asks(ana)
        await answers(orga)
        await asks(ana, "Keller fragt noch einmal.")
        await ora.sends_button_data("inquiries")
        await ora.sends_button_data("inquiry_answer:1")
        await ora.says("Liebe Ana Keller, gern.")
        await erases(world, ana)
        for phone in (orga, ora):
            assert not in_chat(phone, "Keller"), phone.screen(9)
            assert not in_chat(phone, ROOM)
            assert not in_chat(phone, THERE)
        assert await world.count(Inquiry) == await world.count(InquiryWords) == 0
        assert [each for each in await world.rows(Draft.words) if each] == []


async def test_an_erased_organiser_is_named_no_more_and_their_question_is_free(sqlite_url):
    async with two_organisers(sqlite_url) as (world, ana, orga, ora):
        await asks(ana)
        await orga.taps("Ich übernehme")
        await answers(orga)
        await asks(ana, "Und noch eine?")
        await ora.sends_button_data("inquiries")
        assert in_chat(ora, "Orga Nisator")
        await erases(world, orga)
        assert not in_chat(ora, "Orga Nisator"), ora.screen(9)
        assert "Noch kümmert sich niemand." in shown(ora)[-1].text
        assert THERE in shown(ora)[-1].text, "what the team answered stays"


async def test_a_month_after_the_answer_it_is_gone_everywhere_but_with_whoever_asked(sqlite_url):
    async with two_organisers(sqlite_url) as (world, ana, orga, ora):
        await asks(ana)
        await world.clock.advance(days=35)
        assert await world.count(Inquiry) == 1, "while it waits it stays"
        await answers(orga)
        await world.clock.advance(days=29)
        assert await world.count(Inquiry) == 1
        await world.clock.advance(days=2)
        assert await world.count(Inquiry) == await world.count(InquiryWords) == 0
        assert not in_chat(orga, ROOM)
        assert not in_chat(ora, ROOM)
        assert in_chat(ora, GONE)
        assert in_chat(ana, THERE), "what was said to her stays said"


async def test_every_look_of_the_team_is_noted(sqlite_url):
    async with two_organisers(sqlite_url) as (world, ana, orga, ora):
        await asks(ana)
        await orga.taps("Ich übernehme")
        await ora.sends_button_data("inquiry:1")
        looks = await world.chosen(select(Audit.action).where(Audit.person_id == ana.row).order_by(Audit.id))
        assert looks == [
            "was sent a question to the team",
            "was sent a question to the team",
            "took on a question to the team",
            "saw a question to the team",
        ]


async def test_words_that_nobody_gave_on_end_after_a_week(sqlite_url):
    async with two_organisers(sqlite_url) as (world, ana, _, _ora):
        await ana.says("Frag das Team")
        await ana.says(ROOM)
        await world.clock.advance(days=6)
        assert await world.rows(Draft.words) == [ROOM]
        await world.clock.advance(days=2)
        assert await world.count(Draft) == 0


async def test_whoever_took_their_consent_back_is_not_shown(sqlite_url):
    async with two_organisers(sqlite_url) as (_, ana, orga, ora):
        await asks(ana)
        await ana.says("/widerruf")
        await ana.taps("Nein: Vernetzen")
        assert "Gerade ist keine Frage offen." in await orga.sends_button_data("inquiries")
        assert "nicht mehr aktuell" in await ora.taps("Antworten")
