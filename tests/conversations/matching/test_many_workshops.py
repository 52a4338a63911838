"""What two people said in one workshop counts in the next one, too."""

from db.models import Introduction, IntroState, Membership, Suggestion
from domain.voice import Voice
from tests.cast import PAY, guest, open_workshop, pledge_row
from tests.conversations.matching.introducing import asks, meeting, seeker_and_helper
from tests.conversations.pledges import proposes

HERE = "Werkstatt Dresden"


async def meets_again(world, *people):
    """These people join the next workshop, which is today; its id."""
    here = await open_workshop(world, code="GHJKMN", title=HERE)
    for each in people:
        await world.add(Membership(person_id=each.row, workshop_id=here, joined_at=world.clock.now()))
    return here


async def test_a_yes_here_and_a_yes_there_make_the_match(world, clock):
    """Half a year later; the table is one of today's workshop."""
    ana, ben = await seeker_and_helper(world)
    await asks(ana)
    await clock.advance(days=180)
    assert await world.rows(Introduction.state) == [IntroState.EXPIRED]
    here = await meets_again(world, ana, ben)
    heard = len(ana.messages)
    assert "Ana Keller" in await ben.says("/partner")
    assert len(ana.messages) == heard
    await ben.taps("Kennenlernen")
    for each in (ana, ben):
        assert each.last.startswith("Ihr wollt euch beide kennenlernen!")
        assert "Stehtisch" in each.last
        assert "kennt euch" not in each.last, "nobody met the other time"
    assert await world.rows(Introduction.workshop_id) == [here]


async def test_a_question_that_is_open_is_shown_in_the_next_workshop(sqlite_world, clock):
    """The second one, which may be answered for six weeks."""
    ana, ben = await seeker_and_helper(sqlite_world)
    await asks(ana)
    await clock.advance(days=5)
    assert await sqlite_world.rows(Introduction.state) == [IntroState.ASKED]
    here = await meets_again(sqlite_world, ana, ben)
    assert (await ben.says("/partner")).startswith("Ana Keller möchte dich kennenlernen")
    await ben.taps("Kennenlernen")
    assert "Stehtisch" in ana.last
    assert await sqlite_world.rows(Introduction.workshop_id) == [here]


async def test_a_card_that_was_left_unanswered_holds_in_the_next_workshop(sqlite_world, clock):
    """Ben has had Ana's before she asked; there is nobody new."""
    ana, ben = await seeker_and_helper(sqlite_world)
    assert "Ana Keller" in await ben.says("/partner")
    await asks(ana)
    await clock.advance(days=180)
    here = await meets_again(sqlite_world, ana, ben)
    assert "Ein Gespräch, das passen könnte\nAna Keller" in await ben.says("/partner")
    assert here in await sqlite_world.rows(Suggestion.workshop_id)
    await ben.taps("Kennenlernen")
    assert ana.last.startswith("Ihr wollt euch beide kennenlernen!")


async def test_a_no_stays_a_no_in_the_next_workshop(sqlite_world, clock):
    """Until whoever said it changes their mind; the other hears nothing of it."""
    ana, ben = await seeker_and_helper(sqlite_world)
    await asks(ana)
    await ben.taps("Lieber nicht")
    await clock.advance(days=180)
    await meets_again(sqlite_world, ana, ben)
    heard = len(ana.messages)
    assert "Ana" not in await ben.says("/partner")
    assert len(ana.messages) == heard


async def test_a_card_in_the_next_workshop_is_the_second_question(sqlite_world, clock):
    """The first workshop does not ask once more, whatever was said to the card."""
    ana, ben = await seeker_and_helper(sqlite_world)
    await asks(ana)
    await clock.advance(hours=13)
    await meets_again(sqlite_world, ana, ben)
    assert "Ana Keller" in await ben.says("/partner")
    await ben.taps("Nicht mein Thema")
    heard = len(ben.messages)
    await clock.advance(days=30)
    assert len(ben.messages) == heard


async def test_those_who_promised_each_other_something_know_each_other(sqlite_world, clock):
    """On the card, in the question and on the meet card, in each voice."""
    ana, ben = await seeker_and_helper(sqlite_world, voice=Voice.SIE)
    await sqlite_world.add(pledge_row(1, ana.row, ben.row, clock.now()))
    await clock.advance(days=1)
    await meets_again(sqlite_world, ana, ben)
    assert "Ihr kennt euch aus „Werkstatt Berlin“." in await ana.says("/partner")
    await ana.taps("Kennenlernen")
    assert "Sie kennen sich aus „Werkstatt Berlin“." in ben.last
    await ben.taps("Kennenlernen")
    assert "Sie kennen sich aus „Werkstatt Berlin“." in ben.last
    assert "Ihr kennt euch aus „Werkstatt Berlin“." in ana.last


async def test_a_proposal_says_from_where_the_two_know_each_other(sqlite_world, clock):
    ana, ben = await meeting(sqlite_world)
    await clock.advance(days=30)
    await meets_again(sqlite_world, ana, ben)
    await proposes(ana, ben, PAY)
    assert "Sie kennen sich aus „Werkstatt Berlin“." in ben.last


async def test_a_workshop_is_named_only_to_two_who_were_in_it(sqlite_world, clock):
    """Ben never was where the pledge was made; and the workshop of the card itself is not named either."""
    first = await open_workshop(sqlite_world)
    ana = await guest(sqlite_world, first, "Ana Keller", seeks=("ehrenamt",))
    second = await open_workshop(sqlite_world, code="PQRSTV", title="Werkstatt Nordtal")
    ben = await guest(sqlite_world, second, "Ben Albrecht", seeks=(), offers=("ehrenamt",))
    await sqlite_world.add(pledge_row(first, ana.row, ben.row, clock.now()))
    await clock.advance(days=1)
    here = await meets_again(sqlite_world, ana, ben)
    await sqlite_world.add(pledge_row(here, ana.row, ben.row, clock.now()))
    card = await ana.says("/partner")
    assert "Ben Albrecht" in card
    assert "kennt euch" not in card
