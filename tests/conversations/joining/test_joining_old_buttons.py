"""Buttons of joining that no longer fit, or are pressed twice."""

from db.models import Consent, Interest, Person
from tests.cast import agrees
from tests.conversations.joining.door import newcomer, nothing_is_stored_about


async def test_old_buttons_of_joining_repeat_nothing(sqlite_world):
    ana = await newcomer(sqlite_world)
    first = ana.newest
    await agrees(ana)
    consent = ana.messages[1]
    for bubble, label in ((first, "Los geht's"), (consent, "Ja, ich")):
        assert (await ana.taps(label, message=bubble)).startswith("Für wen bist du heute hier?")
    heard = await ana.taps("Nein, danke", message=consent)
    assert heard.startswith("Dieser Knopf ist nicht mehr aktuell.")
    assert heard.endswith("Ein Tipp genügt. Mehr geht später unter /profil.")
    assert await sqlite_world.count(Consent) == 2


async def test_a_button_pressed_twice_at_once_counts_once(world):
    ana = await world.joined("Ana Keller", until="organisation")
    press = ("press", {"message_id": ana.newest.id, "data": "skip:organisation"})
    await ana.does_at_once(press, press)
    assert "was läuft bei euch schon gut" in ana.last
    await ana.taps_data("skip:offers")
    press = ("press", {"message_id": ana.newest.id, "data": ana.newest.data_of("Ja, gern")})
    await ana.does_at_once(press, press, press)
    assert "Dein Profil" in ana.last
    assert await world.count(Consent) == 3


async def test_a_link_followed_twice_at_once_makes_one_person(world):
    await world.workshop()
    ana = await world.person("Ana")
    await ana.does_at_once(*[("start", {"payload": f"w_{world.code}"})] * 2)
    await ana.taps("Los geht's")
    press = ("press", {"message_id": ana.newest.id, "data": ana.newest.data_of("Ja, ich")})
    await ana.does_at_once(press, press)
    assert len([chat for chat in await world.rows(Person.chat_id) if chat == ana.id]) == 1
    assert await world.count(Consent) == 1


async def test_somebody_elses_button_looks_like_a_stale_one(sqlite_world):
    await sqlite_world.joined("Ana Keller")
    ben = await sqlite_world.joined("Ben Albrecht", seeks=None)
    foreign = (await sqlite_world.rows(Interest.id))[0]
    replies = set()
    for data in ("topic_drop:{}", "topic_pick:{}:ehrenamt", "topic_all:{}", "topic_none:{}"):
        for number in (foreign, 999_999, "0", "1" * 30, "x"):
            replies.add(await ben.sends_button_data(data.format(number)))
    assert [reply.split("\n")[0] for reply in replies] == ["Dieser Knopf ist nicht mehr aktuell."]
    assert await sqlite_world.rows(Interest.id) == [foreign]


async def test_what_no_button_says_is_out_of_date(sqlite_world):
    ana = await sqlite_world.joined("Ana Keller")
    for data in (
        "",
        "nonsense",
        "role",
        "role:king",
        "edit:name:x",
        "land:XX",
        "k_yes:0",
        "ä:1",
        "role:mp\n",
    ):
        assert (await ana.sends_button_data(data)).startswith("Dieser Knopf ist nicht mehr aktuell."), data


async def test_a_profile_button_before_the_first_yes_leads_to_the_welcome(sqlite_world):
    ana = await newcomer(sqlite_world)
    for data in (
        "profile",
        "edit:name",
        "role:mp",
        "u_yes",
        "u_no",
        "partner",
        "profile_ok",
        "code",
        "my_data",
    ):
        heard = await ana.sends_button_data(data)
        assert "Schön, dass du da bist!" in heard or "Deine Daten" in heard, data
    await nothing_is_stored_about(sqlite_world, ana)
