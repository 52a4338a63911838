"""The coach, by table: what each sentence leaves open, and how it could read instead."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path
from time import process_time

import pytest

from domain.coaching import Gap, advise
from domain.days import reading_until, spoken
from domain.pledges import TEXT_LIMIT, Acts

TODAY, DEADLINE = date(2027, 1, 20), date(2027, 7, 20)

with (Path(__file__).parent / "sentences_coached.tsv").open(encoding="utf-8") as file:
    ROWS = [
        (row["language"], row["sentence"], row["open"], row["sharper"])
        for row in csv.DictReader(file, delimiter="\t")
    ]


@pytest.mark.parametrize(("language", "sentence", "left_open", "sharper"), ROWS)
def test_what_a_sentence_leaves_open(language, sentence, left_open, sharper):
    other = "en" if language == "de" else "de"  # the words show their language, whatever the reader's is
    advice = advise(sentence, TODAY, DEADLINE, Acts.AUTHOR, other if len(sentence) > 20 else language)
    assert (set(advice.gaps), advice.sharper) == (
        {Gap(each) for each in left_open.split(",") if each},
        sharper,
    )


@pytest.mark.parametrize(("language", "sentence", "left_open", "sharper"), ROWS)
def test_a_sharper_sentence_leaves_nothing_open(language, sentence, left_open, sharper):
    if sharper:
        assert advise(sharper, TODAY, DEADLINE, Acts.AUTHOR, language).gaps == ()


def test_the_table_is_as_long_as_was_asked():
    languages = Counter(language for language, *_ in ROWS)
    assert languages["de"] >= 60
    assert languages["en"] >= 30


def test_what_the_partner_will_do_is_said_of_the_partner():
    sentence = "Ben lädt bis Ende März alle Träger ein."
    assert advise(sentence, TODAY, DEADLINE, Acts.PARTNER, "de").gaps == ()
    assert Gap.ACTOR in advise(sentence, TODAY, DEADLINE, Acts.AUTHOR, "de").gaps


def test_both_act():
    advice = advise("Den Antrag einreichen.", TODAY, DEADLINE, Acts.BOTH, "de")
    assert advice.sharper == "Wir werden bis 20. Juli den Antrag einreichen."


def test_a_day_alone_asks_nothing_back():
    assert not advise("Ich rufe den Landrat an.", TODAY, DEADLINE, Acts.AUTHOR, "de").asks_back
    assert advise("Ich prüfe die Förderung.", TODAY, DEADLINE, Acts.AUTHOR, "de").asks_back


def test_nothing_longer_than_a_pledge_is_offered():
    sentence = f"Ich setze mich für {'k' * (TEXT_LIMIT - 30)} ein."
    assert len(advise(sentence, TODAY, DEADLINE, Acts.AUTHOR, "de").sharper) <= TEXT_LIMIT


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    "day", [date(2027, 1, 21), DEADLINE, date(2027, 12, 31), date(2028, 1, 20), date(2028, 3, 1)]
)
def test_a_day_that_is_spoken_is_read_back(day, language):
    reading = reading_until(f"Ich rufe {spoken(day, TODAY, language)} an", TODAY)
    assert reading is not None
    assert reading.settled == day


def test_a_hostile_sentence_takes_next_to_no_time():
    began = process_time()
    for sentence in ("ich " * 1000, "setze mich " * 400 + "ein", "a" * 4000, "prüfe, " * 600, "zu " * 1300):
        advise(sentence, TODAY, DEADLINE, Acts.AUTHOR, "de")
    assert process_time() - began < 10, "a fraction of a second, unless a pattern backtracks"
