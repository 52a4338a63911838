"""Both want to talk: the question, the double yes, and a no that nobody learns of."""

from datetime import timedelta

from db.models import Introduction, IntroState
from domain.limits import OPEN_INTRODUCTIONS
from domain.voice import Voice
from tests.cast import guest, open_workshop
from tests.conversations.matching.introducing import asks, meeting, seeker_and_helper


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
    assert ana.buttons == ["Kontakt tauschen", "Versprechen geben", "Über Mutmacher"]


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
        assert each.buttons == ["Kontakt tauschen", "Versprechen geben", "Über Mutmacher"]
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
