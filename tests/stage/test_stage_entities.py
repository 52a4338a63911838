"""HTML, and what Telegram finds in texts, as entities in UTF-16 units."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stage.entities import finished, from_html, utf16_length
from stage.errors import Refused

PARSED = [
    ("plain", "plain", []),
    ("<b>a</b>", "a", [("bold", 0, 1)]),
    ("😀<b>ä😀</b>!", "😀ä😀!", [("bold", 2, 3)]),
    ("<B>a</b>", "a", [("bold", 0, 1)]),
    ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
    ("<b>a</b><b>b</b>", "ab", [("bold", 0, 2)]),
    ("<b>a</>", "a", [("bold", 0, 1)]),
    ("<b></b>x", "x", []),
    ("  <b> a </b> ", "a", [("bold", 0, 1)]),
    ("a\r\nb\x07c", "a\nb c", []),
    ("&lt;b&gt; &amp;&quot;&#x41;&#66;&nbsp;&apos;", '<b> &"AB&nbsp;&apos;', []),
    ("&lt b", "< b", []),
    ("<strong>a</strong><em>b</em><ins>c</ins><del>d</del>", "abcd", None),
    ('<span class="tg-spoiler">a</span><tg-spoiler>b</tg-spoiler>', "ab", [("spoiler", 0, 2)]),
    ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
    ("<pre>a <b>b</b> /c</pre>", "a b /c", [("pre", 0, 6)]),
    ('<pre><code class="language-py">a</code></pre>', "a", [("pre", 0, 1)]),
    ('<a href="nope">a</a>', "a", []),
    ('<a href="tg://user?id=5">a</a>', "a", [("text_mention", 0, 1)]),
    ('<a href="https://x.de?a=1&amp;b=2">a</a>', "a", [("text_link", 0, 1)]),
    ("x &lt;script&gt;", "x <script>", []),
]
REFUSED = [
    ("ä<p>", 'Unsupported start tag "p" at byte offset 2'),
    ("<b>", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<b><i>x</b>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ("x</b>", "Unexpected end tag at byte offset 1"),
    ("😀<b", "Unclosed start tag at byte offset 4"),
    ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<a href=x/y>z</a>", "Unexpected end of name token at byte offset 8"),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("5 < 6", 'Unsupported start tag "" at byte offset 2'),
]
FOUND = [
    ("/start w_X", [("bot_command", 0, 6)]),
    ("😀 /help@a_bot", [("bot_command", 3, 11)]),
    ("a/b 1/2 http://x/y", [("url", 8, 10)]),
    ("siehe https://x.de/a?b=c.", [("url", 6, 18)]),
    ("(t.me/bot?start=x)", [("url", 1, 16)]),
    ("ana@example.org und @ana_k", [("email", 0, 15), ("mention", 20, 6)]),
    ("#mut #12", [("hashtag", 0, 4)]),
    ("wort.ende und z.B. so", []),
]


def brief(entities):
    return [(each["type"], each["offset"], each["length"]) for each in entities]


@pytest.mark.parametrize(("raw", "text", "entities"), PARSED)
def test_html_becomes_text_and_entities(raw, text, entities):
    got, found = from_html(raw)
    assert got == text
    if entities is not None:
        assert brief(found) == entities


@pytest.mark.parametrize(("raw", "text"), REFUSED)
def test_wrong_html_is_refused_with_the_byte(raw, text):
    with pytest.raises(Refused) as refused:
        from_html(raw)
    assert refused.value.description == f"Bad Request: can't parse entities: {text}"


@pytest.mark.parametrize(("text", "entities"), FOUND)
def test_commands_and_links_are_found(text, entities):
    assert brief(finished(text, [])[1]) == entities


def test_links_are_written_as_telegram_writes_them():
    _, entities = from_html('<a href="HTTPS://X.de?a=1&amp;b=2">a</a>')
    assert entities[0]["url"] == "https://x.de/?a=1&b=2"
    _, entities = from_html('<pre><code class="language-py">a</code></pre>')
    assert entities[0]["language"] == "py"


def test_half_a_character_is_refused():
    with pytest.raises(Refused, match="surrogate"):
        from_html("&#xD83D;")


async def test_text_that_looks_like_html_stays_text(stage):
    ana = await stage.person()
    await stage.post(f"users/{ana}/send", text="<b>mutig</b> & <script>")
    assert (await stage.messages(ana))[-1]["text"] == "<b>mutig</b> & <script>"


TAGS = ["<b>", "</b>", "<i>", "</i>", "</>", "<pre>", "</pre>", "<code>", "</code>", "</a>"]
SNIPPETS = ["&lt;", "&#", "<", ">", '<a href="x.de">', "😀", "ä", " ", "\n", "\r", "\u2028"]
PIECES = st.sampled_from([*TAGS, *SNIPPETS, "/start", "@name", "x.de", "#mut"])


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=12))
def test_whatever_is_written_entities_lie_inside_the_text(pieces):
    with suppress(Refused):
        text, entities = from_html("".join(pieces))
        length = utf16_length(text)
        assert text == text.strip()
        assert all(0 <= each["offset"] < each["offset"] + each["length"] <= length for each in entities)
