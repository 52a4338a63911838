"""Words from people: what is kept, what is not, how they are measured, cut and made untappable."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import words

FAMILY = "👨‍👩‍👧‍👦"
RAINBOW = "🏳️‍🌈"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
DARK_THUMB = "👍🏿"
KEYCAP = "1️⃣"

# What people, their keyboards and attackers can send; also lone surrogates, which JSON allows.
TRICKY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "ab1 .\n\r\t/@#$:\u0301\u200b\u200c\u200d\u202e\u2060\u2066\u2329"
            "\ufeff\ufe0f\ufe0e\ufffe\u3164\u2800"
            "\U0001f468\U0001f469\U0001f3fb\U0001f1e9\U0001f1ea\U000e0067\U000e007f\U000e0100\ud83d\u034f漢"
        ),
    ),
    max_size=40,
)


def cleaned(text, *, limit=10_000, lines=False):
    return words.clean(text, limit=limit, lines=lines)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ana   Keller ", "Ana Keller"),
        ("Ana\tKeller\u00a0aus\u2003Bonn", "Ana Keller aus Bonn"),
        ("Ana\r\nKeller", "Ana Keller"),
        ("Mu\u0308ller", "Müller"),
        ("<b>Ana</b> & Ben", "<b>Ana</b> & Ben"),
        ("Ana\u202ereleK", "AnareleK"),
        ("\u2067Ana\u2069", "Ana"),
        ("A\u200bn\u200ca\u200d\ufeff", "Ana"),
        ("So\u00adzial", "Sozial"),
        ("Ana\x00\x07\x1b", "Ana"),
        ("Ana\ud83d", "Ana"),
        ("Ana\ufffe", "Ana"),
        ("Ana\U000e0041\U000e0042\U000e007f", "Ana"),
        ("A\u2065n\ufff0a\U000e0080\U000e0fff", "Ana"),
        ("A\ufe0f\ufe0f\ufe0f", "A\ufe0f"),
        ("A\U000e0101\U000e0102", "A"),
        ("漢\U000e0101\U000e0102", "漢\U000e0101"),
        ("Ana\u3164\u3164Keller", "Ana Keller"),
        ("/loeschen", "/loeschen"),
    ],
)
def test_it_keeps_what_can_be_seen(typed, kept):
    assert cleaned(typed) == kept


@pytest.mark.parametrize("emoji", [FAMILY, RAINBOW, SCOTLAND, DARK_THUMB, KEYCAP, "🇩🇪", "❤️‍🔥", "🌻", "☎️"])
def test_a_name_of_only_emoji_stays_a_name(emoji):
    assert cleaned(emoji) == emoji


def test_an_emoji_younger_than_the_tables_stays():
    assert unicodedata.category("\U0001fae9") == "Cn"
    assert cleaned("\U0001fae9") == "\U0001fae9"


def test_an_unknown_flag_of_tags_loses_its_hidden_text():
    assert cleaned("\U0001f3f4\U000e0068\U000e0069\U000e007f") == "\U0001f3f4"


def test_lines_stay_where_they_are_wanted():
    assert cleaned("  eins \r\nzwei\n\n\n\n  drei\u2028vier\n\n", lines=True) == "eins\nzwei\n\ndrei\nvier"


@pytest.mark.parametrize(
    "nothing",
    [
        "",
        "  \n ",
        "\u200b\u200d",
        "\u202e",
        "\ufe0f",
        "\u3164",
        "\u2800",
        "\u0301",
        "\ud800",
        "\U0001d159",
        "\ue000",
    ],
)
def test_nothing_visible_is_empty(nothing):
    with pytest.raises(words.Empty):
        cleaned(nothing)


def test_the_limit_counts_utf16_units():
    assert cleaned("🌻🌻", limit=4) == "🌻🌻"
    with pytest.raises(words.TooLong) as refused:
        cleaned("🌻🌻a", limit=4)
    assert (refused.value.length, refused.value.limit) == (5, 4)


def test_the_limit_counts_what_is_left():
    assert cleaned("  a\u200bb  ", limit=2) == "ab"


def test_both_refusals_are_value_errors():
    assert issubclass(words.Empty, ValueError)
    assert issubclass(words.TooLong, ValueError)


@given(TRICKY, st.booleans())
def test_clean_words_are_clean(text, lines):
    try:
        once = cleaned(text, lines=lines)
    except words.Empty:
        return
    assert cleaned(once, lines=lines) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()
    assert "  " not in once
    assert "\n\n\n" not in once
    assert lines or "\n" not in once
    once.encode()  # no surrogate is left
    hidden = {char for char in once if unicodedata.category(char) in {"Cc", "Cf"}}
    assert hidden <= {"\n", "\u200d", *(chr(tag) for tag in range(0xE0020, 0xE0080))}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_length_is_that_of_utf16(text):
    assert words.utf16_length(text) == len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("Ana", 3, "Ana"),
        ("Anna", 3, "An…"),
        ("eins zwei", 6, "eins…"),
        ("🇩🇪🇫🇷🇮🇹", 9, "🇩🇪🇫🇷…"),
        ("🇩🇪🇫🇷", 7, "🇩🇪…"),
        (FAMILY + "abc", 11, "…"),
        (FAMILY + "abc", 12, FAMILY + "…"),
        ("a" + DARK_THUMB + "b", 4, "a…"),
        ("a" + SCOTLAND + "b", 10, "a…"),
        ("xq\u0301\u0302y", 3, "x…"),
        (KEYCAP + "2", 3, "…"),
        ("abc", 1, "…"),
    ],
)
def test_a_cut_leaves_whole_characters(text, limit, short):
    assert words.cut(text, limit) == short


def test_a_cut_needs_room_for_its_ellipsis():
    with pytest.raises(ValueError):
        words.cut("abc", 0)


@given(TRICKY, st.integers(1, 30))
def test_a_cut_fits_and_is_a_beginning(text, limit):
    short = words.cut(text, limit)
    assert words.utf16_length(short) <= limit
    if short != text:
        assert text.startswith(short.removesuffix(words.ELLIPSIS))


@given(TRICKY)
def test_clusters_lose_nothing(text):
    assert "".join(words.clusters(text)) == text


# How Telegram finds what can be tapped: the expressions that its library documents, a little wider.
FINDERS = {
    "mention": r"(?<!\w)@[A-Za-z0-9_]{2,32}",
    "command": r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}",
    "hashtag": r"#\w+",
    "cashtag": r"\$[A-Z1]{1,8}",
    "address": r"[^\s.\u2000-\u200b\u200e-\u206f]\.(?!\d)\w{2,}",
    "ipv4": r"\d+\.\d+\.\d+\.\d+",
    "protocol": r"[a-zA-Z]+://",
    "email": r"[\w.+-]+@[\w-]+\.(?!\d)\w{2,}",
}


def tappable(text):
    return {kind for kind, pattern in FINDERS.items() if re.search(pattern, text)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Frag @ana_keller bitte", "mention"),
        ("(@ana)", "mention"),
        ("/loeschen", "command"),
        ("Tippe /start@mutmacher_bot", "command"),
        ("oder: /a./b", "command"),
        ("#mut", "hashtag"),
        ("a#mut", "hashtag"),
        ("$EUR", "cashtag"),
        ("muster.de/pfad", "address"),
        ("WWW.Muster.DE", "address"),
        ("🌻.ws", "address"),
        ("https://user:pass@muster.de:80/?a=b#c", "address"),
        ("tg://resolve?domain=muster", "protocol"),
        ("192.168.100.1", "ipv4"),
        ("ana.keller+x@muster.de", "email"),
    ],
)
def test_what_could_be_tapped_cannot_be(text, kind):
    assert kind in tappable(text)
    assert tappable(words.literal(text)) == set()


@pytest.mark.parametrize(
    "harmless",
    [
        "und/oder",
        "24/7",
        "<b>fett</b> & <i>schräg</i>",
        "Ana Keller",
        "um 14:30 Uhr.",
        "Satz. Noch einer …",
        "50 €",
        KEYCAP + "2️⃣3️⃣",
        FAMILY,
        "a @ b",
    ],
)
def test_what_cannot_be_tapped_stays_as_it_is(harmless):
    assert words.literal(harmless) == harmless


@given(st.one_of(TRICKY, st.text("ab1.@/#:$ \n_-+(\u0301é<", max_size=30)))
def test_literal_words_look_the_same_and_stay_literal(text):
    once = words.literal(text)
    assert once.replace(words.WORD_JOINER, "") == text.replace(words.WORD_JOINER, "")
    assert words.literal(once) == once
    assert tappable(once) == set()


@pytest.mark.parametrize(
    "text",
    [
        "3.500 Euro",
        "um 14.30 Uhr",
        "bis 20.07.2027",
        "am 3.5.2027",
        "z.B. so",
        "d.h. ja",
        "C# und .NET",
        "und/oder",
        "1.000.000 Euro",
        "+49 30 1234567",
        "(030) 123 45-67",
        "0171-1234567 (abends)",
        "030/1234567/stopp",
    ],
)
def test_what_nobody_can_tap_stays_as_it_was_typed(text):
    assert words.literal(text) == text


@given(st.lists(st.text("ab …äW🙂", min_size=1, max_size=40), max_size=6), st.integers(10, 30))
def test_names_told_apart_fit_and_look_different(names, room):
    short = words.told_apart(names, room)
    assert len(set(short)) == len(names)
    assert all(words.utf16_length(each) <= room for each in short)


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (["Werkstatt Nord", "Werkstatt Süd"], ["Werkstatt Nord", "Werkstatt Süd"]),
        (["Werkstatt der Mutigen Nord", "Werkstatt der Mutigen Süd"], ["…Nord", "…Süd"]),
        (["Werkstatt der Mutigen Nord"] * 2, ["1. Werkstatt…", "2. Werkstatt…"]),
        (["Bürgerinnenversammlung1", "Bürgerinnenversammlung2"], ["…mlung1", "…mlung2"]),
    ],
)
def test_names_that_would_be_cut_alike_lose_what_they_share(names, short):
    assert words.told_apart(names, 14) == short
