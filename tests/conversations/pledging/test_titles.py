"""What a pledge is called in lists: what it is about, never one of the two it is between."""

import threading

import pytest

from domain.names import blocked
from domain.topics.understanding import Catalogue
from domain.voice import Voice
from tests.cast import guest, open_workshop
from tests.conversations.pledges import pledge


@pytest.mark.parametrize(
    ("words", "name", "left"),
    [
        ("Ich rufe Ana an.", "Ana Keller", "Ich rufe █ an."),
        ("Kellers Plan, Anas Idee, ana's Rat", "Ana Keller", "█ Plan, █ Idee, █ Rat"),
        ("Anamnese im Weinkeller", "Ana Keller", "Anamnese im Weinkeller"),
        ("Anna-Lena und Lena", "Anna-Lena Wald", "█-█ und █"),
        ("von der Leine", "Ursula von der Leyen", "von der Leine"),
        ("Ich rufe an.", "", "Ich rufe an."),
        ("Li und Bo", "Li Bo", "Li und Bo"),
    ],
)
def test_a_name_is_blocked_as_a_whole_word(words, name, left):
    assert blocked(words, name) == left


@pytest.mark.parametrize(
    ("other", "sentence", "called"),
    [
        ("Annemarie Keller", "Ich rufe Annemarie bis 20. Juli an.", "Ein Versprechen"),
        ("Ben Bürgermeister", "Ich besuche Herrn Bürgermeister und frage nach der Buslinie.", "Buslinie"),
        ("Ida Kita", "ich lade Ida Kita ein", "Ein Versprechen"),
        ("Ida Kita", "Ich öffne mit Ida die Kitaküche.", "Kitaküche"),
        ("Eva Schule", "ich rede mit Eva Schule über das Ehrenamt", "Ehrenamt"),
    ],
)
async def test_no_party_s_name_becomes_the_title(sqlite_world, other, sentence, called):
    """Neither for the one who wrote it nor for the one whose name it is."""
    world = sqlite_world
    workshop = await open_workshop(world)
    named = await guest(world, workshop, other)
    author = await guest(world, workshop, "Cem Demir", voice=Voice.SIE)
    await pledge(author, named, sentence)
    for each in (author, named):
        await each.says("/versprechen")
        assert each.last.split("\n")[1].startswith(f"1 {called} · ")


async def test_the_event_loop_goes_on_while_words_are_understood(sqlite_world, monkeypatch):
    threads = {"understand": [], "presumes": []}

    def watched(name):
        then = getattr(Catalogue, name)

        def watch(*args, **more):
            threads[name].append(threading.current_thread())
            return then(*args, **more)

        monkeypatch.setattr(Catalogue, name, watch)

    workshop = await open_workshop(sqlite_world)
    ana, ben = [await guest(sqlite_world, workshop, name) for name in ("Ana Keller", "Ben Albrecht")]
    await pledge(ana, ben, "ich mache mehr ehrenamt")
    for name in threads:
        watched(name)
    await ana.says("/versprechen")
    assert "Ehrenamt" in ana.last
    assert threads["understand"], "no noun of its own names it"
    dora = await sqlite_world.joined("Dora Lenz", until="seeks")
    await dora.says("Jugend")
    assert threads["presumes"]
    assert threading.main_thread() not in threads["understand"] + threads["presumes"]
