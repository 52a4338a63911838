"""`/versprechen`: what waits for me first, eight to a page, and what has ended behind a button."""

from datetime import timedelta

from db.models import Pledge
from domain.nudging import deadline_for
from domain.pledges import State
from tests.cast import pair, pledge_row
from tests.conversations.pledges import chooses


async def with_pledges(world, *, active=0, **more):
    """Ana and Ben, who share pledges of these states, and drafts of Ben's; each with a deadline of its own."""
    ana, ben = await pair(world)
    now, day = world.clock.now(), deadline_for(world.clock.local.date())
    states = {"active": active, **more}
    numbered = [(state, n) for state, count in states.items() for n in range(count)]
    await world.add(
        *(
            pledge_row(
                1, ben.row, ana.row, now, text=f"Ich schreibe Brieffreundschaft{state}{n}.", state=State(state),
                deadline=day - timedelta(days=n), ended_at=now + timedelta(hours=n) if state == "ended" else None,
            )
            for state, n in numbered
        )
    )  # fmt: skip
    return ana, ben


async def test_what_waits_for_me_comes_first_and_drafts_last(sqlite_world):
    ana, ben = await with_pledges(sqlite_world, ended=1, draft=1, active=2, proposed=1)
    await ben.says("/versprechen")
    assert [line.split(" · ")[2] for line in ben.last.split("\n")[1:]] == [
        "bis 11. Oktober", "bis 12. Oktober", "wartet auf das Ja", "Entwurf",
    ]  # fmt: skip
    await ana.says("/versprechen")
    assert [line.split(" · ")[2] for line in ana.last.split("\n")[1:]] == [
        "wartet auf dein Ja", "bis 11. Oktober", "bis 12. Oktober",
    ]  # fmt: skip


async def test_a_long_list_has_pages_and_every_pledge_is_on_one(sqlite_world):
    _, ben = await with_pledges(sqlite_world, active=3, draft=110)
    await ben.says("/versprechen")
    seen = [data for _, data in ben.newest.keyboard if data.startswith("pledge:")]
    assert len(seen) == 8
    page = 1
    while ben.shows(f"pledges_page:{page}"):
        await ben.taps_data(f"pledges_page:{page}")
        seen += [data for _, data in ben.newest.keyboard if data.startswith("pledge:")]
        page += 1
    assert len(seen) == len(set(seen)) == 113
    assert "113 " in ben.last
    await ben.taps("Zurück")
    await ben.sends_button_data("pledges_page:999")
    assert "113 " in ben.last, "a page that is gone shows the last one"


async def test_what_has_ended_is_behind_one_button(sqlite_world):
    _, ben = await with_pledges(sqlite_world, active=1, ended=9)
    await ben.says("/versprechen")
    assert "abgeschlossen" not in ben.last
    await ben.taps("Abgeschlossene (9)")
    assert ben.last.startswith("Deine abgeschlossenen Versprechen\n1 Brieffreundschaftended8 ·")
    await ben.taps("Weiter", message=ben.newest)
    assert ben.last.count("abgeschlossen") == 1, "only the title: a line says how it ended"
    await ben.taps("Laufende (1)")
    assert "bis 12. Oktober" in ben.last


async def test_if_all_have_ended_they_are_shown_at_once(sqlite_world):
    _, ben = await with_pledges(sqlite_world, ended=1)
    await ben.says("/versprechen")
    assert ben.last.startswith("Deine abgeschlossenen Versprechen\n1 ")
    assert not ben.shows("pledges_page")


async def test_tapping_somebody_again_takes_up_the_empty_draft(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    await chooses(ben, ana)
    (number,) = await world.rows(Pledge.id)
    await ben.taps_data(f"acts:{number}:both")
    for _ in range(3):
        await ben.sends_button_data(f"pledge_with:{ana.row}")
    assert await world.rows(Pledge.id) == [number]
    await ben.taps_data(f"acts:{number}:author")
    await ben.says("Ich rufe an.")
    await chooses(ben, ana)
    assert len(await world.rows(Pledge.id)) == 2, "one with a sentence is kept"
