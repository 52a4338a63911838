"""The catalogues are written by hand, in three voices: these tests find what goes wrong by hand."""

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

import messages
from domain import consents
from domain.outcomes.choices import Purpose
from domain.voice import Voice
from messages.catalogue import LOCALES
from messages.commands import EVERYONE, ORGANISERS, menu
from tests.messages.telegram_html import NotTelegramHtml, plain_text

DU, SIE, EN = "de", "de@formal", "en"
OFFICE = "@office"
_FIRST_LINE, _LABEL, _LIST = 48, 25, 600
_LONG = {"rights.privacy": 3500}

# The two forms of address may be named, which addresses nobody.
_NAMED = re.compile(r"per (?:Du|Sie)|(?:Du|Sie) oder (?:Du|Sie)")
_DU = re.compile(r"\b(?:du|dir|dich|dein\w*|euch|euer|eure\w*)\b", re.IGNORECASE)
_DU_OR_IMPERATIVE = re.compile(
    r"(?<!\bich )\b(?:du|dir|dich|dein\w*|euch|euer|eure\w*|ihr"
    r"|tippe|schreibe?|öffne|lösche|scanne|gib|wähle|sage?|schicke?|sieh|versuche?|lass|nimm|bring|komm|lies"
    r"|nenne?|probiere?|zeige?|trage? ein|antworte)\b(?! ich\b)",
    re.IGNORECASE,
)
_BANNED = re.compile(
    r"\bleider\b|nur noch|immer noch nicht|\bendlich\b|\bvergessen|versäumt|überfällig|\bMahnung"
    r"|letzte Chance|du hast noch nicht|Sie haben noch nicht|vermissen dich|vermissen Sie"
    r"|Deadline|\bfällig|\bT-\d",
    re.IGNORECASE,
)


@cache
def entries(locale: str) -> dict[str, tuple[str, ...]]:
    """All texts by key, two if there is a plural. A key in two files fails."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((LOCALES / locale).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=locale.partition("@")[0]):
                if not message.id:
                    continue
                key = message.id if isinstance(message.id, str) else message.id[0]
                assert key not in found, f"{key} stands twice in {locale}"
                found[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return found


ALL = [
    (locale, key, text)
    for locale in (DU, SIE, EN)
    for key, texts in entries(locale).items()
    for text in texts
]


def test_german_and_english_have_the_same_entries():
    assert entries(DU).keys() ^ entries(EN).keys() == set()
    assert entries(SIE).keys() - entries(DU).keys() == set()


def test_placeholders_and_plurals_are_the_same_in_every_voice():
    for locale in (SIE, EN):
        for key, texts in entries(locale).items():
            assert len(texts) == len(entries(DU)[key]), key
            for text, german in zip(texts, entries(DU)[key], strict=True):
                assert placeholders(text) - {"n"} == placeholders(german) - {"n"}, (locale, key)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_whoever_is_addressed_as_du_is_addressed_as_sie_too():
    addressed = {
        key
        for key, texts in entries(DU).items()
        if any(_DU_OR_IMPERATIVE.search(_NAMED.sub("", t)) for t in texts)
    }
    assert addressed - entries(SIE).keys() == set()


def test_sie_stays_sie():
    assert [
        key for key, texts in entries(SIE).items() if any(_DU.search(_NAMED.sub("", t)) for t in texts)
    ] == []


def test_a_sie_entry_says_something_else_than_du():
    assert [key for key, texts in entries(SIE).items() if texts == entries(DU)[key]] == []


def test_english_says_promise():
    pledge = re.compile(r"(?<![/{])\bpledge", re.IGNORECASE)
    assert [key for key, texts in entries(EN).items() if any(pledge.search(text) for text in texts)] == []


def test_an_entry_is_html_that_telegram_takes():
    faults = {(locale, key): fault for locale, key, text in ALL if (fault := _fault(key, text))}
    assert faults == {}


def _fault(key: str, text: str) -> str:
    """What is wrong with the HTML of a text. A label is plain text."""
    try:
        shown = plain_text(text)
    except NotTelegramHtml as error:
        return str(error)
    if ".button." in key and shown != text:
        return "markup in a label"
    return "" if shown and text == text.strip() else "nothing, or blanks at an end"


def test_an_entry_is_short():
    assert [(locale, key) for locale, key, text in ALL if not _is_short(key, text)] == []


def _is_short(key: str, text: str) -> bool:
    said = re.sub(r"\{\w+\}", "", plain_text(text))
    first = said.partition("\n")[0] if text.startswith("<b>") else ""
    longest = _LABEL if ".button." in key else _LONG.get(key, _LIST)
    return len(first) <= _FIRST_LINE and len(said) <= longest


def test_an_entry_avoids_the_words_that_hurt():
    assert [(locale, key) for locale, key, text in ALL if _BANNED.search(text)] == []


# --- the source and the catalogue know the same keys


def test_what_an_office_reads_replaces_something():
    variants = {key for key in entries(DU) if key.endswith(OFFICE)}
    assert variants
    assert {key.removesuffix(OFFICE) for key in variants} <= entries(DU).keys()


def test_every_entry_is_used():
    exact, patterns = keys_in_source()
    keys = {key.removesuffix(OFFICE) for key in entries(DU)}
    unused = {key for key in keys if key not in exact and not any(p.fullmatch(key) for p in patterns)}
    assert unused == set()


def test_every_key_in_the_source_has_an_entry():
    exact, _ = keys_in_source()
    areas = {key.partition(".")[0] for key in entries(DU)}
    like_a_key = re.compile(rf"(?:{'|'.join(areas)})\.[\w.@-]+")
    assert {key for key in exact if like_a_key.fullmatch(key)} - entries(DU).keys() == set()


@cache
def keys_in_source() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every string of the package, and every f-string as a pattern whose values have no dots."""
    exact: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for path in Path(messages.__file__).parent.rglob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        formatted = [node for node in nodes if isinstance(node, ast.JoinedStr)]
        pieces = {id(piece) for node in formatted for piece in node.values}
        constants = [node for node in nodes if isinstance(node, ast.Constant) and id(node) not in pieces]
        exact |= {node.value for node in constants if isinstance(node.value, str)}
        patterns += [pattern for node in formatted if (pattern := _pattern(node))]
    return exact, patterns


def _pattern(node: ast.JoinedStr) -> re.Pattern[str] | None:
    """None unless the string begins with an area."""
    literals = [piece.value if isinstance(piece, ast.Constant) else None for piece in node.values]
    if not isinstance(literals[0], str) or "." not in literals[0]:
        return None
    return re.compile("".join(re.escape(str(each)) if each else r"[\w-]+" for each in literals))


# --- consent texts and command menus


@pytest.mark.parametrize("voice", Voice)
@pytest.mark.parametrize("purpose", Purpose)
def test_a_consent_text_is_there_in_every_voice(purpose: Purpose, voice: Voice):
    html = consents.text(purpose, voice).html
    assert html.startswith("<b>")
    assert len(plain_text(html).partition("\n")[0]) <= _FIRST_LINE
    assert len(plain_text(html)) <= _LIST
    assert placeholders(html) <= ({"controller"} if purpose is not Purpose.ANNOUNCEMENTS else set())
    assert not _BANNED.search(html)
    assert voice is not Voice.SIE or not _DU.search(html)


def test_the_first_consent_names_article_9_and_the_age():
    for voice in Voice:
        html = consents.text(Purpose.CORE, voice).html
        assert "Art. 9" in html
        assert "16" in html


@pytest.mark.parametrize("voice", Voice)
@pytest.mark.parametrize("team", [(), [german for german, _ in ORGANISERS]])
def test_a_command_menu_is_one_that_telegram_takes(voice, team):
    commands = menu(voice, team)
    listed = ORGANISERS + EVERYONE if team else EVERYONE
    assert len({command.command for command in commands}) == len(commands) == len(listed)
    for command in commands:
        assert re.fullmatch("[a-z0-9_]{1,32}", command.command)
        assert 1 <= len(command.description) <= 256
