"""Topics in every way they can be said, tapped and taken back."""

from sqlalchemy import select

from db.models import Interest, Outgoing, SendState
from domain import topics
from domain.outcomes.choices import Direction
from tests.cast import tells


async def topics_of(world, direction=Direction.SEEKS):
    return [i.topic or i.words for i in await world.rows(Interest) if i.direction is direction]


async def asked_what_moves(world, **more):
    return await world.joined("Ana Keller", until="seeks", **more)


async def test_sure_topics_are_confirmed(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.says("Ehrenamt und Klimaschutz")
    assert "Ehrenamt" in ana.last
    assert "Klimaschutz" in ana.last
    await ana.taps("Bestätigen")
    assert await topics_of(sqlite_world) == ["ehrenamt", "klimaschutz"]


async def test_typing_errors_are_no_matter(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.says("ehrnamt, klimaschuz")
    while "Meinst du" in ana.last:
        await ana.taps_data("topic_pick")
    await ana.taps("Bestätigen")
    assert set(await topics_of(sqlite_world)) == {"ehrenamt", "klimaschutz"}


def doubtful():
    """Words that may mean something of the list, or nothing."""
    candidates = ("Jugend", "Ärzte", "Geld fehlt", "Jugendrat", "Hausarzt gesucht")
    understood = {words: topics.load().understand(words) for words in candidates}
    return next(words for words, heard in understood.items() if heard.ask and not heard.sure)


async def test_a_doubt_is_resolved_by_a_tap(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    assert "Meinst du" in await ana.says(doubtful())
    picked = next(data for _, data in ana.newest.keyboard if data.startswith("topic_pick")).split(":")[2]
    await ana.taps_data("topic_pick")
    await ana.taps("Bestätigen")
    assert await topics_of(sqlite_world) == [picked]


async def test_a_doubt_may_be_none_of_them(sqlite_world):
    ana, words = await asked_what_moves(sqlite_world), doubtful()
    await ana.says(words)
    old = ana.newest.data_of("Keins davon")
    await ana.taps("Keins davon")
    assert f"„{words}“" in ana.last
    assert "Dieser Knopf ist nicht mehr aktuell." in await ana.sends_button_data(old)
    await ana.taps("Bestätigen")
    assert await topics_of(sqlite_world) == [words]


async def test_own_words_stay_as_they_are(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.says("Xylophonquartett im Zwergenland")
    assert ana.last.startswith("Ein neues Thema – ich nehme es, wie es ist."), ana.last
    await ana.taps("Bestätigen")
    assert await topics_of(sqlite_world) == ["Xylophonquartett im Zwergenland"]


async def test_one_of_several_is_struck(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.says("Ehrenamt und Klimaschutz")
    await ana.taps("Eins streichen")
    await ana.taps("Streichen: Ehrenamt")
    assert ana.last.startswith("Verstanden: Klimaschutz")
    await ana.taps("Bestätigen")
    assert await topics_of(sqlite_world) == ["klimaschutz"]


async def test_striking_the_last_asks_again(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.says("Ehrenamt und Klimaschutz")
    await ana.taps("Eins streichen")
    dropping = ana.newest
    await ana.taps("Streichen: Ehrenamt")
    await ana.sends_button_data(dropping.data_of("Streichen: Klimaschutz"))
    assert "Was treibt dich" in ana.last
    await tells(ana, "seeks", "Kita-Plätze")
    assert "Wie heißt deine Organisation" in ana.last


async def test_words_can_be_said_differently(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.says("Ehrenamt")
    await ana.taps("Anders sagen")
    assert "Was treibt dich" in ana.last
    await ana.says("Klimaschutz")
    await ana.taps("Bestätigen")
    assert await topics_of(sqlite_world) == ["klimaschutz"]


async def test_words_typed_instead_of_the_confirmation_replace_it(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.says("Ehrenamt")
    await ana.says("Klimaschutz")
    await ana.taps("Bestätigen")
    assert await topics_of(sqlite_world) == ["klimaschutz"]


async def test_topics_are_picked_from_the_list(world):
    ana = await asked_what_moves(world)
    before = len(ana.messages)
    await ana.taps("Aus Liste wählen")
    await ana.taps_data("topics_group:")
    first, second = [data for _, data in ana.newest.keyboard if data.startswith("topic_toggle")][:2]
    await ana.taps_data(first)
    assert "Gewählt: " in ana.last
    assert ana.buttons[0].startswith("✓ ")
    await ana.taps_data(second)
    await ana.taps_data(first)
    assert not ana.buttons[0].startswith("✓ ")
    assert len(ana.messages) == before, "the list changes in its message"
    await ana.taps_data("topics_ok:seeks")
    assert await topics_of(world) == [second.split(":")[2]]


async def test_every_group_and_page_of_the_list_opens(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.taps("Aus Liste wählen")
    groups = [data for _, data in ana.newest.keyboard if data.startswith("topics_group:")]
    assert len(groups) > 5
    for group in groups:
        await ana.sends_button_data(group, message_id=ana.newest.id)
        while "Nächste Seite" in ana.buttons:
            await ana.taps("Nächste Seite")
        assert "Alle Bereiche" in ana.buttons
    for wrong in (
        "topics_group:seeks:nowhere:0",
        "topics_group:seeks:engagement:99",
        "topic_toggle:seeks:nothing:0",
    ):
        await ana.sends_button_data(wrong, message_id=ana.newest.id)
        assert not any(each.text == "" for each in ana.new)


async def test_a_page_that_there_is_not_shows_the_last_one(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.taps("Aus Liste wählen")
    group = max(topics.load().groups(), key=lambda each: len(each.topics))
    for page in (99, 999_999_999):
        await ana.sends_button_data(f"topics_group:seeks:{group.id}:{page}", message_id=ana.newest.id)
        shown = [data.split(":")[2] for _, data in ana.newest.keyboard if data.startswith("topic_toggle")]
        assert shown, "never an empty page"
        assert shown[-1] == group.topics[-1]
        assert "Nächste Seite" not in ana.buttons
        await ana.taps_data(f"topic_toggle:seeks:{shown[0]}:")
        assert ana.buttons[0].startswith("✓ ")
        await ana.taps_data(f"topic_toggle:seeks:{shown[0]}:")
    for wrong in (
        "topics_group:seeks:nowhere:0",
        f"topics_group:seeks:{group.id}:-1",
        "topic_toggle:seeks:nothing:0",
    ):
        assert "nicht mehr aktuell" in await ana.sends_button_data(wrong), wrong
    assert not await sqlite_world.chosen(select(Outgoing.id).where(Outgoing.state == SendState.DEAD))


async def test_no_more_than_eight_topics_are_taken(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.taps("Aus Liste wählen")
    for group in [data for _, data in ana.newest.keyboard if data.startswith("topics_group:")][:4]:
        await ana.sends_button_data(group, message_id=ana.newest.id)
        for toggle in [data for _, data in ana.newest.keyboard if data.startswith("topic_toggle")][:3]:
            await ana.taps_data(toggle)
    assert len(await topics_of(sqlite_world)) == 8


async def test_an_office_offers_by_tap_and_in_words(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller", role="authority", until="offers")
    await ana.taps("Kontakt vermitteln")
    assert "✓ Kontakt vermitteln" in ana.buttons
    await ana.says("Ehrenamt")
    await ana.taps("Bestätigen")
    assert await topics_of(sqlite_world, Direction.OFFERS) == ["offer-contact", "ehrenamt"]


# --- lists further up


async def test_a_list_further_up_is_brought_up_to_date_before_a_tap_in_it_counts(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.taps("Aus Liste wählen")
    await ana.taps_data("topics_group:")
    old = ana.newest
    tap = next(data for _, data in old.keyboard if data.startswith("topic_toggle"))
    chosen = tap.split(":")[2]
    await ana.says(topics.load().label(chosen, "de"))
    if ana.shows("topic_pick"):
        await ana.taps_data(f"topic_pick:{ana.newest.keyboard[0][1].split(':')[1]}:{chosen}")
    assert await topics_of(sqlite_world) == [chosen]
    await ana.presses(old, tap)
    assert await topics_of(sqlite_world) == [chosen], "the tap was to take it, not to give it back"
    refreshed = next(each for each in ana.messages if each.id == old.id)
    assert any(label.startswith("✓ ") for label in refreshed.buttons)
    await ana.presses(refreshed, tap)
    assert await topics_of(sqlite_world) == []


async def test_what_was_understood_further_up_is_not_confirmed_for_something_else(sqlite_world):
    ana = await asked_what_moves(sqlite_world)
    await ana.says("Ehrenamt")
    old = ana.newest
    await ana.says("Klimaschutz")
    heard = await ana.taps("Bestätigen", message=old)
    assert "Verstanden: Klimaschutz" in heard
    await ana.taps("Bestätigen", message=old)
    assert "Wie heißt deine Organisation" in ana.last
