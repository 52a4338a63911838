"""Deep links are read back as they were written, and nothing else is a link."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.links import LONGEST, Link, LinkKind, kind_of, read_payload, read_typed

WORKSHOP = Link(LinkKind.WORKSHOP, "7K1M0Q")
HANDSHAKE = Link(LinkKind.HANDSHAKE, "7K1M0QABCD")
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
PREFIX = len(LinkKind.WORKSHOP.value)


def test_prefixes_are_as_printed():
    spelled = {kind.name: kind.value for kind in LinkKind}
    assert spelled == {
        "WORKSHOP": "w_",
        "PERSONAL": "c_",
        "HANDSHAKE": "h_",
        "OFFICE": "b_",
        "ORGANISER": "o_",
    }


@pytest.mark.parametrize("kind", LinkKind)
def test_what_is_written_is_read_back(kind):
    code = "7K1M0Q" if kind is LinkKind.WORKSHOP else "7K1M0QABCD"
    link = Link(kind, code)
    assert link.payload == f"{kind.value}{code}"
    assert read_payload(link.payload) == link
    assert kind_of(link.payload) is kind


@pytest.mark.parametrize(
    ("payload", "link"),
    [
        ("w_7K1M0Q", WORKSHOP),
        ("w_7k1-mOq", WORKSHOP),
        ("w_ 7K1 M0Q", WORKSHOP),
        ("7K1M0Q", WORKSHOP),
        ("7k1 m0q", WORKSHOP),
        ("h_7K1M0QABCD", HANDSHAKE),
        ("H_7k1mo-qabcd", HANDSHAKE),
        ("c_7K1M0QABCD", Link(LinkKind.PERSONAL, "7K1M0QABCD")),
        ("C_7k1mo-qabcd", Link(LinkKind.PERSONAL, "7K1M0QABCD")),
        ("B_7k1mo-qabcd", Link(LinkKind.OFFICE, "7K1M0QABCD")),
        ("O_7k1mo-qabcd", Link(LinkKind.ORGANISER, "7K1M0QABCD")),
    ],
)
def test_what_was_opened(payload, link):
    assert read_payload(payload) == link


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "_",
        "w_",
        "h_",
        "w_ ",
        "w_7K1M0",
        "w_7K1M0QX",
        "w_7K1M0U",
        "w_w_7K1M0Q",
        "h_7K1M0Q",
        "h_7K1M0QABCDE",
        "7K1M0QABCD",
        "x_7K1M0Q",
        "x_geheim",
        "geheime",
        "h_geheim",
        " c_geheim",
        "C_geheim",
        "c_geheim\n",
        "c_ge heim",
        "c_ge.heim",
        "c_gehäim",
        "c_١٢٣",
        "c_１２３",
        "c_\u200bgeheim",
        "c_'; DROP TABLE",
        "h_'; DROP TABLE",
        "hgeheim",
        "ｈ_geheim",
        "w_٧K1M0Q",
        "w_7K1M0ß",
        "o_7K1M0",  # with the underscore read over, a workshop's code
        "o_a-B_9",
        "o_w_7K1M0Q",
        "o_" + "x" * 62,
        "w_" + "-" * 60 + "7K1M0Q",
        "h" * 10_000,
    ],
)
def test_nothing_else_is_a_link(payload):
    assert read_payload(payload) is None


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        ("h_", LinkKind.HANDSHAKE),
        ("h_gehäim", LinkKind.HANDSHAKE),
        ("w_", LinkKind.WORKSHOP),
        ("x_1", None),
        ("", None),
    ],
)
def test_the_kind_is_the_prefix_whatever_follows(payload, kind):
    assert kind_of(payload) is kind


@pytest.mark.parametrize("typed", ["7K1M0Q", " 7k1-m0q ", "7 k l m o q\n", "w_7K1M0Q", " w_7K1M0Q"])
def test_a_workshops_code_may_be_typed(typed):
    assert read_typed(typed) == WORKSHOP


@pytest.mark.parametrize(
    "typed",
    [
        "h_7K1M0QABCD",
        "„H_7k1mo-qabcd“.",
        "Code: h_7K1M0QABCD",
        "https://t.me/mutmacher_bot?start=h_7K1M0QABCD",
    ],
)
def test_a_handshakes_code_may_be_typed_with_its_prefix(typed):
    assert read_typed(typed) == HANDSHAKE


def _said():
    """(code or None, text) of each row of the table."""
    lines = (Path(__file__).parent / "codes_said.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [(code if code != "-" else None, _ESCAPE.sub(_character, text)) for code, text in rows]


def _character(escape):
    return chr(int(escape[1], 16))


@pytest.mark.parametrize(
    ("code", "typed"), [*_said(), (None, ""), (None, "w_" + "7K1M0Q " * 50), (None, "\u200b")]
)
def test_a_code_is_heard_however_it_is_said_and_nothing_else_is_one(code, typed):
    assert read_typed(typed) == (Link(LinkKind.WORKSHOP, code) if code else None)


@pytest.mark.parametrize(
    "code", ["", " ", "7K1 M0Q", "ä", "１", "7K1M0Q\n", "a?b", "x" * (LONGEST - PREFIX + 1)]
)
@pytest.mark.parametrize("kind", LinkKind)
def test_what_telegram_would_not_carry_cannot_be_written(kind, code):
    with pytest.raises(ValueError, match=kind.name):
        Link(kind, code)


@given(st.text(max_size=80) | st.from_regex(r"[wchbo]_[A-Za-z0-9_-]{0,70}", fullmatch=True))
def test_whatever_is_read_can_be_written_and_read_again(payload):
    link = read_payload(payload)
    assert link is None or read_payload(link.payload) == link
