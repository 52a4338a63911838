"""A promise is made: with whom, who acts, the sentence, and the other's yes to that very text."""

import asyncio

from sqlalchemy import select

from db.models import Nudge
from domain.pledges import State
from domain.voice import Voice
from tests.cast import BUS, PAY, guest, open_workshop, pair
from tests.conversations.pledges import all_pledges, pledge, proposes
from tests.people import formats_in


async def test_who_acts(sqlite_world):
    """Ich, Mein Gegenüber, Wir beide: each is worded from where the reader stands, and asked accordingly."""
    world = sqlite_world
    ana, ben = await pair(world)
    await proposes(ben, ana, PAY)
    assert ana.last.startswith("Ben Albrecht lädt dich zu einem Versprechen ein\nBen verspricht: „Ich führe")
    assert ana.buttons == [
        "Ich bin dabei",
        "20. Juli nehmen",
        "Satz anpassen",
        "Anderes Datum",
        "Lieber nicht",
    ]
    assert ben.last.startswith("Unterwegs an Ana Keller")
    await ana.taps("Ich bin dabei")
    await ana.taps("Noch offen")
    await proposes(ben, ana, "Ich lade Ben ins Rathaus ein.", acts="partner")
    assert "Dein Versprechen, wie Ben es aufgeschrieben hat: „Ich lade Ben ins Rathaus ein.“" in ana.last
    await ana.taps("Ich bin dabei")
    await ana.taps("Noch offen")
    await proposes(ben, ana, "Wir gründen einen Runden Tisch.", acts="both")
    assert "Ben schlägt euch beiden vor: „Wir gründen einen Runden Tisch.“" in ana.last
    await ana.taps("Ich bin dabei")
    assert ana.last.startswith("Wann sprecht ihr wieder?")
    await ana.taps("In 4 Wochen")
    assert "Ihr sprecht wieder am 10. Mai. Ich melde mich am 12. Mai." in ana.last
    assert "Ihr sprecht wieder am 10. Mai." in ben.last

    await world.clock.advance(months=1, hours=4)
    for each, promiser_of, counterpart_of in ((ben, (1, 3), (2,)), (ana, (2, 3), (1,))):
        assert each.last.startswith("Drei Versprechen, drei Tipps")
        assert all(f"{number} läuft" in each.buttons for number in promiser_of)
        assert all(f"{number} geht voran" in each.buttons for number in counterpart_of)


async def test_adjusting_declining_taking_back(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await proposes(ben, ana, PAY)
    await ana.taps("Satz anpassen")
    assert "Bisher: „Ich führe bis 20. Juli" in ana.last
    old = ana.with_button("Ich bin dabei")
    await ana.says("Ich führe bis 20. Juli zwei Gespräche zur Ehrenamtspauschale.")
    assert ben.last.startswith("Ana Keller schlägt eine Änderung vor")
    assert "zwei Gespräche" in ben.last
    await ana.presses(old, old.data_of("Ich bin dabei"))
    (pledge,) = await all_pledges(world)
    assert pledge.state is State.PROPOSED, "the yes to the old text is none to the new one"
    assert "Wartet auf das Ja von Ben." in ana.last
    await ben.taps("Ich bin dabei")
    (pledge,) = await all_pledges(world)
    assert (pledge.state, pledge.revision) == (State.ACTIVE, 2)
    assert "zwei Gespräche" in pledge.text
    await ana.says("/versprechen")
    assert "1 Ehrenamtspauschale · Ben Albrecht · bis 12. Oktober" in ana.last

    await proposes(ben, ana, BUS)
    await ana.taps("Lieber nicht")
    assert ana.last.startswith("In Ordnung.")
    assert "Für Ana passt es gerade nicht." in ben.last
    old = ana.with_button("Ich bin dabei")
    await ana.presses(old, old.data_of("Ich bin dabei"))
    assert "Nicht zustande gekommen." in ana.last

    back = await proposes(ben, ana, BUS)
    await ana.taps("Satz anpassen")
    await ben.taps("Zurückziehen")
    assert ana.last.startswith("Eine Einladung hat sich erledigt\nBen hat den Vorschlag zurückgenommen.")
    await ana.says("Ich stelle zwei Anträge für den Bürgerbus.")
    assert "Das hat sich inzwischen erledigt." in ana.last
    await ana.says("Und was jetzt?")
    assert "erledigt" not in ana.last, "nobody waits for these words any more"
    assert (await all_pledges(world))[back - number].state is State.WITHDRAWN
    assert {*await world.chosen(select(Nudge.pledge_id))} == {number}, (
        "what never became a promise asks nothing"
    )


async def test_somebody_by_name(sqlite_world):
    """Three letters, typos, three hits; who is paused, gone, not ready or elsewhere is not found."""
    world = sqlite_world
    here = await open_workshop(world)
    there = await open_workshop(world, code="GHJKLM", title="Werkstatt Bremen")
    ana = await guest(world, here, "Ana Keller")
    for name in ("Anna Kessler", "Annika Kellermann", "Anja Keller", "Hanna Keil"):
        await guest(world, here, name)
    ben = await guest(world, here, "Ben Albrecht")
    away = await guest(world, here, "Paul Pausinger")
    await away.says("/pause")
    await away.taps_data("pause:2")
    gone = await guest(world, here, "Gustav Geblockt")
    await gone.blocks()
    await guest(world, here, "Unfertige Uta", finished=False)
    await guest(world, there, "Frieda Fremdling")

    await ben.says("/versprechen")
    await ben.taps("Neues Versprechen")
    await ben.taps("Name suchen")
    for nobody in ("An", "Pausinger", "Geblockt", "Unfertige", "Fremdling", "Albrecht", "@@@"):
        assert "Unter diesem Namen finde ich niemanden." in await ben.says(nobody), nobody
    await ben.says("Kel")
    assert 1 <= len([label for label in ben.buttons if label.startswith("Mit ")]) <= 3
    await ben.says("Ana Kelelr")
    assert ben.buttons[0] == "Mit Ana Keller · Dresden"
    await ben.taps("Mit Ana Keller")
    assert ben.last.startswith("Ein Versprechen mit Ana Keller")
    before = len(await all_pledges(world))
    for foreign in (away.row, gone.row, ben.row, 999):
        await ben.sends_button_data(f"pledge_with:{foreign}")
        assert "Dieser Knopf ist nicht mehr aktuell." in ben.last
    assert len(await all_pledges(world)) == before
    assert ana.row


async def test_taps_that_come_twice_and_two_at_once(world):
    """One promise and one set of questions; and two who ask each other at the same moment get what both asked."""
    ana, ben = await pair(world)
    await ben.sends_button_data(f"pledge_with:{ana.row}")
    await ben.taps("Ich")
    await ben.says(PAY)
    confirm = ben.newest
    twice = ("press", {"message_id": confirm.id, "data": confirm.data_of("Bestätigen")})
    await ben.does_at_once(twice, twice)
    assert sum("lädt dich zu einem Versprechen ein" in each.text for each in ana.messages) == 1
    yes = ana.newest
    twice = ("press", {"message_id": yes.id, "data": yes.data_of("Ich bin dabei")})
    await ana.does_at_once(twice, twice)
    assert len(await all_pledges(world)) == 1
    assert len(await world.chosen(select(Nudge))) == 12
    assert sum("Wann sprecht ihr wieder?" in each.text for each in ben.messages) == 1

    for one, other in ((ana, ben), (ben, ana)):
        await one.sends_button_data(f"pledge_with:{other.row}")
        await one.taps("Ich")
        await one.says(BUS)
    await asyncio.gather(*(each.taps("Bestätigen") for each in (ana, ben)))
    await asyncio.gather(*(each.taps("Ich bin dabei") for each in (ana, ben)))
    assert [p.state for p in await all_pledges(world)] == [State.ACTIVE] * 3


async def test_the_other_is_erased_meanwhile(sqlite_world):
    """Half-written, proposed or agreed: whoever stays is told, is stuck nowhere, and keeps no foreign words."""
    world = sqlite_world
    workshop = await open_workshop(world)
    ana, ben, cem = [await guest(world, workshop, n) for n in ("Ana Keller", "Ben Albrecht", "Cem Demir")]
    await pledge(ben, ana, PAY)
    await proposes(ben, cem, BUS)
    await cem.taps("Satz anpassen")
    await ana.sends_button_data(f"pledge_with:{ben.row}")
    await ana.taps("Ich")
    await ben.says("/loeschen")
    await ben.taps_data("erase_yes")
    world.forgotten.add(ben.id)
    await ana.says("Ich lade alle ins Rathaus ein.")
    assert "Das hat sich inzwischen erledigt." in ana.last
    await ana.says("Hallo?")
    assert "erledigt" not in ana.last
    await cem.says("Ich stelle zwei Anträge.")
    assert "Das hat sich inzwischen erledigt." in cem.last
    await ana.says("/versprechen")
    assert "Ben" not in ana.last
    await world.clock.advance(months=7)
    assert not any("Wie steht es" in each.text or "Was kommt" in each.text for each in ana.messages)
    assert "Albrecht" not in await world.stored()


async def test_a_locked_phone_shows_no_sentence(sqlite_world):
    """Without a noun a promise is called by its topic, if that is sure, in the reader's language; else neutrally."""
    world = sqlite_world
    ana, ben = await pair(world, Voice.DU, Voice.EN)
    await pledge(ben, ana, "we will plant trees")
    assert "“Forests”" in ben.last.split("\n")[0]
    await pledge(ben, ana, "ich kümmere mich sehr bald darum und rufe dich an")
    assert ben.last.startswith("It's a deal. “A promise” with Ana\n")
    assert ana.last.startswith("Abgemacht. „Ein Versprechen“ mit Ben\n")
    await ana.says("/versprechen")
    assert "2 Ein Versprechen · Ben Albrecht" in ana.last
    await world.clock.advance(months=6, hours=4)
    for each in (ana, ben):
        firsts = [one.text.split("\n")[0] for one in each.messages]
        assert not [line for line in firsts if "kümmere" in line or "trees" in line]


NASTY = "Bis 20. Juli: <b>Bürgerbus</b> & https://boese.example, @ana_k, #los, a@b.de, +49 351 1234567, /stop"


async def test_words_are_literal_for_the_other(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana <i>@kel</i> & Söhne www.boese.example")
    ben = await guest(world, workshop, "بن \u202eAlbrecht /start")
    await proposes(ben, ana, NASTY)
    assert NASTY in ana.last.replace("\u2060", "")
    assert "Unterwegs an Ana <i>@kel</i> & Söhne www.boe" in ben.last.replace("\u2060", "")
    await ben.sends_button_data(f"pledge_with:{ana.row}")
    await ben.taps("Ich")
    assert "Bis zu 500 Zeichen passen." in await ben.says("ü" * 501)
    await ben.says("ü" * 500)
    await ben.taps("Bestätigen")
    assert "ü" * 500 in ana.last
    assert ana.newest.tappable == []
    assert formats_in(ana, ben) <= {"bold", "bot_command"}
    assert all(not each.tappable for each in ana.messages[1:] + ben.messages[1:])
