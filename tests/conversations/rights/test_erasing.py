"""Erased: really gone, and what stays of it for others."""

from sqlalchemy import select

from db.models import (
    Base,
    Introduction,
    IntroState,
    Outgoing,
    Person,
    Pledge,
    SendState,
    Suggestion,
    Workshop,
)
from domain.history import EventKind
from domain.nudging import Period
from domain.outcomes.choices import Met
from domain.outcomes.matching import Why
from domain.pledges import State, Status
from domain.voice import Voice
from tests.cast import event_row, gather, pledge_row
from tests.conversations.pledges import noted
from tests.conversations.rights.canary import ANA, CANARY, UNFILLED, encrypted, everywhere, pair, story


async def test_really_gone(world, tmp_path):
    ana, ben = await pair(world)
    await story(world, ana, ben)
    await everywhere(world, ana, ben)
    await ana.says("/auskunft")
    assert await _unfilled(world) == set(), "a new column with words needs a canary in `story`"
    assert "Alles löschen?" in await ana.says("/loeschen")
    assert "3 Versprechen sind dabei" in ana.heard
    assert CANARY in await world.stored(), "one step erases nothing"
    assert CANARY.encode() not in _raw(world, tmp_path), "words are encrypted"
    world.forgotten.add(ana.id)
    heard = await ana.taps("Ja, alles löschen")
    assert heard.startswith("Deine Daten bei mir sind gelöscht.")
    await world.walk.run_due()
    stored = await world.stored()
    assert CANARY not in stored
    assert str(ana.id) not in stored
    assert "Ana" not in stored.replace("Anastasia", "")
    assert not [line for line in world._log.lines if CANARY in line or str(ana.id) in line]
    await _is_told_once(world, ben)
    assert not [place async for place in _where(world, ana.id)]
    raw = _raw(world, tmp_path)
    assert CANARY.encode() not in raw
    assert str(ana.id).encode() not in raw


def _raw(world, folder):
    """The bytes of SQLite's files. A server has its own."""
    raw = b"".join(file.read_bytes() for file in folder.glob("mutmacher.db*"))
    assert raw or not world._database_url.startswith("sqlite")
    return raw


async def _where(world, number):
    """Columns that hold this number, as a number or within a text or JSON."""
    async with world.database.reader() as session:
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                if any(str(number) in str(value) for value in await session.scalars(select(column))):
                    yield table.name, column.key


async def _unfilled(world):
    """Columns with words in which no row of Ana's holds the canary."""
    empty = set()
    async with world.database.reader() as session:
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                if (table.name, column.key) in encrypted() - UNFILLED.keys():
                    words = (await session.scalars(select(column))).all()
                    if not any(CANARY in str(each) for each in words):
                        empty.add((table.name, column.key))
    return empty


async def _is_told_once(world, ben):
    told = [each for each in ben.messages if "hat die eigenen Daten hier gelöscht" in each.text]
    assert len(told) == 2, "once a pledge"
    texts = {text for text in await world.rows(Pledge.text) if text}
    assert texts == {"Ich rufe █ Verein an, █ weiß davon", "BENSGEHEIMNIS Entwurf"}
    assert ["Mit █ gesprochen, dann mit Anastasia"] in await noted(world)
    assert set(await world.rows(Pledge.state)) == {State.ENDED, State.WITHDRAWN}
    heard = await ben.says("/versprechen")
    assert heard.count("eine gelöschte Person") == 2
    before = len(ben.messages)
    await world.clock.advance(months=2)
    assert len(ben.messages) == before, "nobody is asked about what is over"


async def test_the_counts_do_not_fall_when_somebody_is_erased(world):
    names = ("Ana Keller", "Ben Albrecht", "Cem Demir", "Dana Ernst", "Eva Fuchs", "Fred Groß")
    people = await gather(world, **{name.split()[0].lower(): {"name": name} for name in names})
    await _five_of_each_with(world, people["ana"], people)
    orga = await world.organiser()
    counted = ["Dabei", "Profil", "Vorschläge", "davon", "beide", "haben", "Versprechen", "mit"]
    assert await _stand(orga, counted) == ["5"] * len(counted)
    for each in ("ana", "ben", "cem"):
        await people[each].says("/loeschen")
        world.forgotten.add(people[each].id)
        await people[each].taps("Ja, alles löschen")
        assert await _stand(orga, counted) == ["5"] * len(counted), each
    await orga.says("/orga")
    assert "Werkstatt Berlin (6)" in orga.buttons, "the same everywhere: so many have joined, whoever is gone"


async def _stand(orga, counted):
    """The figures of these lines."""
    lines = [line.removeprefix("– ") for line in (await orga.says("/stand")).split("\n")[3:]]
    return [
        line.rpartition(" ")[2] for line in lines[: len(counted)] if line.split()[0].strip(":") in counted
    ]


async def _five_of_each_with(world, ana, people):
    """Introductions and pledges between Ana and everybody else, who met her.

    She answered about each pledge, Ben about his, too.
    """
    now = world.clock.now()
    async with world.database.writer.begin() as session:
        workshop = (await session.scalars(select(Workshop))).one()
        chats = {p.chat_id: p.id for p in await session.scalars(select(Person))}
        a, *others = [chats[each.id] for each in people.values()]
        for other in others:
            shown = Suggestion(
                person_id=a, other_id=other, workshop_id=workshop.id, why=Why.SAME, shown_at=now
            )
            made = pledge_row(workshop.id, a, other, now)
            session.add_all([shown, made])
            await session.flush()
            session.add(Introduction(workshop_id=workshop.id, asker_id=a, asked_id=other, suggestion_id=shown.id,
                                     state=IntroState.BOTH, asked_at=now, expires_at=now,
                                     asked_met=Met.YES))  # fmt: skip
            for who in (a, other) if other == others[0] else (a,):
                session.add(
                    event_row(made.id, who, EventKind.SAID, now, period=Period.M1, status=Status.RUNNING)
                )


async def test_who_was_erased_can_come_back_as_somebody_new(sqlite_world):
    world = sqlite_world
    ana, _ = await pair(world)
    await ana.says("/loeschen")
    erase = ana.with_button("Ja, alles löschen")
    world.forgotten.add(ana.id)
    await ana.presses(erase, erase.data_of("Ja, alles löschen"))
    again = await ana.presses(erase, erase.data_of("Ja, alles löschen"))
    assert "nicht mehr aktuell" in again
    assert "Ich bin Mutmacher" in again
    assert (await ana.says("/auskunft")).startswith("Über dich ist nichts gespeichert.")
    await ana.start(f"w_{world.code}")
    for tap in ("begin:", "k_yes:", "u_yes", "role:mp"):
        await ana.taps_data(tap)
    assert "Gegend" in await ana.says("Ana Neu")
    assert sorted(n for n in await world.rows(Person.name) if n) == ["Ana Neu", "Ben Albrecht"]


async def test_a_chat_that_did_not_stay_is_forgotten_after_a_day(sqlite_world, clock):
    world = sqlite_world
    await world.workshop()
    cem = await world.person("Cem", id=ANA)
    await cem.start()
    assert str(ANA) in await world.stored()
    world.forgotten.add(ANA)
    await clock.advance(days=1, minutes=1)
    await world.walk.run_due()
    assert str(ANA) not in await world.stored()
    assert "Ich bin Mutmacher" in await cem.says("Hallo?")


async def test_what_was_on_its_way_when_somebody_went_is_not_sent_again(sqlite_world):
    world = sqlite_world
    ana, _ = await pair(world)
    await ana.says("/loeschen")
    world.forgotten.add(ana.id)
    await world.post(
        "faults", json={"next": [{"method": "sendMessage", "code": 500, "description": "?", "times": 1}]}
    )
    await ana.taps("Ja, alles löschen")
    assert "gelöscht" in ana.last
    await world.walk.run_due()
    assert str(ana.id) not in str(await world.rows(Outgoing.chat_id))
    assert SendState.PENDING not in await world.rows(Outgoing.state)


async def test_a_yes_to_erasing_counts_for_ten_minutes(sqlite_world, clock):
    world = sqlite_world
    ana, _ = await pair(world)
    await ana.says("/loeschen")
    question = ana.newest
    await clock.advance(minutes=11)
    assert "Alles löschen?" in await ana.taps("Ja, alles löschen", message=question)
    assert (await ana.says("/auskunft")).startswith("Deine Daten")
    await clock.advance(minutes=9)
    world.forgotten.add(ana.id)
    assert "gelöscht" in await ana.taps("Ja, alles löschen", message=question), "it was asked again since"


async def test_old_buttons_of_the_erased_answer_in_one_voice(sqlite_world):
    """The usual one, since theirs was erased too; or the one that a button was offered for, and then in that."""
    world = sqlite_world
    ana, _ = await pair(world, voice=Voice.EN)
    await ana.start(f"w_{world.code}")
    await ana.says("/help")
    await ana.says("/delete")
    world.forgotten.add(ana.id)
    await ana.taps_data("erase_yes")
    await world.walk.run_due()
    for data in (
        "pledges",
        "partner",
        "profile",
        "my_data",
        "erase",
        "consents",
        "resume",
        "intro:1",
        "help",
        "privacy",
    ):
        heard = await ana.sends_button_data(data)
        assert heard, data
        assert not {"the", "your", "you"} & set(heard.casefold().split()), (data, heard)
    await ana.sends_button_data("begin:0:en")
    assert {"the", "your", "you"} & set((await ana.says("Hello?")).casefold().split())
