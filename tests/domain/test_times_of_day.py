"""The time that people add to a day: "3. Februar, 14 Uhr"."""

from datetime import date, time

import pytest

from domain.days import read_day, time_of_day

TODAY = date(2027, 1, 20)


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("3. Februar um 14 Uhr", time(14)),
        ("am 3. Februar, 14 Uhr", time(14)),
        ("3.2. 14:30", time(14, 30)),
        ("3.2., 14.30 Uhr", time(14, 30)),
        ("3. Februar um 14 Uhr 30", time(14, 30)),
        ("3. Februar gegen 9", time(9)),
        ("3. Februar 14-15 Uhr", time(14)),
        ("3. Februar von 14:15 bis 15 Uhr", time(14, 15)),
        ("3.2.2027 8:00", time(8)),
        ("3. Februar um 3 Uhr nachmittags", time(15)),
        ("3. Februar abends um 8", time(20)),
        ("3 February at 2 pm", time(14)),
        ("3 February, 2:30 p.m.", time(14, 30)),
        ("3 February, 9am", time(9)),
        ("3 February at 12 pm", time(12)),
        ("3 February at 12 am", time(0)),
        ("3 February at 15:45", time(15, 45)),
        ("3. Februar, 25 Uhr", None),
        ("3. Februar, 14:75 Uhr", None),
        ("3. Februar", None),
        ("3.2.2027", None),
        ("3. Februar nachmittags", None),
    ],
)
def test_a_time_by_the_clock_is_kept_beside_the_day(typed, at):
    assert time_of_day(typed) == at
    assert read_day(typed, TODAY).day == date(2027, 2, 3)
