"""Text that people typed: cleaned, measured and cut as Telegram counts, and made untappable."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from os.path import commonprefix

WORD_JOINER = "\u2060"
ELLIPSIS = "…"

_ZWJ = "\u200d"
_PLANE = 0x10000  # the last two code points of each plane are noncharacters
# What may be on either side of a joiner: the blocks that hold Unicode's pictographs.
_PICTURE = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf"
    "\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001fffd"
)
_JOINS_PICTURES = re.compile(f"[{_PICTURE}]\ufe0f?{_ZWJ}[{_PICTURE}]")
_IDEOGRAPH = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_CLUSTER_TAIL = re.compile("[\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e01ef\u1160-\u11ff]")
_FIRST_MARK = "\u0300"  # nothing below it joins what is before, unless that ends in a joiner
_REGIONAL = re.compile("[\U0001f1e6-\U0001f1ff]")
_LEAST_APART = 10  # UTF-16 units: half of them may be what names share


def _in_tags(region: str) -> str:
    return "".join(chr(0xE0000 + ord(letter)) for letter in region)


# The only flags written with tag characters: England, Scotland, Wales. Any other tag is hidden text.
_TAG_FLAG = re.compile(
    f"(\U0001f3f4(?:{'|'.join(_in_tags(region) for region in ('gbeng', 'gbsct', 'gbwls'))})\U000e007f)"
)

_LINE_BREAK = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
# Besides white space: the Hangul fillers, the empty Braille cell and the null notehead, which show nothing.
_BLANK = re.compile("[^\\S\n]|[\u115f\u1160\u3164\uffa0\u2800\U0001d159]")
# Marks that show nothing, and code points that Unicode has reserved for more of them.
_IGNORABLE = re.compile(
    "[\u034f\u17b4\u17b5\u180b-\u180d\u180f\u2065\ufff0-\ufff8\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)

# Where Telegram finds entities: at mentions, hashtags and cashtags; at commands (not within a word or after "<",
# so that "und/oder" and "</b>" stay as typed); in addresses, at each dot, or character that browsers treat as one,
# that a top-level domain could follow (so that "14.30", "z.B." and ".NET" stay as typed); and at "://".
_TAPPABLE = re.compile(
    r"[@#$](?=\w)"
    r"|(?<![\w/<>])/(?=\w)"
    r"|(?<=\S)\.(?=[^\s.\d])(?![A-Za-z](?:\W|$))"
    "|[\u3002\uff0e\uff61](?=[^\\s.])"
    r"|:(?=//)"
)
_IP_ADDRESS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")


class TooLong(ValueError):  # noqa: N818 - named for what is wrong with the text
    """The text takes `length` UTF-16 units where `limit` are allowed."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"{length} UTF-16 units, {limit} allowed")
        self.length = length
        self.limit = limit


class Empty(ValueError):  # noqa: N818 - named for what is wrong with the text
    """Nothing visible is left."""

    def __init__(self) -> None:
        super().__init__("nothing visible is left")


def clean(text: str, *, limit: int, lines: bool = False) -> str:
    """The text as it may be stored and shown: NFC, without control, bidi, zero-width and other format characters.

    Runs of blanks become one space. Line breaks become spaces too, or with `lines` stay, with at most one empty
    line between two lines. Joiners inside emoji and variation selectors after a character stay. Raises Empty if
    nothing visible is left, TooLong if more than `limit` UTF-16 units are left.
    """
    text = unicodedata.normalize("NFC", text)
    text = _BLANK.sub(" ", _LINE_BREAK.sub("\n", text))
    text = unicodedata.normalize("NFC", _without_invisible(text))
    text = _with_lines(text) if lines else " ".join(text.split())
    if not _shows_something(text):
        raise Empty
    if (length := utf16_length(text)) > limit:
        raise TooLong(length, limit)
    return text


def utf16_length(text: str) -> int:
    """The length as Telegram counts it: in UTF-16 units, two for a character outside the basic plane."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> str:
    """The text cut to at most `limit` UTF-16 units; if something is cut off, the last is an ellipsis.

    A flag, a joined emoji or a letter with its marks is kept or cut as a whole. Raises ValueError for a limit
    below 1.
    """
    if limit < 1:
        raise ValueError("not even an ellipsis fits")
    if utf16_length(text) <= limit:
        return text
    kept, room = "", limit - utf16_length(ELLIPSIS)
    for cluster in clusters(text):
        room -= utf16_length(cluster)
        if room < 0:
            break
        kept += cluster
    return kept.rstrip() + ELLIPSIS


def told_apart(names: Sequence[str], room: int) -> list[str]:
    """The names, each in at most `room` UTF-16 units: those that would be cut alike lose the beginning they share, and
    what still looks alike is numbered. Raises ValueError for a room below ten.
    """
    if room < _LEAST_APART:
        raise ValueError("too little room to tell names apart")
    short = _without_what_they_share(names, room)
    return [
        cut(f"{short[:n].count(each) + 1}. {each}", room) if short.count(each) > 1 else each
        for n, each in enumerate(short)
    ]


def _without_what_they_share(names: Sequence[str], room: int) -> list[str]:
    short = [cut(name, room) for name in names]
    for looks in {each for each in short if short.count(each) > 1}:
        alike = [n for n, each in enumerate(short) if each == looks]
        shared = commonprefix([names[n] for n in alike])  # noqa: RUF071 - of letters is what is wanted
        begins = (shared.rfind(" ") + 1) or len(shared) - _LEAST_APART // 2
        if len({names[n] for n in alike}) > 1:
            ends = _without_what_they_share([names[n][begins:] for n in alike], room)
            for n, end in zip(alike, ends, strict=True):
                short[n] = cut(ELLIPSIS + end.removeprefix(ELLIPSIS), room)
    return short


def give_way(parts: Sequence[str], room: int) -> list[str]:
    """The parts, cut until together they take at most `room` UTF-16 units.

    The longest part gives way first, and at least an ellipsis is left of each.
    """
    fitted = list(parts)
    lengths = [utf16_length(part) for part in parts]
    while (over := sum(lengths) - max(room, len(fitted))) > 0:
        at = lengths.index(longest := max(lengths))
        next_longest = max(lengths[:at] + lengths[at + 1 :], default=0)
        fitted[at] = cut(fitted[at], min(longest - 1, max(longest - over, next_longest, 1)))
        lengths[at] = utf16_length(fitted[at])
    return fitted


def clusters(text: str) -> Iterator[str]:
    """Split the text into what a reader takes for single characters."""
    cluster = ""
    for char in text:
        if cluster and not _continues(cluster, char):
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def literal(text: str) -> str:
    """Text that looks the same, but leads nowhere when tapped; doing it twice changes nothing more.

    Use it for other people's words: it breaks links, e-mail addresses, @names, /commands, #hashtags and $cashtags.
    Numbers stay whole: a telephone number with something invisible inside can be copied, but not dialled. Do it after
    cutting, since it lengthens the text, and before escaping.
    """
    text = text.replace(WORD_JOINER, "")
    text = _IP_ADDRESS.sub(lambda found: found[0].replace(".", "." + WORD_JOINER), text)
    return _TAPPABLE.sub(lambda found: found[0] + WORD_JOINER, text)


def _with_lines(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()


def _shows_something(text: str) -> bool:
    return any(unicodedata.category(char)[0] not in "MZC" or _is_new(char) for char in text)


def _is_new(char: str) -> bool:
    # Unassigned in this Python's tables: most likely an emoji newer than they are.
    return unicodedata.category(char) == "Cn" and not _is_noncharacter(char)


def _is_noncharacter(char: str) -> bool:
    return ord(char) % _PLANE >= _PLANE - 2 or "\ufdd0" <= char <= "\ufdef"


def _without_invisible(text: str) -> str:
    parts = _TAG_FLAG.split(text)
    return "".join(part if number % 2 else _without_format(part) for number, part in enumerate(parts))


def _without_format(text: str) -> str:
    joiners = _joiners_within_emoji(text)
    return "".join(
        char
        for place, char in enumerate(text)
        if place in joiners or _is_kept(char, text[place - 1] if place else " ")
    )


def _joiners_within_emoji(text: str) -> set[int]:
    places, begin = set(), 0
    while found := _JOINS_PICTURES.search(text, begin):
        places.add(found.end() - 2)
        begin = found.end() - 1  # the second picture may be the first of the next pair
    return places


def _is_kept(char: str, before: str) -> bool:
    if char == "\n":
        return True
    if _VARIATION.match(char):
        return _may_vary(before, char)
    if unicodedata.category(char) in {"Cc", "Cf", "Cs"} or _is_noncharacter(char):
        return False
    return not _IGNORABLE.match(char)


def _may_vary(before: str, selector: str) -> bool:
    # One after a visible character; supplementary ones, often used to hide text, only after ideographs.
    if selector > "\uffff":
        return bool(_IDEOGRAPH.match(before))
    return unicodedata.category(before)[0] in "LNPS" or _is_new(before)


def _continues(cluster: str, char: str) -> bool:
    if char < _FIRST_MARK:
        return cluster.endswith(_ZWJ)
    if _REGIONAL.match(char):
        return bool(_REGIONAL.fullmatch(cluster))  # a flag is a pair
    return (
        cluster.endswith(_ZWJ)
        or bool(_CLUSTER_TAIL.match(char))
        or unicodedata.category(char).startswith("M")
    )
