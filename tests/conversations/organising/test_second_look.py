"""A second look at announcements: who is asked for it, what they read, and who may let them out."""

from tests.conversations.organising.announcing import ROOM, SECOND, SENDER, begin, got, hall
from tests.world import OWNER


async def to_second(orga, whom):
    heard = await orga.taps(whom)
    await orga.taps("Um Bestätigung bitten")
    return heard


async def test_a_second_organiser_confirms(team):
    orga, people = await hall(team)
    second = team.second
    await begin(orga)
    assert "sobald jemand Zweites aus dem Team bestätigt" in await to_second(orga, "An alle")
    assert "Ein zweiter Blick" in orga.last
    assert "gelöschte" not in orga.heard
    copy, card = second.messages[-2:]
    assert copy.text == f"{ROOM}\n\n{SENDER}"
    assert card.text.startswith(
        "Eine Ankündigung an 3 Menschen\nWerkstatt Berlin\nGeht an: alle.\nJemand aus dem Team bittet um"
    )
    own = await orga.sends_button_data(card.data_of("Bestätigen"))
    assert "nicht mehr aktuell" in own
    assert "Euer Pult" in await orga.says("3"), "where somebody looks twice no count is asked for"
    assert not any(got(each) for each in people.values())
    await second.presses(card, card.data_of("Bestätigen"))
    await team.clock.advance(minutes=1)
    assert [got(people[name]) for name in ("ana", "ben", "cem", "eva")] == [1, 1, 1, 0]
    for organiser in (orga, second):
        assert "Die Ankündigung ist durch\nInsgesamt: 3\nZugestellt: 3" in organiser.last
    assert "nicht mehr aktuell" in await second.presses(card, card.data_of("Bestätigen"))
    assert got(people["ana"]) == 1


async def test_a_second_organiser_says_no_and_the_author_hears_it(team):
    orga, people = await hall(team)
    await begin(orga)
    await to_second(orga, "An alle")
    assert "Es geht nichts hinaus." in await team.second.taps("Abbrechen")
    assert "Beim zweiten Blick hieß es: lieber nicht." in orga.last
    assert not any(got(each) for each in people.values())


async def test_nobody_confirms_other_recipients_than_they_read(team):
    orga, people = await hall(team)
    await begin(orga)
    await to_second(orga, "Abgeordnete")
    few = team.second.with_button("Bestätigen")
    await to_second(orga, "An alle")
    everybody = team.second.with_button("Bestätigen")
    assert "nicht mehr aktuell" in await team.second.presses(few, few.data_of("Bestätigen"))
    assert not any(got(each) for each in people.values())
    await team.second.presses(everybody, everybody.data_of("Bestätigen"))
    assert sum(got(each) for each in people.values()) == 3


async def test_nobody_confirms_another_number_than_they_read(team):
    orga, people = await hall(team)
    await begin(orga)
    await to_second(orga, "An alle")
    card = team.second.with_button("Bestätigen")
    dora = await team.joined_already("Dora Lenz")
    again = await team.second.presses(card, card.data_of("Bestätigen"))
    assert again.startswith(
        "Eine Ankündigung an 4 Menschen\nWerkstatt Berlin\nGeht an: alle.\nSeit dem ersten Blick"
    )
    assert not any(got(each) for each in (*people.values(), dora))
    await team.second.taps("Bestätigen")
    assert sum(got(each) for each in (*people.values(), dora)) == 4


async def test_what_the_author_edits_after_the_preview_has_to_be_confirmed_anew(team):
    orga, people = await hall(team)
    await begin(orga)
    mine = next(body for body in reversed(team.messages(OWNER)) if body.get("out"))
    await to_second(orga, "An alle")
    card = team.second.with_button("Bestätigen")
    await orga.edits(mine["message_id"], "Etwas ganz anderes")
    assert "Dieser Knopf ist nicht mehr aktuell." in await team.second.presses(
        card, card.data_of("Bestätigen")
    )
    assert not got(people["ana"]) + got(people["ana"], "Etwas ganz anderes")
    await orga.taps("Um Bestätigung bitten")
    await team.second.taps_data("broadcast_go:")
    assert (got(people["ana"]), got(people["ana"], "Etwas ganz anderes")) == (0, 1)


async def test_an_edit_after_the_confirmation_changes_nothing(team):
    orga, people = await hall(team)
    await begin(orga)
    mine = next(body for body in reversed(team.messages(OWNER)) if body.get("out"))
    await to_second(orga, "An alle")
    busy = {"method": "copyMessage", "code": 429, "times": 1, "parameters": {"retry_after": 2}}
    await team.post("faults", json={"next": [busy | {"description": "Too Many Requests: retry after 2"}]})
    card = team.second.with_button("Bestätigen")
    await team.post(f"users/{SECOND}/press", json={"message_id": card.id, "data": card.data_of("Bestätigen")})
    assert "Eine Änderung zählt hier nicht." in await orga.edits(mine["message_id"], "Etwas ganz anderes")
    await team.quiet()
    assert (got(people["ana"]), got(people["ana"], "Etwas ganz anderes")) == (1, 0)


async def test_a_removed_organisers_announcement_goes_nowhere(team):
    orga, people = await hall(team)
    await begin(orga)
    await to_second(orga, "An alle")
    team.settings = team.settings.model_copy(update={"owners": frozenset({SECOND})})
    await team.restart()
    assert "nicht mehr aktuell" in await team.second.taps("Bestätigen")
    assert not any(got(each) for each in people.values())


async def test_only_who_was_shown_it_may_let_it_out(team):
    orga, people = await hall(team)
    await begin(orga)
    await to_second(orga, "An alle")
    card = team.second.with_button("Bestätigen")
    third = await team.person("Dritte", id=9500)
    team.settings = team.settings.model_copy(update={"owners": team.settings.owners | {third.id}})
    await team.restart()
    await third.start()
    heard = await third.sends_button_data(card.data_of("Bestätigen"))
    assert "nicht mehr aktuell" in heard
    assert not any(got(each) for each in people.values())
    await team.second.taps("Bestätigen")
    assert got(people["ana"])
