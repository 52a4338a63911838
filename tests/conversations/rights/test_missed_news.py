"""What others do while somebody pauses: not a sound until it is over, then one list of what is still true."""

from datetime import datetime, timedelta

from sqlalchemy import select, text

from db.models import Introduction, IntroState, Outgoing, Person, Pledge
from domain.outcomes.rights import Resumed, TextEnding
from domain.pledges import State
from tests.cast import BUS, PAY, guest, open_workshop, pair, sealed_pledge
from tests.clock import BERLIN
from tests.conversations.pledges import answers, proposes, writes


async def pauses(person, weeks=2):
    """For two weeks, unless said otherwise; how many messages there are then."""
    await person.says("/pause")
    await person.taps_data(f"pause:{weeks}")
    return len(person.messages)


async def test_a_proposal_waits_for_weiter_and_its_author_reads_why(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await writes(ben, ana, PAY)
    heard = await pauses(ana)
    assert "Ana: pausiert. Der Vorschlag wartet so lange." in await ben.taps_data(f"propose:{number}")
    assert len(ana.messages) == heard, ana.last
    assert "Ana: pausiert." in await ben.sends_button_data(f"pledge:{number}")
    told = await ana.taps("Weiter")
    assert (
        told
        == "Schön, von dir zu hören.\nDas war inzwischen:\n1 Ben Albrecht schlägt dir ein Versprechen vor."
    )
    assert ana.buttons == ["1 Ansehen: Ben"]
    assert PAY in await ana.taps("Ansehen")
    await ana.taps("Ich bin dabei")
    assert (await world.rows(Pledge.state)) == [State.ACTIVE]


async def test_the_list_holds_only_what_is_still_true_and_says_each_thing_once(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    cem = await guest(world, 1, "Cem Demir")
    fromben, fromcem = await writes(ben, ana, PAY), await writes(cem, ana, BUS)
    running = await sealed_pledge(world, ben, ana, BUS)
    await pauses(ana)
    for author, number in ((ben, fromben), (cem, fromcem)):
        await author.taps_data(f"propose:{number}")
    await cem.taps_data(f"drop:{fromcem}")
    for day in ("2w", "4w"):
        await ben.sends_button_data(f"pledge:{running}")
        await ben.taps_data("talk_ask:")
        await ben.taps_data(f"talk_move:{running}:{day}")
    lines = (await ana.taps("Weiter")).split("\n")[2:]
    assert [line[:15] for line in lines] == ["1 Ben Albrecht ", "2 Zu „Bürgerbus“"[:15], "3 Cem Demir hat"]
    assert ana.buttons == ["1 Ansehen: Ben", "2 Ansehen: Ben", "3 Ansehen: Cem"]
    await ana.says("/pause")
    await ana.taps_data("pause:1")
    assert "Es gibt nichts nachzuholen." in await ana.taps("Weiter"), "nothing is told twice"


async def test_a_different_view_and_what_became_of_a_report_are_in_the_list(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    orga = await world.organiser()
    number = await sealed_pledge(world, ben, ana, PAY)
    await proposes(ana, ben, BUS)
    await ben.taps("Melden")
    await world.clock.advance(months=1, hours=4)
    await answers(ben, number, "kept")
    await pauses(ben)
    await ana.taps("Noch nicht ganz")
    await orga.says("/orga")
    await orga.taps("Gemeldete Texte")
    await orga.taps("Wir sprechen darüber")
    told = await ben.taps("Weiter")
    assert "Ana Keller sieht „" in told
    assert "Das Team hat geklärt, was du gemeldet hast." in told


async def asked_while_she_pauses(world):
    """Ben has asked to meet Ana, who had just begun to pause when it would have reached her."""
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana Keller", seeks=(), offers=("ehrenamt",))
    ben = await guest(world, workshop, "Ben Albrecht")
    await ben.says("/partner")
    await ben.taps("Kennenlernen")
    return ana, ben


async def test_a_question_that_runs_out_in_a_pause_ends_for_its_asker_at_the_usual_time(sqlite_world):
    world = sqlite_world
    ana, ben = await asked_while_she_pauses(world)
    await pauses(ana)
    (expires,) = await world.rows(Introduction.expires_at)
    await world.clock.to(expires + timedelta(minutes=1))
    assert "zeitlich nicht gepasst" in ben.last
    assert await world.rows(Introduction.state) == [IntroState.EXPIRED]


async def test_what_is_known_of_two_who_met_waits_too(sqlite_world):
    world = sqlite_world
    ana, ben = await asked_while_she_pauses(world)
    heard = await pauses(ben)
    await ana.taps("Kennenlernen")
    await ana.taps("Bin da")
    await ana.taps("Kontakt tauschen")
    await ana.taps("Telefonnummer")
    await ana.says("+49 30 1234567")
    assert len(ben.messages) == heard
    assert "Ben: pausiert." in await ana.sends_button_data("intro:1")
    assert (await ben.taps("Weiter")).split("\n")[2:] == [
        "1 Ana Keller hat einen Kontakt für dich freigegeben."
    ]
    shown = await ben.taps("Ansehen")
    assert "Stehtisch" in shown
    assert "+49 30 1234567" in shown.replace("\u2060", "")


async def test_a_pause_that_ends_by_itself_is_followed_by_the_list_in_office_hours(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    await world.clock.to(datetime(2027, 4, 12, 21, 0, tzinfo=BERLIN))
    number = await writes(ben, ana, PAY)
    heard = await pauses(ana, weeks=1)
    await ben.taps_data(f"propose:{number}")
    await world.clock.to(datetime(2027, 4, 20, 9, 59, tzinfo=BERLIN))
    assert not (await world.chosen(select(Person.paused).where(Person.id == ana.row)))[0]
    assert len(ana.messages) == heard
    await world.clock.to(datetime(2027, 4, 20, 10, 1, tzinfo=BERLIN))
    assert ana.last.startswith("Deine Pause ist um.\nDas war inzwischen:\n1 Ben Albrecht schlägt")
    assert len(ana.messages) == heard + 1


async def test_a_pause_in_which_nothing_happened_ends_without_a_word(sqlite_world):
    world = sqlite_world
    ana, _ = await pair(world)
    heard = await pauses(ana, weeks=1)
    await world.clock.advance(weeks=2)
    assert len(ana.messages) == heard
    (ended,) = await world.chosen(select(Outgoing.error).where(Outgoing.kind == Resumed.__name__))
    assert ended == "withdrawn"


async def test_a_no_is_still_told_after_a_pause_of_a_month(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await proposes(ben, ana, PAY)
    await pauses(ben, weeks=4)
    await ana.taps_data(f"decline:{number}")
    await world.clock.advance(weeks=5)
    assert "passt gerade nicht" in ben.last
    await world.clock.advance(weeks=1)
    assert await world.rows(Pledge.id) == [], "told, and over"


async def test_the_notice_before_words_are_deleted_comes_in_a_pause(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    await sealed_pledge(world, ben, ana, months=1)
    await pauses(ana, weeks=0)
    await world.clock.advance(months=4)
    assert "verblasst" in ana.last
    assert await world.chosen(select(Outgoing.state).where(Outgoing.kind == TextEnding.__name__)) == [
        "sent",
        "sent",
    ]


async def test_an_erasure_takes_the_erased_out_of_the_list_and_leaves_the_others(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    cem = await guest(world, 1, "Cem Demir")
    fromben, fromcem = await writes(ben, ana, PAY), await writes(cem, ana, BUS)
    await pauses(ana)
    await ben.taps_data(f"propose:{fromben}")
    await cem.taps_data(f"propose:{fromcem}")
    await ana.taps("Weiter")
    await ben.says("/loeschen")
    world.forgotten.add(ben.id)
    await ben.taps("Ja, alles löschen")
    assert not [each for each in ana.messages if "Ben" in str(each.body)]
    assert [each for each in ana.messages if "1 Cem Demir schlägt dir ein Versprechen vor." in each.text]


async def test_one_line_that_cannot_be_read_holds_up_no_other(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    cem = await guest(world, 1, "Cem Demir")
    broken, whole = await writes(ben, ana, PAY), await writes(cem, ana, BUS)
    await pauses(ana)
    await ben.taps_data(f"propose:{broken}")
    await cem.taps_data(f"propose:{whole}")
    async with world.database.writer.begin() as session:
        await session.execute(text("UPDATE pledges SET text = x'00' WHERE id = :id"), {"id": broken})
    world.expected_errors = True
    assert (await ana.taps("Weiter")).split("\n")[2:] == ["1 Cem Demir schlägt dir ein Versprechen vor."]
