"""All data: as a text and as a file, everything of one's own and nothing of others."""

import json

from sqlalchemy import update

from db.models import Base, Introduction, IntroState
from domain.roles import Role
from tests.conversations.rights.canary import CANARY, UNFILLED, encrypted, pair, story

SECTIONS = {  # where the rows of a table stand in the document
    "persons": "person",
    "memberships": "memberships",
    "consents": "consents",
    "office_seats": "office",
    "grants": "your_roles_on_the_team",
    "relays": "passed_on_by_you",
    "relay_stops": "passing_on_stopped",
    "told_apart": "told_apart_by_the_team",
    "interests": "interests",
    "suggestions": "suggestions",
    "introductions": "introductions",
    "pledges": "pledges",
    "handshakes": "handshakes",
    "pledge_events": "pledge_events",
    "nudges": "questions",
    "help_calls": "help_calls",
    "help_requests": "help_requests",
    "drafts": "drafts",
    "complaints": "your_texts_that_were_reported",
    "inquiries": "asked_the_team",
    "inquiry_words": "said_with_the_team",
    "broadcasts": "announcements",
    "audits": "organiser_accesses",
    "concern_marks": "concerns_you_see_to",
    "exports": "your_own_exports_as_organiser",
    "lanes": "queue",
    "inbox": "messages_from_you",
    "outbox": "messages_to_you",
    "roundtables": "roundtables_you_planned",
    "roundtable_seats": "roundtables",
    "round_lines": "planned_for_you",
    "personal_codes": "personal_codes",
    "guests": "guest_lists",
    "paper_pledges": "pledges_on_paper",
}
NOBODYS = {
    "workshops": "about nobody",
    "rounds": "about nobody",
    "calendar_uploads": "about nobody",
    "programme_items": "about nobody",
    "programme_uploads": "about nobody",
    "pledge_moments": "about nobody",
    "guest_uploads": "about nobody until it is taken over, for a week at most",
    "carrier": "about Telegram",
    "key_checks": "about the key",
    "alembic_version": "about the tables",
}
WITHHELD = {
    ("relays", "recipient_id"): "whom they wrote to is in the pledge, or the introduction",
    ("introductions", "asked_says"): "the other's answer on the day",
    ("introductions", "asked_contact"): "the other's choice of contact",
    ("introductions", "asked_contact_at"): "when the other chose it",
    ("introductions", "asked_met"): "whether they met, as the other says",
    ("round_lines", "other_id"): "who it is, neither of both knows before the card is sent",
    ("round_lines", "words"): "perhaps the other's",
    ("complaints", "reporter_id"): "who reported it, the writer is not told",
    ("complaints", "pledge_id"): "it would tell who reported it",
    ("complaints", "introduction_id"): "so would this",
    ("complaints", "words"): "they would, too; they stand with the pledge",
    ("complaints", "made_at"): "it might tell who reported it",
    ("concern_marks", "object_id"): "whom an organiser's work is about",
    ("concern_marks", "other_id"): "likewise",
    ("inquiries", "taken_by_id"): "which organiser: who looked is in the list of looks",
    ("inquiry_words", "writer_id"): "which organiser answered, the team does not say",
    ("personal_codes", "selector"): "it would help to guess the code",
    ("personal_codes", "salt"): "it would help to guess the code",
    ("personal_codes", "digest"): "it would help to guess the code",
    ("audits", "organiser_chat_id"): "the organiser's Telegram number; the name is there instead",
}


async def test_all_data_come_as_text_and_as_a_file_with_every_stored_field(world):
    ana, ben = await pair(world, role=Role.MP)
    await story(world, ana, ben)
    orga = await world.organiser()
    await orga.sends_button_data("claims")
    text = await ana.says("/auskunft")
    assert text.startswith("Deine Daten\nAna Keller · ")
    assert "Versprechen: 3 · Blicke des Teams: 2" in text
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
    assert document["people_you_entered"][0]["name"] == f"{CANARY} Unterwegs"
    assert f"{CANARY} reported" in str(document["what_you_reported_of_them"])
    for table, _ in encrypted() - UNFILLED.keys() - WITHHELD.keys():
        assert table in NOBODYS or CANARY in str(document[SECTIONS[table]]), table


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
