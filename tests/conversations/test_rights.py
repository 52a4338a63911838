"""Rights over the wire: information in every state, all data, consents back, pauses, and really gone."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import inspect, select, update

from db.models import (
    Audit,
    Base,
    Draft,
    Interest,
    Introduction,
    IntroState,
    Nudge,
    Outgoing,
    Person,
    Pledge,
    Report,
    Round,
    RoundLine,
    RoundState,
    SendState,
    Suggestion,
    Workshop,
)
from db.types import Encrypted, EncryptedJson
from domain.nudging import Period
from domain.outcomes.choices import ContactKind, Direction
from domain.outcomes.matching import Why
from domain.pledges import Acts, State, Status
from tests.crowd import gather
from tests.world import OWNER

ANA, BEN = 7_340_987_711, 7_340_987_722  # numbers that appear nowhere by accident
CANARY = "Kanarienvogel"
ALWAYS = ("/datenschutz", "/privacy", "/developer_info", "/hilfe", "/help")


async def pair(world, **ana):
    """Ana and Ben, who know each other, with everything that can be stored about Ana."""
    people = await gather(
        world,
        ana={"name": "Ana Keller", "id": ANA, **ana},
        ben={"name": "Ben Albrecht", "id": BEN, "place": "Erfurt"},
    )
    return people["ana"], people["ben"]


async def story(world, ana, ben):
    """Rows of Ana's in all tables; whatever holds words of hers holds the canary."""
    now = world.clock.now()
    async with world.database.writer.begin() as session:
        a, b = [
            (await session.scalars(select(Person).where(Person.chat_id == p.id))).one() for p in (ana, ben)
        ]
        workshop = (await session.scalars(select(Workshop))).one()
        for column in inspect(Person).columns:
            if isinstance(column.type, Encrypted) and column.key != "name":
                setattr(a, column.key, f"{CANARY} {column.key}")
        a.interests = [
            Interest(direction=Direction.SEEKS, topic="ehrenamt"),
            Interest(direction=Direction.OFFERS, words=f"{CANARY} interest", candidates=["kita", "ehrenamt"]),
        ]
        shown = [
            Suggestion(person_id=one.id, other_id=other.id, workshop_id=workshop.id, why=Why.SAME,
                       topic="ehrenamt", words=f"{CANARY} suggestion", shown_at=now)
            for one, other in ((a, b), (b, a))
        ]  # fmt: skip
        planned = Round(workshop_id=workshop.id, state=RoundState.PREVIEW, planned=1, made_at=now)
        session.add_all([*shown, planned])
        await session.flush()
        session.add(RoundLine(round_id=planned.id, person_id=a.id, other_id=b.id, why=Why.SAME, topic="ehrenamt",
                              words=f"{CANARY} round"))  # fmt: skip
        session.add(Introduction(workshop_id=workshop.id, asker_id=a.id, asked_id=b.id, suggestion_id=shown[0].id,
                                 state=IntroState.BOTH, asked_at=now, expires_at=now + timedelta(hours=9),
                                 asked_contact=ContactKind.PHONE))  # fmt: skip
        common = {"workshop_id": workshop.id, "created_at": now, "deadline": now.date() + timedelta(days=180)}
        active = {"state": State.ACTIVE, "made_on": now.date(), "acts": Acts.AUTHOR}
        hers = Pledge(author_id=a.id, partner_id=b.id, text=f"{CANARY} Probestunden", **common, **active)
        his = Pledge(author_id=b.id, partner_id=a.id, text="Ich rufe Anas Verein an, Ana Keller weiß davon",
                     **common, **active)  # fmt: skip
        unsaid = Pledge(
            author_id=b.id, partner_id=a.id, text="BENSGEHEIMNIS Entwurf", state=State.DRAFT, **common
        )
        session.add_all([hers, his, unsaid])
        await session.flush()
        session.add_all([
            Report(pledge_id=hers.id, person_id=a.id, period=Period.M1, status=Status.RUNNING,
                   notes=[f"{CANARY} report"], at=now),
            Report(pledge_id=his.id, person_id=b.id, period=Period.M1, status=Status.STUCK,
                   notes=["Mit ana KELLER gesprochen, dann mit Anastasia"], at=now),
            Nudge(pledge_id=hers.id, person_id=a.id, period=Period.M2, due_at=now + timedelta(days=60)),
            Nudge(pledge_id=his.id, person_id=b.id, period=Period.M2, due_at=now + timedelta(days=60)),
            Draft(person_id=a.id, kind="unasked", words=f"{CANARY} draft", awaiting=False, created_at=now),
            Audit(organiser_chat_id=OWNER, person_id=a.id, action="saw role claim", at=now),
        ])  # fmt: skip


# --- in every state


@pytest.mark.parametrize("until", ["stranger", "begin:", "k_yes:", "role", "name", "seeks", "offers", None])
async def test_information_is_there_in_every_state(sqlite_world, until):
    world = sqlite_world
    code = await world.workshop()
    if until in ("stranger", "begin:", "k_yes:"):
        ana = await world.person("Ana")
        await ana.start(f"w_{code}")
        for tap in {"stranger": (), "begin:": ("begin:",), "k_yes:": ("begin:", "k_yes:")}[until]:
            await ana.taps_data(tap)
    else:
        ana = await world.joined("Ana Keller", until=until)
    for command in ALWAYS:
        heard = await ana.says(command)
        first = "Deine Daten bei Mutmacher" if command in ALWAYS[:3] else "Das geht hier"
        assert heard.startswith(first), command


async def test_somebody_unknown_has_nothing_to_see_take_back_or_erase(sqlite_world):
    await sqlite_world.workshop()
    cem = await sqlite_world.person("Cem")
    await cem.start()
    for command in ("/auskunft", "/widerruf", "/loeschen"):
        assert (await cem.says(command)).startswith("Über dich ist nichts gespeichert.")
    for data in ("erase_yes", "consent_off:A", "consent_on:K", "pause:2", "resume"):
        assert "nicht mehr aktuell" in await cem.forges(data)
    assert await sqlite_world.count(Person) == 1, "only the organiser"


# --- all data

SECTIONS = {  # where the rows of a table stand in the document
    "persons": "person",
    "memberships": "memberships",
    "consents": "consents",
    "interests": "interests",
    "suggestions": "suggestions",
    "introductions": "introductions",
    "pledges": "pledges",
    "reports": "reports",
    "nudges": "questions",
    "drafts": "drafts",
    "broadcasts": "announcements",
    "audits": "organiser_accesses",
    "lanes": "queue",
    "inbox": "messages_from_you",
    "outbox": "messages_to_you",
    "round_lines": "planned_for_you",
}
NOBODYS = {
    "workshops": "about nobody",
    "rounds": "about nobody",
    "carrier": "about Telegram",
    "alembic_version": "about the tables",
}
WITHHELD = {
    ("introductions", "asked_says"): "the other's answer on the day",
    ("introductions", "asked_contact"): "the other's choice of contact",
    ("round_lines", "other_id"): "who it is, neither of both knows before the card is sent",
    ("round_lines", "words"): "perhaps the other's",
    ("audits", "organiser_chat_id"): "the organiser's Telegram number; the name is there instead",
}


async def test_all_data_come_as_text_and_as_a_file_with_every_stored_field(world):
    ana, ben = await pair(world, role="mp")
    await story(world, ana, ben)
    orga = await world.organiser()
    await orga.says("/teilnehmende")
    text = await ana.says("/auskunft")
    assert text.startswith("Deine Daten\nAna Keller · ")
    assert "Versprechen: 2 · Blicke des Teams: 2" in text
    assert "löschen sich von selbst, die letzten am" in text
    document = await _document(world, ana)
    tables = {table.name: table for table in Base.metadata.sorted_tables}
    assert set(tables) == {*SECTIONS, *(NOBODYS.keys() & tables.keys())}, "a new table needs a rule here"
    for name, section in SECTIONS.items():
        rows = document[section] if isinstance(document[section], list) else [document[section]]
        expected = {c.key for c in tables[name].columns} - {c for t, c in WITHHELD if t == name}
        assert rows or name == "broadcasts", f"nothing about {name}"
        for row in rows:
            assert expected <= set(row), f"{name}: {expected - set(row)}"
    assert document["organiser_accesses"][0]["action"] == "saw role claim"
    for table, _ in _encrypted() - UNFILLED.keys() - WITHHELD.keys():
        assert CANARY in str(document[SECTIONS[table]]), table


def _encrypted():
    return {
        (table.name, column.key)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Encrypted | EncryptedJson)
    }


UNFILLED = {
    ("workshops", "title"): "not a person's",
    ("inbox", "payload"): "gone when it was worked off",
    ("persons", "name"): "the name itself",
}


async def _document(world, person):
    file = next(each for each in reversed(person.messages) if each.body.get("document"))
    assert file.body["document"]["file_name"] == "meine-daten.json"
    async with world._http.get(f"{world.url}/stage/files/{file.body['document']['file_id']}") as answer:
        return json.loads(await answer.text())


async def test_nothing_private_of_others_is_in_it(sqlite_world):
    ana, ben = await pair(sqlite_world)
    await story(sqlite_world, ana, ben)
    await ana.says("/auskunft")
    hers = json.dumps(await _document(sqlite_world, ana), ensure_ascii=False)
    assert "BENSGEHEIMNIS" not in hers
    assert "Anastasia" not in hers, "the other's note"
    assert str(ben.id) not in hers
    assert "Ben Albrecht" not in hers
    await ben.says("/auskunft")
    document = await _document(sqlite_world, ben)
    assert f"{CANARY} report" not in str(document)
    assert f"{CANARY} contact_phone" not in str(document)
    assert not {"asker_contact", "asker_says"} & document["introductions"][0].keys()
    assert "verdict" not in document["suggested_to_others"][0]


async def test_a_no_is_not_betrayed_by_the_file(sqlite_world):
    ana, ben = await pair(sqlite_world)
    await story(sqlite_world, ana, ben)
    async with sqlite_world.database.writer.begin() as session:
        await session.execute(update(Introduction).values(state=IntroState.DECLINED))
    await ana.says("/auskunft")
    assert (await _document(sqlite_world, ana))["introductions"][0]["state"] == "asked"


# --- consents back


async def test_announcements_and_the_name_are_taken_back_with_one_tap_and_given_again(sqlite_world):
    ana, _ = await pair(sqlite_world)
    assert "Ankündigungen: ja" in await ana.says("/widerruf")
    assert "Ankündigungen kommen ab sofort nicht mehr." in await ana.taps("Nein: Ankündigungen")
    assert "Ankündigungen: nein" in await ana.says("/widerruf")
    assert "Notiert: ja" in await ana.taps("Ja: Ankündigungen")
    assert "Ankündigungen: ja" in await ana.says("/consents")


@pytest.mark.parametrize(
    ("button", "words", "meanwhile", "pledges"),
    [
        ("Nein: Vernetzen und Erinnern", "ruht hier alles", {"days": 6}, 3),  # after a week all is erased
        ("Nein: Weg über Telegram", "nichts mehr von mir aus", {"months": 3}, 2),  # a draft ended by itself
    ],
)
async def test_without_a_core_consent_nothing_leaves_any_more_and_erasing_is_offered(
    sqlite_world, button, words, meanwhile, pledges
):
    world = sqlite_world
    ana, ben = await pair(world)
    await story(world, ana, ben)
    await ana.says("/widerruf")
    heard = await ana.taps(button)
    assert words in heard
    assert ana.buttons[0] == "Alles löschen"
    before = len(ana.messages)
    await world.clock.advance(**meanwhile)
    assert len(ana.messages) == before, "neither questions nor news"
    assert "Ana Keller" not in await ben.says("/partner")
    assert "Vernetzen und Erinnern" in await ana.says("/widerruf")
    assert (await ana.says("/auskunft")).startswith("Deine Daten\n")
    assert "Alles löschen?" in await ana.says("/loeschen")
    await ana.taps("Nein, behalten")
    await ana.says("/widerruf")
    question = await ana.taps_data(f"consent_on:{'K' if 'Vernetzen' in button else 'U'}")
    assert "Art. 9" in question or "Telegram" in question
    await ana.taps_data("k_no:" if "Vernetzen" in button else "u_no")
    assert "Alles löschen?" in ana.last
    assert await world.count(Pledge) == pledges


# --- pauses


@pytest.mark.parametrize(("label", "weeks"), [("1 Woche", 1), ("2 Wochen", 2), ("4 Wochen", 4)])
async def test_a_pause_is_quiet_and_ends_on_its_day(sqlite_world, clock, label, weeks):
    world = sqlite_world
    ana, ben = await pair(world)
    assert "Eine Weile Ruhe?" in await ana.says("/pause")
    until = clock.local + timedelta(weeks=weeks)
    assert f"Bis {until.day}. " in await ana.taps(label)
    assert "Ana Keller" not in await ben.says("/partner")
    assert "Du machst gerade Pause." in await ana.says("/pause")
    await clock.advance(weeks=weeks, minutes=1)
    assert "Eine Weile Ruhe?" in await ana.says("/pause")


async def test_an_open_pause_ends_with_weiter(sqlite_world, clock):
    world = sqlite_world
    ana, ben = await pair(world)
    await story(world, ana, ben)
    await ana.says("/pause")
    assert "bis du mit Weiter zurückkommst" in await ana.taps("Bis ich mich melde")
    before = len(ana.messages)
    await clock.advance(months=3)
    assert len(ana.messages) == before
    assert len(ben.messages) > 0, "the other is asked all the same"
    assert "Es gibt nichts nachzuholen." in await ana.taps("Weiter")


async def test_no_pause_after_all_leaves_everything_as_it_is(sqlite_world):
    ana, _ = await pair(sqlite_world)
    await ana.says("/pause")
    question = ana.newest
    assert (await ana.taps("Keine Pause")).startswith("Gut, alles bleibt, wie es ist.")
    await ana.says("/pause")
    await ana.taps("1 Woche")
    assert "Du machst gerade Pause." in await ana.taps("Keine Pause", message=question)


async def test_who_rests_is_told_how_to_hear_of_people_again_and_then_does(sqlite_world, clock):
    world = sqlite_world
    people = await gather(world, ana={"name": "Ana Keller"})
    ana = people["ana"]
    async with world.database.writer.begin() as session:
        a = (await session.scalars(select(Person).where(Person.chat_id == ana.id))).one()
        a.interests = [Interest(direction=Direction.SEEKS, topic="ehrenamt")]
    await ana.says("/pause")
    await ana.taps("Bis ich mich melde")
    heard = await ana.says("/partner")
    assert "Ich melde mich, sobald" not in heard
    assert "Mit Weiter bist du sofort zurück." in heard
    await world.joined("Ben Albrecht", seeks="Ehrenamt")
    await world.walk.run_due()
    await world.quiet()
    assert "Ben Albrecht" not in ana.last
    await ana.taps("Weiter")
    await world.walk.run_due()
    await world.quiet()
    assert "Ben Albrecht" in ana.last


# --- erased


async def test_really_gone(world, tmp_path):
    ana, ben = await pair(world)
    await story(world, ana, ben)
    await ana.says("/auskunft")
    assert await _unfilled(world) == set(), "a new column with words needs a canary in `story`"
    assert "Alles löschen?" in await ana.says("/loeschen")
    assert "2 Versprechen sind dabei" in ana.heard
    assert CANARY in await world.stored(), "one step erases nothing"
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
    if world._database_url.startswith("sqlite"):
        raw = b"".join(file.read_bytes() for file in tmp_path.glob("mutmacher.db*"))
        assert CANARY.encode() not in raw
        assert str(ana.id).encode() not in raw


async def _unfilled(world):
    """Columns with words in which no row of Ana's holds the canary."""
    empty = set()
    async with world.database.reader() as session:
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                if (table.name, column.key) in _encrypted() - UNFILLED.keys():
                    words = (await session.scalars(select(column))).all()
                    if not any(CANARY in str(each) for each in words):
                        empty.add((table.name, column.key))
    return empty


async def _is_told_once(world, ben):
    told = [each for each in ben.messages if "hat die eigenen Daten hier gelöscht" in each.text]
    assert len(told) == 2, "once a promise"
    texts = {text for text in await world.rows(Pledge.text) if text}
    assert texts == {"Ich rufe █ Verein an, █ weiß davon", "BENSGEHEIMNIS Entwurf"}
    assert ["Mit █ gesprochen, dann mit Anastasia"] in await world.rows(Report.notes)
    assert set(await world.rows(Pledge.state)) == {State.ENDED, State.WITHDRAWN}
    heard = await ben.says("/versprechen")
    assert "gelöschte Person" in heard or "gelöschten Person" in heard
    before = len(ben.messages)
    await world.clock.advance(months=2)
    assert len(ben.messages) == before, "nobody is asked about what is over"


async def test_the_counts_do_not_fall_when_somebody_is_erased(world):
    names = ("Ana Keller", "Ben Albrecht", "Cem Demir", "Dana Ernst", "Eva Fuchs", "Fred Groß")
    people = await gather(world, **{name.split()[0].lower(): {"name": name} for name in names})
    await _five_of_each_with(world, people["ana"], people)
    orga = await world.organiser()
    before = await orga.says("/stand")
    assert [line.rpartition(" ")[2] for line in before.split("\n")[2:]] == ["6", "6", "5", "5", "5"]
    for each in ("ana", "ben", "cem"):
        await people[each].says("/loeschen")
        world.forgotten.add(people[each].id)
        await people[each].taps("Ja, alles löschen")
        assert await orga.says("/stand") == before, each
    await orga.says("/orga")
    assert "Werkstatt Berlin (3)" in orga.buttons, "who is there now"


async def _five_of_each_with(world, ana, people):
    """Introductions and promises between Ana and everybody else; all of them she answered, of Ben's he did too."""
    now = world.clock.now()
    async with world.database.writer.begin() as session:
        workshop = (await session.scalars(select(Workshop))).one()
        chats = {p.chat_id: p.id for p in await session.scalars(select(Person))}
        a, *others = [chats[each.id] for each in people.values()]
        for other in others:
            shown = Suggestion(
                person_id=a, other_id=other, workshop_id=workshop.id, why=Why.SAME, shown_at=now
            )
            made = Pledge(author_id=a, partner_id=other, text="Ich komme", workshop_id=workshop.id, created_at=now,
                          deadline=now.date(), state=State.ACTIVE, made_on=now.date(), acts=Acts.AUTHOR)  # fmt: skip
            session.add_all([shown, made])
            await session.flush()
            session.add(Introduction(workshop_id=workshop.id, asker_id=a, asked_id=other, suggestion_id=shown.id,
                                     state=IntroState.BOTH, asked_at=now, expires_at=now))  # fmt: skip
            for who in (a, other) if other == others[0] else (a,):
                session.add(
                    Report(pledge_id=made.id, person_id=who, period=Period.M1, status=Status.RUNNING, at=now)
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
