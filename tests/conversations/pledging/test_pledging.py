"""A pledge is made: with whom, who acts, the sentence, and the other's yes to that very text."""

import asyncio

import pytest

from db.models import Complaint, Nudge, Pledge
from domain.pledges import Acts, State
from domain.voice import Voice
from tests.cast import BUS, PAY, guest, open_workshop, pair, sealed_pledge
from tests.conversations.pledges import all_pledges, begins, pledge, proposes, state_of, writes
from tests.people import formats_in

# --- who acts


@pytest.mark.parametrize(
    ("acts", "sentence", "invitation"),
    [
        ("author", PAY, "Ben Albrecht lädt dich zu einem Versprechen ein\nBen verspricht: „Ich führe"),
        (
            "partner",
            "Ich lade Ben ins Rathaus ein.",
            "Dein Versprechen, wie Ben es vorschlägt: „Ich lade Ben ins Rathaus ein.“",
        ),
        (
            "both",
            "Wir gründen einen Runden Tisch.",
            "Ben schlägt euch beiden vor: „Wir gründen einen Runden Tisch.“",
        ),
    ],
    ids=["author", "partner", "both"],
)
async def test_an_invitation_says_who_is_to_act(sqlite_world, acts, sentence, invitation):
    ana, ben = await pair(sqlite_world)
    await proposes(ben, ana, sentence, acts=acts)
    assert invitation in ana.last
    named = ["20. Juli nehmen"] if sentence == PAY else []
    assert ana.buttons == [
        "Ich bin dabei",
        *named,
        "Satz anpassen",
        "Anderes Datum",
        "Lieber nicht",
        "Nein, weil …",
        "Melden",
    ]
    assert ben.last.startswith("Unterwegs an Ana Keller")


async def test_once_both_agree_they_say_when_they_talk_again(sqlite_world):
    ana, ben = await pair(sqlite_world)
    await proposes(ben, ana, PAY)
    await ana.taps("Ich bin dabei")
    assert ana.last.startswith("Es gilt!")
    await ana.taps("In 4 Wochen")
    assert (
        "Ihr sprecht wieder am 10. Mai. Ich melde mich am 19. April."
        in ana.with_button("Alle Versprechen").text
    )
    assert "Ihr sprecht wieder am 10. Mai." in ben.with_button("Alle Versprechen").text


async def test_whoever_acts_is_asked_as_such_and_the_other_as_the_counterpart(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    for acts in (Acts.AUTHOR, Acts.PARTNER, Acts.BOTH):
        await sealed_pledge(world, ben, ana, acts=acts)
    await world.clock.advance(months=1, hours=4)
    for each, acting, counterpart in ((ben, (1, 3), (2,)), (ana, (2, 3), (1,))):
        assert each.last.startswith("Drei Versprechen, drei Tipps")
        assert all(f"{number} läuft" in each.buttons for number in acting)
        assert all(f"{number} geht voran" in each.buttons for number in counterpart)


# --- the other's yes, or no


async def test_a_yes_counts_for_the_latest_words_only(sqlite_world):
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
    assert await state_of(world, number) is State.PROPOSED
    assert "Wartet auf das Ja von Ben." in ana.last
    await ben.taps("Ich bin dabei")
    (agreed,) = await all_pledges(world)
    assert (agreed.state, agreed.revision) == (State.ACTIVE, 2)
    assert "zwei Gespräche" in agreed.text
    await ana.says("/versprechen")
    assert "1 Ehrenamtspauschale · Ben Albrecht · bis 12. Oktober" in ana.last


async def test_an_invitation_that_was_declined_is_over(sqlite_world):
    ana, ben = await pair(sqlite_world)
    number = await proposes(ben, ana, BUS)
    await ana.taps("Lieber nicht")
    assert ana.last.startswith("In Ordnung.")
    assert "Für Ana passt es gerade nicht." in ben.last
    old = ana.with_button("Ich bin dabei")
    await ana.presses(old, old.data_of("Ich bin dabei"))
    assert "Nicht zustande gekommen." in ana.last
    assert await state_of(sqlite_world, number) is State.DECLINED
    assert await sqlite_world.count(Nudge) == 0, "what never became a pledge asks nothing"


async def test_an_invitation_taken_back_waits_for_no_words_any_more(sqlite_world):
    ana, ben = await pair(sqlite_world)
    number = await proposes(ben, ana, BUS)
    await ana.taps("Satz anpassen")
    await ben.taps("Zurückziehen")
    assert ana.last.startswith("Eine Einladung hat sich erledigt\nBen hat den Vorschlag zurückgenommen.")
    await ana.says("Ich stelle zwei Anträge für den Bürgerbus.")
    assert "Das hat sich inzwischen erledigt." in ana.last
    await ana.says("Und was jetzt?")
    assert "erledigt" not in ana.last, "said once"
    assert await state_of(sqlite_world, number) is State.WITHDRAWN
    assert await sqlite_world.count(Nudge) == 0


# --- at the same moment


async def test_taps_that_come_twice_make_one_pledge(world):
    ana, ben = await pair(world)
    await writes(ben, ana, PAY)
    confirm = ben.newest
    twice = ("press", {"message_id": confirm.id, "data": confirm.data_of("Bestätigen")})
    await ben.does_at_once(twice, twice)
    assert sum("lädt dich zu einem Versprechen ein" in each.text for each in ana.messages) == 1
    yes = ana.newest
    twice = ("press", {"message_id": yes.id, "data": yes.data_of("Ich bin dabei")})
    await ana.does_at_once(twice, twice)
    assert await world.count(Pledge) == 1
    assert await world.count(Nudge) == 18
    assert sum("Wann sprecht ihr wieder?" in each.text for each in ben.messages) == 1


async def test_two_who_ask_each_other_at_once_get_what_both_asked(world):
    ana, ben = await pair(world)
    await writes(ana, ben, BUS)
    await writes(ben, ana, BUS)
    await asyncio.gather(*(each.taps("Bestätigen") for each in (ana, ben)))
    await asyncio.gather(*(each.taps("Ich bin dabei") for each in (ana, ben)))
    assert [each.state for each in await all_pledges(world)] == [State.ACTIVE] * 2


# --- what can be read


async def test_a_locked_phone_shows_no_sentence(sqlite_world):
    """Without a noun a pledge is called by its topic, if that is sure, in the reader's language; else neutrally."""
    world = sqlite_world
    ana, ben = await pair(world, Voice.DU, Voice.EN)
    await pledge(ben, ana, "we will restore the forest")
    assert "“Forests”" in ben.last.split("\n")[0]
    await pledge(ben, ana, "ich kümmere mich sehr bald darum und rufe dich an")
    assert ben.last.startswith("It's a deal. “A promise” with Ana\n")
    assert ana.last.startswith("Abgemacht. „Ein Versprechen“ mit Ben\n")
    await ana.says("/versprechen")
    assert "2 Ein Versprechen · Ben Albrecht" in ana.last
    await world.clock.advance(months=6, hours=4)
    for each in (ana, ben):
        firsts = [one.text.split("\n")[0] for one in each.messages]
        assert not [line for line in firsts if "kümmere" in line or "restore" in line]


NASTY = "Bis 20. Juli: <b>Bürgerbus</b> & https://boese.example, @ana_k, #los, a@b.de, +49 351 1234567, /stop"


async def test_words_are_literal_for_the_other(sqlite_world):
    world = sqlite_world
    workshop = await open_workshop(world)
    ana = await guest(world, workshop, "Ana <i>@kel</i> & Söhne www.boese.example")
    ben = await guest(world, workshop, "بن \u202eAlbrecht /start")
    await proposes(ben, ana, NASTY)
    assert NASTY in ana.last.replace("\u2060", "")
    assert "Unterwegs an Ana <i>@kel</i> & Söhne www.boe" in ben.last.replace("\u2060", "")
    await begins(ben, ana)
    assert "Bis zu 500 Zeichen passen." in await ben.says("ü" * 501)
    await ben.says("ü" * 500)
    await ben.taps("Meins behalten")
    await ben.taps("Bestätigen")
    assert "ü" * 500 in ana.last
    assert ana.newest.tappable == []
    assert formats_in(ana, ben) <= {"bold", "bot_command"}
    assert all(not each.tappable for each in ana.messages[1:] + ben.messages[1:])


async def test_a_draft_that_is_dropped_stays_its_authors(sqlite_world):
    """Ben guesses the number of a pledge that Ana began and dropped: for him there never was one."""
    world = sqlite_world
    ana, ben = await pair(world)
    number = await writes(ana, ben, "Ich verrate das Geheimnis der Pauschale.")
    await ana.taps_data(f"drop:{number}")
    missing = await ben.sends_button_data("pledge:999")
    for verb in ("pledge:{}", "complain:{}", "history:{}:0", "accept:{}:1", "talk_ask:{}", "agree:{}:kept"):
        assert await ben.sends_button_data(verb.format(number)) == missing, verb
    assert await world.count(Complaint) == 0


async def test_what_is_taken_back_before_it_arrived_is_not_read(sqlite_world):
    world = sqlite_world
    ana, ben = await pair(world)
    number = await writes(ana, ben, "Ich verrate das Geheimnis der Pauschale.")
    await ben.says("/pause")
    await ben.taps_data("pause:0")
    await ana.taps_data(f"propose:{number}")
    await ana.sends_button_data(f"drop:{number}")
    assert "hat einen Vorschlag zurückgenommen" in await ben.taps("Weiter")
    assert "Geheimnis" not in await ben.taps("Ansehen")
    await ben.sends_button_data(f"complain:{number}")
    assert await world.count(Complaint) == 0
