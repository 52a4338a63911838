"""Who got an announcement: read with names by its organisers, taken along as a protected list, gone after an hour."""

import csv
import io

from sqlalchemy import select

from db.models import Audit, Person
from tests.conversations.organising.announcing import begin_photo, hall

REFUSED = {
    "method": "copyMessage",
    "code": 400,
    "description": "Bad Request: VOICE_MESSAGES_FORBIDDEN",
    "times": 1,
}


async def announced(world):
    """Ana's copy is refused by Telegram, Ben has blocked the bot, Cem and somebody called like a formula have it."""
    orga, people = await hall(world)
    people["formula"] = await world.joined_already("=1+1 Ohm")
    await begin_photo(orga)
    await orga.taps("An alle")
    world.stage.ledger.phones[people["ben"].id].blocked = True
    await world.post("faults", json={"next": [REFUSED]})
    await orga.says("4")
    await world.clock.advance(minutes=1)
    return orga, people


async def test_organisers_read_who_got_it_and_who_did_not(world):
    orga, people = await announced(world)
    assert orga.buttons == [
        "Fehlgeschlagene erneut",
        "Wer hat sie bekommen?",
        "Zurückholen (bis 09:02)",
        "Zum Menü",
    ]
    assert await orga.taps("Wer hat sie bekommen?") == (
        "Wer sie bekommen hat\nWerkstatt Berlin\nNicht erreichbar (1): Ben Albrecht\nFehlgeschlagen (1): Ana Keller\n"
        "Zugestellt (2): =1+1 Ohm, Cem Demir\n"
        "Wer hier steht, sieht in den eigenen Daten, dass jemand aus dem Team nachgesehen hat."
    )
    assert orga.buttons == ["Liste zum Nachfassen", "Liste als Nachweis", "Zum Menü"]
    assert await audited(world, "saw who got an announcement") == {each.id for each in people.values()} - {
        people["eva"].id
    }
    await people["ana"].says("/loeschen")
    await people["ana"].taps("Alles löschen")
    assert "Ana Keller" not in str([each.text for each in orga.messages])


async def audited(world, action):
    found = select(Person.chat_id).join(Audit, Audit.person_id == Person.id).where(Audit.action == action)
    return set(await world.chosen(found))


async def test_a_list_is_protected_and_goes_after_an_hour(sqlite_world):
    world = sqlite_world
    orga, people = await announced(world)
    await orga.taps("Wer hat sie bekommen?")
    assert "In einer Stunde lösche ich die Liste hier." in await orga.taps("Liste zum Nachfassen")
    file = orga.newest
    assert await rows_of(world, file) == [
        ["Name", "Ort (bei gleichem Namen)", "Ergebnis", "Grund", "Hinweis"],
        ["Ben Albrecht", "", "Nicht erreichbar", "", ""],
        ["Ana Keller", "", "Fehlgeschlagen", "Voice_messages_forbidden", ""],
    ]
    assert file.body["has_protected_content"]
    ids = {people[name].id for name in ("ana", "ben")}
    assert await audited(world, "took along to follow up") == ids
    await orga.taps("Liste als Nachweis")
    assert ["'=1+1 Ohm", "", "Zugestellt", "", ""] in await rows_of(world, orga.newest)
    await world.clock.advance(minutes=59)
    assert file.id in {each.id for each in orga.messages}
    await world.clock.advance(minutes=1)
    assert not [each for each in orga.messages if each.body.get("document")]


async def rows_of(world, message):
    about = world.stage.files.about(message.body["document"]["file_id"])
    content = world.stage.files.data(about)
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


async def test_nobody_reads_it_before_it_has_set_out(sqlite_world):
    world = sqlite_world
    orga, _ = await hall(world)
    await begin_photo(orga)
    await orga.taps("An alle")
    for data in ("receipts:1", "receipt_list:1:record"):
        assert "nicht mehr aktuell" in await orga.sends_button_data(data)
