"""Rights over the wire: information in every state, and consents back."""

import pytest
from sqlalchemy import select

from db.models import Consent, Person, Pledge
from domain.outcomes.choices import Purpose
from tests.conversations.rights.canary import pair, story

ALWAYS = ("/datenschutz", "/privacy", "/developer_info", "/hilfe", "/help")


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


@pytest.mark.parametrize(
    "before",
    [
        ("/pause", "pause:0"),
        ("/widerruf", "consent_off:K"),
        ("/widerruf", "consent_off:U"),
        ("/profil", "edit:name"),
        ("/versprechen", "pledge_new", "pledge_search"),
        ("/loeschen",),
        ("/loeschen", "erase_yes"),
    ],
    ids=" ".join,
)
async def test_information_is_there_after_joining_too(sqlite_world, before):
    """In a pause, without a consent, while words or a yes are awaited, and afterwards."""
    ana, _ = await pair(sqlite_world)
    command, *taps = before
    await ana.says(command)
    if "erase_yes" in taps:
        sqlite_world.forgotten.add(ana.id)
    for tap in taps:
        await ana.taps_data(tap)
    for command in ALWAYS:
        first = "Deine Daten bei Mutmacher" if command in ALWAYS[:3] else "Das geht hier"
        assert (await ana.says(command)).startswith(first), command


async def test_somebody_unknown_has_nothing_to_see_take_back_or_erase(sqlite_world):
    await sqlite_world.workshop()
    cem = await sqlite_world.person("Cem")
    await cem.start()
    for command in ("/auskunft", "/widerruf", "/loeschen"):
        assert (await cem.says(command)).startswith("Über dich ist nichts gespeichert.")
    for data in ("erase_yes", "consent_off:A", "consent_on:K", "pause:2", "resume"):
        assert "nicht mehr aktuell" in await cem.sends_button_data(data)
    assert await sqlite_world.count(Person) == 1, "only the organiser"


# --- consents back


async def test_announcements_are_taken_back_with_one_tap_and_given_again(sqlite_world):
    ana, _ = await pair(sqlite_world)
    assert "Ankündigungen: ja" in await ana.says("/widerruf")
    assert "Ankündigungen kommen ab sofort nicht mehr." in await ana.taps("Nein: Ankündigungen")
    assert "Ankündigungen: nein" in await ana.says("/widerruf")
    assert "Notiert: ja" in await ana.taps("Ja: Ankündigungen")
    assert "Ankündigungen: ja" in await ana.says("/consents")


async def test_a_text_is_shown_before_a_yes_to_it_counts_and_from_then_on_a_tap_is_enough(sqlite_world):
    ana, _ = await pair(sqlite_world)
    await ana.says("/widerruf")
    assert "Deinen Telegram-Namen zeigen?" in await ana.sends_button_data("consent_on:G")
    await ana.taps_data("consent_no:G")
    assert "Deinen Telegram-Namen zeigen?" not in await ana.sends_button_data("consent_on:G")
    given = select(Consent.given).where(Consent.purpose == Purpose.SHOW_TELEGRAM).order_by(Consent.id)
    assert await sqlite_world.chosen(given) == [False, True]


@pytest.mark.parametrize(
    ("button", "words", "meanwhile", "pledges"),
    [
        ("Nein: Vernetzen und Erinnern", "ruht hier alles", {"days": 6}, 4),  # after a week all is erased
        ("Nein: Weg über Telegram", "nichts mehr von mir aus", {"months": 3}, 3),  # a draft ended by itself
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
    assert ("Art. 9" if "Vernetzen" in button else "Telegram") in question
    await ana.taps_data("k_no:" if "Vernetzen" in button else "u_no")
    assert "Alles löschen?" in ana.last
    assert await world.count(Pledge) == pledges
