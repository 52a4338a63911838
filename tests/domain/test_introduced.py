"""What people say around their name when they are asked for it."""

import pytest

from domain.names import introduced


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("ich heiße Maria Lindner", "Maria Lindner"),
        ("Ich heisse Maria Lindner.", "Maria Lindner"),
        ("Hallo, ich bin die Maria", "Maria"),
        ("Mein Name ist Tom Becker", "Tom Becker"),
        ("Hi! I'm Emily Clark!", "Emily Clark"),
        ("My name is Emily Clark", "Emily Clark"),
        ("Maria Lindner, Bürgermeisterin", "Maria Lindner"),
        ("ich bin Maria Lindner, Bürgermeisterin von Eberswalde", "Maria Lindner"),
    ],
)
def test_the_name_is_taken_out_of_it(said, name):
    assert introduced(said) == name


@pytest.mark.parametrize(
    "name",
    ["Ana Keller", "Ich", "ich bin", "Lindner, Maria", "Keller, Dr. Ana", "Hallo", "Imre I.", ", Verein"],
)
def test_any_other_name_stays_as_it_is(name):
    assert introduced(name) == name
