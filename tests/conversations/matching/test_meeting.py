"""Both want to talk: the question, the double yes, a no that nobody learns of, and how people stay in touch."""

from datetime import timedelta

import pytest

from db.models import Introduction, IntroState
from domain.limits import OPEN_INTRODUCTIONS
from domain.roles import Role
from domain.voice import Voice
from tests.cast import guest, open_workshop
from tests.people import formats_in


async def seeker_and_helper(world, *, day=None, **ben):
    """Ana, who seeks what Ben offers."""
    workshop = await open_workshop(world, day=day)
    ana = await guest(world, workshop, "Ana Keller", seeks=("ehrenamt",), phone={"username": "ana_keller"})
    other = await guest(world, workshop, "Ben Albrecht", seeks=(), offers=("ehrenamt",), **ben)
    return ana, other


async def asks(one):
    await one.says("/partner")
    await one.taps("Kennenlernen")


async def meeting(world):
    """As `seeker_and_helper`, Ben an MP who is spoken to formally; both have said yes."""
    ana, ben = await seeker_and_helper(world, voice=Voice.SIE, role=Role.MP, role_confirmed=True)
    await asks(ana)
    await ben.taps("Kennenlernen")
    return ana, ben


async def test_whoever_waits_for_an_answer_is_shown_first(sqlite_world):
    ana, ben = await seeker_and_helper(sqlite_world)
    await asks(ana)
    await ben.says("/partner")
    assert ben.last.startswith("Ana Keller möchte dich kennenlernen")
    await ben.taps("Lieber nicht")
    assert "Gerade habe ich niemanden" in await ben.says("/partner")


async def test_a_yes_asks_the_other_and_says_why(sqlite_world):
    ana, ben = await seeker_and_helper(sqlite_world, voice=Voice.SIE)
    await asks(ana)
    assert ana.last == "Ich frage Ben Albrecht\nSagt Ben auch Ja, bringe ich euch zusammen."
    assert ben.last.startswith("Ana Keller möchte Sie kennenlernen\nAna Keller · Rathaus oder Landkreis")
    assert "Warum: Ana Keller sucht Ehrenamt, Sie bieten genau das an" in ben.last


async def test_a_double_yes_brings_both_to_a_table(sqlite_world):
    ana, ben = await meeting(sqlite_world)
    for each, title, who in (
        (ana, "Ihr wollt euch beide kennenlernen!", "Ben Albrecht und du, zu: Ehrenamt"),
        (ben, "Sie möchten sich beide kennenlernen.", "Ana Keller und Sie, zu: Ehrenamt"),
    ):
        assert each.last.startswith(f"{title}\n{who}\nTreffpunkt: Stehtisch ")
        assert each.buttons[:3] == ["Bin da", "5 Minuten später", "Klappt nicht"]


async def test_each_hears_whether_the_other_comes(sqlite_world):
    ana, ben = await meeting(sqlite_world)
    card = ana.newest
    await ana.taps("Bin da")
    assert ana.newest.id == card.id
    assert ben.last.startswith("Ana Keller ist da.\nAna Keller und Sie, zu: Ehrenamt\n")
    await ben.taps("Klappt nicht")
    assert "Kein Problem: heute nicht, das Interesse bleibt." in ben.last
    assert ana.last.startswith("Ben schafft es heute nicht.\nBen Albrecht und du, zu: Ehrenamt\n")
    assert "Das Ja von euch beiden gilt weiter. Wann passt es besser?" in ana.last
    assert ana.buttons == ["Kontakt tauschen", "Versprechen geben"]


async def test_a_no_looks_like_silence(sqlite_world, clock):
    """One is refused, one waits in vain: both hear the same at the same time, and nothing before."""
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    ben = await guest(world, workshop, "Ben Albrecht", seeks=("kita",))
    refuses = await guest(world, workshop, "Cem Demir", seeks=(), offers=("ehrenamt",))
    silent = await guest(world, workshop, "Eva Funke", seeks=(), offers=("kita",))
    await asks(ana)
    await asks(ben)
    question = refuses.newest
    await refuses.taps("Lieber nicht")
    assert refuses.last == "In Ordnung.\nDavon erfährt niemand."
    said = [len(each.messages) for each in (ana, ben)]
    await clock.to(clock.now() + timedelta(hours=11))  # eight in the evening
    assert [len(each.messages) for each in (ana, ben)] == said
    await clock.advance(hours=2)
    assert ana.last == ben.last == "Heute hat es zeitlich nicht gepasst.\nIch frage euch später noch einmal."
    assert [len(each.messages) for each in (ana, ben)] == [n + 1 for n in said]
    assert {*await world.rows(Introduction.state)} == {IntroState.DECLINED, IntroState.EXPIRED}
    await silent.taps("Kennenlernen")
    assert "Dieser Knopf ist nicht mehr aktuell." in silent.last
    await refuses.presses(question, question.data_of("Kennenlernen"))
    assert "Dieser Knopf ist nicht mehr aktuell." in refuses.last
    assert [len(each.messages) for each in (ana, ben)] == [n + 1 for n in said]


async def test_a_no_makes_no_place_for_another_question(sqlite_world):
    """Whoever waits for five people hears the same before and after one of them says no."""
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller")
    others = [
        await guest(world, workshop, f"Gast{n} Nachname{n}", seeks=(), offers=("ehrenamt",)) for n in range(6)
    ]
    for _ in range(OPEN_INTRODUCTIONS):
        await asks(ana)
    await ana.says("/partner")
    sixth = ana.newest
    too_many = await ana.taps("Kennenlernen", message=sixth)
    assert too_many.startswith("Gerade sind viele Fragen offen.")
    await next(each for each in others if each.can("intro_no")).taps("Lieber nicht")
    assert await ana.taps("Kennenlernen", message=sixth) == too_many
    await world.clock.advance(hours=13)
    assert "Ich frage" in await ana.taps("Kennenlernen", message=sixth)


async def test_no_answer_is_asked_for_once_more_after_the_day(sqlite_world, clock):
    """On the next working day at ten; the asker hears of the yes, and nothing else."""
    ana, ben = await seeker_and_helper(sqlite_world)
    await asks(ana)
    await clock.advance(hours=13)
    assert ana.last.endswith("Ich frage euch später noch einmal.")
    heard = len(ana.messages), len(ben.messages)
    await clock.to(clock.local.replace(hour=9, minute=59) + timedelta(days=1))
    assert (len(ana.messages), len(ben.messages)) == heard
    await clock.advance(minutes=2)
    assert ben.last.startswith("Ana Keller möchte dich kennenlernen")
    await clock.advance(days=30)
    assert (len(ana.messages), len(ben.messages)) == (heard[0], heard[1] + 1), "once"
    assert (await ben.says("/partner")).startswith("Ana Keller möchte dich kennenlernen")
    await ben.taps("Kennenlernen")
    assert ana.last.startswith("Ihr wollt euch beide kennenlernen!")


async def test_a_second_question_ends_in_silence(sqlite_world, clock):
    ana, ben = await seeker_and_helper(sqlite_world)
    await asks(ana)
    await clock.advance(days=2)
    heard = len(ana.messages)
    await clock.advance(days=60)
    assert len(ana.messages) == heard
    assert await sqlite_world.rows(Introduction.state) == [IntroState.EXPIRED]
    await ben.taps("Kennenlernen")
    assert "Dieser Knopf ist nicht mehr aktuell." in ben.last


@pytest.mark.parametrize("hours", [1, 13])
async def test_a_refusal_is_not_asked_again(sqlite_world, clock, hours):
    """Whether it comes before or after the question's time is over."""
    ana, ben = await seeker_and_helper(sqlite_world)
    await asks(ana)
    await clock.advance(hours=hours)
    await ben.taps("Lieber nicht")
    await clock.advance(hours=13)
    heard = len(ben.messages)
    await clock.advance(days=30)
    assert len(ben.messages) == heard
    assert await sqlite_world.rows(Introduction.state) == [IntroState.DECLINED]


async def test_nobody_who_pauses_is_asked_again(sqlite_world, clock):
    ana, ben = await seeker_and_helper(sqlite_world)
    await asks(ana)
    await clock.advance(hours=13)
    await ben.says("/pause")
    await ben.taps_data("pause:2")
    heard = len(ben.messages)
    await clock.advance(days=13)
    assert len(ben.messages) == heard
    await clock.advance(days=5)
    assert ben.last.startswith("Ana Keller möchte dich kennenlernen")


async def test_a_no_and_then_a_yes_on_an_older_card_is_the_match(sqlite_world):
    ana, ben = await seeker_and_helper(sqlite_world)
    await ben.says("/partner")
    card = ben.newest
    await asks(ana)
    await ben.taps("Lieber nicht")
    await ben.taps("Kennenlernen", message=card)
    for each in (ana, ben):
        assert each.last.startswith("Ihr wollt euch beide kennenlernen!")
    assert await sqlite_world.rows(Introduction.state) == [IntroState.BOTH]


async def test_both_ask_each_other_and_meet_on_another_day(world, clock):
    """The second question is the second yes; a week after the day there is no table to meet at."""
    ana, ben = await seeker_and_helper(world, day=clock.local.date() - timedelta(days=2))
    await ben.says("/partner")
    await asks(ana)
    await ben.taps("Kennenlernen", message=next(m for m in ben.messages if m.data_of("Nicht mein Thema")))
    for each in (ana, ben):
        assert each.last.startswith("Ihr wollt euch beide kennenlernen!")
        assert "Stehtisch" not in each.last
        assert "Wie wollt ihr euch verabreden?" in each.last
        assert each.buttons == ["Kontakt tauschen", "Versprechen geben"]
    assert await world.count(Introduction) == 1
    await ben.taps("Versprechen geben")
    assert ben.last.startswith("Ein Versprechen mit Ana Keller"), "with whom is not asked again"
    assert ben.shows("acts:")


async def test_after_the_day_a_question_is_open_for_a_week(sqlite_world, clock):
    ana, ben = await seeker_and_helper(sqlite_world, day=clock.local.date() - timedelta(days=2))
    await asks(ana)
    heard = len(ana.messages)
    await clock.advance(days=6, hours=23)
    assert len(ana.messages) == heard
    await clock.advance(hours=2)
    assert len(ana.messages) == heard + 1
    assert ben.can("intro_yes:")


async def test_whoever_hears_of_an_expiry_later_is_shown_the_next_person_too(sqlite_world, clock):
    ana, _ = await seeker_and_helper(sqlite_world, day=clock.local.date() - timedelta(days=2))
    await asks(ana)
    await guest(sqlite_world, 1, "Cem Demir", seeks=(), offers=("ehrenamt",))
    await clock.advance(days=8)
    assert any("zeitlich nicht gepasst" in each.text for each in ana.messages)
    assert ana.last.startswith("Ein Gespräch, das passen könnte\nCem Demir"), ana.screen()


# --- staying in touch


async def test_the_name_on_telegram_is_shared_after_a_consent(sqlite_world):
    ana, ben = await meeting(sqlite_world)
    await ana.taps("Kontakt tauschen")
    assert ana.buttons[0] == "Mein Telegram-Name"
    await ana.taps("Mein Telegram-Name")
    assert "@ana_keller" not in ben.last, "first the consent"
    await ana.taps_data("consent_on:G")
    assert ben.last.split("\n")[:2] == ["So erreichen Sie Ana Keller", "Telegram: @ana_keller"]
    assert ben.newest.body.get("has_protected_content") is True
    assert ben.newest.tappable == ["text_link"]


async def test_whoever_has_no_name_on_telegram_is_not_offered_to_share_it(sqlite_world):
    _, ben = await meeting(sqlite_world)
    await ben.taps("Kontakt tauschen")
    assert "Mein Telegram-Name" not in ben.buttons
    await ben.sends_button_data("contact_by:1:telegram")
    assert "Dieser Knopf ist nicht mehr aktuell." in ben.last


async def test_a_telephone_number_arrives_as_it_can_be_dialled(sqlite_world):
    ana, ben = await meeting(sqlite_world)
    await ben.taps("Kontakt tauschen")
    await ben.taps("Telefonnummer")
    assert "Das sieht nicht nach einem Kontakt aus." in await ben.says("ruf an")
    await ben.says("+49 351 1234567")
    assert "Ana Keller hat jetzt Ihre Telefonnummer." in ben.last
    assert "Telefon: +49 351 1234567" in ana.last
    assert ana.newest.body.get("has_protected_content") is True
    assert formats_in(ana) <= {"bold", "bot_command", "phone_number"}


async def test_whoever_gets_a_contact_can_give_one_in_return_with_a_tap(sqlite_world):
    ana, ben = await meeting(sqlite_world)
    await ben.taps("Kontakt tauschen")
    await ben.taps("E-Mail-Adresse")
    assert (await ben.says("ben@example.org")).startswith("Kontakt mit Ana Keller\n")
    assert ana.buttons == ["Kontakt tauschen", "Versprechen geben"]
    await ana.taps("Kontakt tauschen")
    await ana.taps("Telefonnummer")
    await ana.says("0351 1234567")
    assert ben.last.startswith("So erreichen Sie Ana Keller")
    assert ben.buttons == ["Versprechen geben"], "Ben has given his already"


async def test_of_an_address_only_an_address_can_be_tapped(sqlite_world):
    ana, ben = await meeting(sqlite_world)
    await ben.taps("Kontakt tauschen")
    await ben.taps("E-Mail-Adresse")
    await ben.says("ben@example.org")
    assert "E-Mail: ben@example.org" in ana.last
    assert ana.newest.tappable == ["email"]
    await ben.taps("E-Mail-Adresse", message=ben.with_button("E-Mail-Adresse"))
    await ben.says("www.boese.example/x@y")
    assert ana.newest.tappable == []
    assert formats_in(ana) <= {"bold", "bot_command", "email"}


async def test_whoever_shares_nothing_is_not_told_of_to_the_other(sqlite_world):
    ana, ben = await meeting(sqlite_world)
    await ben.taps("Kontakt tauschen")
    heard = len(ana.messages)
    await ben.taps("Lieber nichts teilen")
    assert "Ana Keller bekommt von mir keine Kontaktdaten." in ben.last
    assert len(ana.messages) == heard


async def test_a_contact_is_shared_when_it_is_given_and_not_before(sqlite_world):
    """Ben's number is known from before; he chooses the telephone, and thinks again."""
    world = sqlite_world
    ana, ben = await seeker_and_helper(world, contact_phone="+49 170 1234567")
    await asks(ana)
    await ben.taps("Kennenlernen")
    for thinks_again in ("/abbrechen", "contact_by:1:none"):
        await ben.sends_button_data("contact:1")
        await ben.sends_button_data("contact_by:1:phone")
        if thinks_again.startswith("/"):
            await ben.says(thinks_again)
        else:
            await ben.sends_button_data(thinks_again)
        await ben.says("0351 99 88 77")
        await ana.sends_button_data("intro:1")
        assert not any("170" in each.text or "0351" in each.text for each in ana.messages)
