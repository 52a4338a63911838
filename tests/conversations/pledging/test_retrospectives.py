"""Looking back together: five lines that both word, and that are closed once both agree, or one does not object."""

from sqlalchemy import select

from db.models import PledgeEvent
from domain.history import EventKind
from domain.voice import Voice
from tests.conversations.pledges import results
from tests.conversations.pledging.looking_back import (
    approves,
    at,
    below,
    corrects,
    ended,
    kinds,
    looks,
    writes,
)


async def test_it_is_offered_with_the_result_and_drafted_from_the_history(sqlite_world):
    ana, ben, _ = await ended(sqlite_world)
    heard = len(ben.messages)
    await ana.taps("Bilanz ansehen", message=results(ana)[-1])
    assert ana.last.startswith("Eure Bilanz – ein Entwurf\n")
    assert below(ana) == [
        "Versprochen: „Ich führe bis 20. Juli ein Gespräch zur Ehrenamtspauschale.“ (Ben), bis 12. Oktober",
        "Getan: „Der Ausschuss tagt am Dienstag.“ (Ben, 12. Mai)",
        "Ergebnis: erfüllt, so seht ihr es beide.",
        "Gelernt: noch offen",
        "Wie weiter: noch offen",
        "Passt das für dich? Es bleibt unter euch, bis ihr beide etwas anderes wollt.",
    ]
    assert "Gelernt ergänzen" in ana.buttons
    assert len(ben.messages) == heard, "looking at it reaches nobody else"


async def test_both_agree_and_it_is_closed(world):
    ana, ben, number = await ended(world)
    await looks(ana, number)
    await ana.taps("Gelernt ergänzen")
    assert ana.last == "Eure Bilanz: Gelernt\nWas nimmst du mit? Ein Satz genügt. Ben liest ihn."
    await ana.says("Mit einer Beispielrechnung hören alle zu.")
    assert "Gelernt: „Mit einer Beispielrechnung hören alle zu.“ (Ana)" in below(ana)
    await approves(ana)
    assert "Du hast bestätigt." in ana.last
    assert "Ändert Ben nichts, schließe ich die Bilanz am 26. Mai so ab." in ana.last
    assert "Ana hat bestätigt. Passt das auch für dich?" in ben.last
    assert "Änderst du nichts, schließe ich die Bilanz am 26. Mai so ab." in ben.last
    assert "Melden" in ben.buttons, "the words are Ana's"
    await approves(ben)
    for person in (ana, ben):
        assert person.last.startswith("Eure Bilanz\n")
        assert below(person)[-1].startswith("Abgeschlossen.")
        assert not any("noch offen" in line for line in below(person)), "an empty line is left out"
    assert await kinds(world, number) == ["learned", "approved", "approved", "closed"]


async def test_without_a_word_it_is_closed_after_fourteen_days(world):
    ana, ben, number = await ended(world)
    await looks(ana, number)
    await approves(ana)
    heard = [len(each.messages) for each in (ana, ben)]
    await world.clock.to(at(26, 5, 9, 59))
    assert await kinds(world, number) == ["approved"]
    await world.clock.to(at(26, 5, 10, 1))
    assert await kinds(world, number) == ["approved", "closed"]
    assert [len(each.messages) for each in (ana, ben)] == [n + 1 for n in heard]
    assert ben.last.startswith("Eure Bilanz\n")
    assert below(ana)[-1].startswith("Abgeschlossen.")
    await world.clock.advance(days=3)
    assert [len(each.messages) for each in (ana, ben)] == [n + 1 for n in heard], "said once"


async def test_a_changed_line_asks_the_other_anew(sqlite_world):
    world = sqlite_world
    ana, ben, number = await ended(world)
    await looks(ana, number)
    await approves(ana)
    await world.clock.advance(days=10)
    await writes(ben, number, "done", "Zwei Termine im Ausschuss")
    assert "Getan: „Zwei Termine im Ausschuss“ (Ben)" in below(ana)
    assert "Ben hat etwas geändert: Getan." in ana.last
    await world.clock.advance(days=6)
    assert await kinds(world, number) == ["approved", "done"], "Ana's yes was to other words"
    await approves(ana)
    assert "Ana hat bestätigt." in ben.last
    await approves(ben)
    assert (await kinds(world, number))[-1] == "closed"


async def test_who_changes_a_line_after_their_yes_gives_the_other_fourteen_days_again(sqlite_world):
    world = sqlite_world
    ana, ben, number = await ended(world)
    await looks(ana, number)
    await approves(ana)
    await world.clock.advance(days=10)
    await writes(ana, number, "next", "Zweiter Anlauf im Herbst")
    assert "Ana hat etwas geändert: Wie weiter." in ben.last
    assert "schließe ich die Bilanz am 7. Juni so ab." in ben.last
    await world.clock.to(at(7, 6, 9, 59))
    assert "closed" not in await kinds(world, number)
    await world.clock.to(at(7, 6, 10, 1))
    assert (await kinds(world, number))[-1] == "closed"


async def test_a_yes_counts_only_for_what_was_read(sqlite_world):
    world = sqlite_world
    ana, ben, number = await ended(world)
    await looks(ben, number)
    seen, (_, old) = (
        ben.newest,
        next(each for each in ben.newest.keyboard if each[1].startswith("retro_ok")),
    )
    await writes(ana, number, "learned", "Früher anfangen")
    shown = next(each for each in ben.messages if each.id == seen.id)
    assert "„Früher anfangen“ (Ana)" in shown.text, "shown where Ben has it, without a sound"
    await ben.sends_button_data(old, message_id=seen.id)
    assert await kinds(world, number) == ["learned"]
    await approves(ben)
    assert await kinds(world, number) == ["learned", "approved"]
    await ben.sends_button_data(f"retro_ok:{number}:1")
    assert await kinds(world, number) == ["learned", "approved"], "said once"


async def test_views_that_differ_may_both_stand(sqlite_world):
    ana, ben, number = await ended(sqlite_world)
    await corrects(ana, "Teilweise")
    assert "Ergebnis: Ben sagt erfüllt, Ana sagt teilweise. Beides darf stehen bleiben." in await looks(
        ben, number
    )


async def test_a_correction_takes_back_the_others_yes(sqlite_world):
    world = sqlite_world
    ana, ben, number = await ended(world)
    await looks(ben, number)
    await approves(ben)
    await corrects(ana, "Teilweise")
    assert "Ergebnis: Ben sagt erfüllt, Ana sagt teilweise. Beides darf stehen bleiben." in below(ben)
    assert ben.shows("retro_ok:")
    await world.clock.advance(days=20)
    assert await kinds(world, number) == ["approved"]


async def test_nobody_words_away_what_the_other_says(sqlite_world):
    ana, ben, number = await ended(sqlite_world)
    await writes(ana, number, "learned", "Früher anfangen")
    await writes(ben, number, "learned", "Zahlen helfen")
    await writes(ben, number, "result", "Die Pauschale kommt 2028")
    lines = below(ben)
    assert "Gelernt: „Früher anfangen“ (Ana) „Zahlen helfen“ (Ben)" in lines
    assert "Ergebnis: erfüllt, so seht ihr es beide. „Die Pauschale kommt 2028“ (Ben)" in lines


async def test_words_can_be_taken_back(sqlite_world):
    ana, _, number = await ended(sqlite_world)
    drafted = await looks(ana, number)
    await writes(ana, number, "done", "Alles Mögliche")
    await ana.taps("Zeile ändern")
    await ana.taps("Getan")
    assert "Von dir steht da: „Alles Mögliche“" in ana.last
    await ana.taps("Meine Worte löschen")
    assert below(ana) == drafted


async def test_advice_stays_its_writers_until_they_take_it(sqlite_world):
    world = sqlite_world
    ana, ben, number = await ended(world, ben="failed", ana="failed")
    await corrects(ben, "Anders gelöst")
    await corrects(ben, "Hat nicht geklappt")
    await ben.says("Früher anfangen.")
    assert "Früher anfangen." not in "\n".join(await looks(ana, number))
    await ana.sends_button_data(f"retro_advice:{number}")
    assert await kinds(world, number) == [], "Ana has given none"
    await looks(ben, number)
    await ben.taps("Gelernt ergänzen")
    assert ben.last.endswith("Dein Rat an andere, den bisher nur du liest: „Früher anfangen.“")
    await ben.taps("Diesen Rat nehmen")
    assert "Gelernt: „Früher anfangen.“ (Ben)" in await looks(ana, number)


async def test_to_close_without_one_is_as_easy_and_can_be_taken_back(sqlite_world):
    world = sqlite_world
    ana, ben, number = await ended(world)
    await looks(ben, number)
    await approves(ben)
    await ana.taps("Ohne Bilanz schließen")
    assert "Ihr schließt ohne Bilanz ab." in ana.last
    assert "Ana möchte ohne Bilanz abschließen." in ben.last, "who had agreed hears of it"
    await ben.sends_button_data(f"retro_again:{number}")
    assert (await kinds(world, number))[-1] == "declined", "that is Ana's to take back"
    await world.clock.advance(days=20)
    assert (await kinds(world, number))[-1] == "declined"
    await ana.taps("Doch Bilanz ziehen")
    assert ana.last.startswith("Eure Bilanz – ein Entwurf")
    await approves(ana)
    await approves(ben)
    assert (await kinds(world, number))[-1] == "closed"


async def test_it_is_told_in_every_voice(sqlite_world):
    ana, ben, number = await ended(sqlite_world, Voice.SIE, Voice.EN)
    assert (await looks(ana, number))[2] == "Ergebnis: erfüllt, so sehen Sie es beide."
    assert (await looks(ben, number))[2] == "Result: kept, you both see it that way."
    await approves(ana)
    assert "Ana has confirmed. Does that fit for you, too?" in ben.last


async def test_once_closed_nothing_changes_it(sqlite_world):
    world = sqlite_world
    ana, ben, number = await ended(world)
    await looks(ana, number)
    await approves(ana)
    await approves(ben)
    closed = await looks(ana, number)
    await corrects(ben, "Teilweise")
    await writes(ben, number, "learned", "Zu spät gesagt")
    assert await looks(ana, number) == closed
    assert (await kinds(world, number))[-1] == "closed"
    found = select(PledgeEvent.notes).where(PledgeEvent.kind == EventKind.RETRO_LEARNED)
    assert await world.chosen(found) == []
