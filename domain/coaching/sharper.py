"""A sharper sentence, made of the person's own words."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from domain.coaching.gaps import Gap, found, language_of
from domain.days import spoken
from domain.pledges import TEXT_LIMIT, Acts

_END = re.compile(r"[\s.!…]+$")

_PREFIX = "ein|an|auf|ab|aus|vor|mit|nach|zurück|zusammen|weiter|her|hin|los|fest|teil|durch|um|bei|dar|frei|statt|weg"
_FRAME = (
    r"^(?P<who>ich|wir)\s+(?:will\s+|wollen\s+|werde\s+|werden\s+|möchten?\s+)?"
    r"(?:versuchen?|bemühen?\s+(?:mich|uns)|planen?|hoffen?|habe\s+vor|haben\s+vor)(?:\s+es)?,?\s+(?:mal\s+)?"
)
_TO_DO = re.compile(
    _FRAME + rf"(?P<what>.+?)\s+(?:zu\s+(?P<plain>[a-zäöüß]+n)|(?P<pre>{_PREFIX})zu(?P<stem>[a-zäöüß]+n))$",
    re.IGNORECASE,
)
_TO_DO_BESIDES = re.compile(rf"\b(?:zu\s+[a-zäöüß]+n|(?:{_PREFIX})zu[a-zäöüß]+n)\b", re.IGNORECASE)
_WHETHER = re.compile(
    r"^(?P<who>ich|wir)\s+(?:werden?\s+)?(?:über)?(?:prüfen?|schauen?|gucken?|überlegen?|sehen?)(?:\s+mal|\s+nach|\s+\w+)?,?\s+"
    r"(?P<what>(?:ob|wie|wer|was|wo|wann|welche\w*)\s.+?)(?:\s+prüfen|\s+überprüfen)?$",
    re.IGNORECASE,
)
# How the object of a vague verb is introduced, in front of which "über" or "zu" takes it as it is.
_FRAMES = {
    "über": (
        r"setzen?\s+(?:mich|uns)\s+(?:\w+\s+)?für\s+(?P<what>.+?)\s+ein",
        r"werden?\s+(?:mich|uns)\s+für\s+(?P<what>.+?)\s+einsetzen",
        r"kümmern?e?\s+(?:mich|uns)\s+um\s+(?P<what>.+)",
        r"engagieren?\s+(?:mich|uns)\s+für\s+(?P<what>.+)",
        r"machen?\s+(?:mich|uns)\s+(?:stark\s+)?für\s+(?P<what>.+?)(?:\s+stark)?",
        r"werben?\s+für\s+(?P<what>.+)",
        r"(?:prüfen?|überprüfen?|fördern?e?|thematisieren?|evaluieren?|stärken?|verbessern?e?)\s+(?P<what>.+)",
        r"(?:bringen?|treiben?)\s+(?P<what>.+?)\s+voran",
    ),
    "zu": (
        r"(?:arbeiten?|bleiben?)\s+an\s+(?P<what>.+?)(?:\s+dran)?",
        r"(?:beschäftigen?|befassen?)\s+(?:mich|uns)\s+mit\s+(?P<what>.+)",
    ),
}
_ABOUT = [
    (preposition, re.compile(rf"^(ich|wir)\s+{frame}$", re.IGNORECASE))
    for preposition, frames in _FRAMES.items()
    for frame in frames
]
_SUBJECT = re.compile(
    r"^(?P<start>(?:ich|wir)\s+[a-zäöüß]+(?:\s+(?:mich|mir|uns|dich|dir|euch))?"
    r"|[A-ZÄÖÜa-zäöüß]+\s+[a-zäöüß]+\s+(?:ich|wir)(?:\s+(?:mich|mir|uns))?)(?P<rest>\s.*|$)",
    re.IGNORECASE | re.DOTALL,
)  # fmt: skip
_DONE_BY = re.compile(r"(?:^|\s)[a-zäöüß]+(?:en|ern|eln)$")
_FINITE = re.compile(r"\b(?:wird|werden|gibt|ist|sind|soll|sollen|muss|müssen|hat|haben)\b")
_SMALL = re.compile(
    r"^(?:Der|Die|Das|Den|Dem|Ein|Eine|Einen|Einem|Einer|Mit|Zu|Zum|Zur|Für|Bis|Im|Am|In|An|Auf|Bei|Nach|Vor|Ab|Mehr|Alle"
    r"|Viele|Mein\w*|Unser\w*)\b"
)

_TRY = re.compile(
    r"^(?P<who>i|we)(?P<will>\s+will|\s+want\s+to|'ll|\s+am\s+going\s+to)?\s+try(?:\s+to|\s+and)\s+(?P<what>.+)$",
    re.IGNORECASE,
)
_SEE_IF = re.compile(
    r"^(?P<who>i|we)(?:\s+will|'ll)?\s+(?:check|see|find\s+out|look\s+into|explore|consider)\s+(?P<what>(?:whether|if|how|what|who)\s.+)$",
    re.IGNORECASE,
)
_ON = re.compile(
    r"^(?P<who>i|we)(?:\s+will|'ll|\s+want\s+to|\s+am\s+going\s+to)?\s+(?:look\s+into|look\s+at|check|explore|consider|"
    r"think\s+about|support|promote|advocate\s+for|push\s+for|work\s+on|work\s+towards|help\s+with|champion|review|examine|"
    r"raise\s+awareness\s+(?:of|for)|engage\s+with|deal\s+with|improve|strengthen|contribute\s+to)\s+(?P<what>.+)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Advice:
    """What is left open, and a sharper sentence; empty if none can be made of the words there are."""

    gaps: tuple[Gap, ...]
    sharper: str = ""

    @property
    def asks_back(self) -> bool:
        """Whether it is worth a question. A day alone is not: each pledge has one, beside its sentence."""
        return any(gap is not Gap.DAY for gap in self.gaps)

    @property
    def version(self) -> str:
        """Eight hexadecimal digits that change with the sharper sentence."""
        return sha256(self.sharper.encode()).hexdigest()[:8]


def advise(sentence: str, today: date, deadline: date, acts: Acts, likely: str) -> Advice:
    """What the sentence leaves open, and how it could read instead.

    `deadline`: the day that a sentence without one gets; `likely`: the language ("de", "en") where the words do not
    show it. The sharper sentence is never the same as the sentence, and never longer than a pledge may be.
    """
    language = language_of(sentence, likely)
    gaps = found(sentence, today, acts, language)
    if not gaps or Gap.TOO_LONG in gaps or Gap.OBJECT in gaps:
        return Advice(gaps)
    core = _END.sub("", sentence.strip())
    until = spoken(deadline, today, language) if Gap.DAY in gaps else ""
    make = _german if language == "de" else _english
    sharper = make(core, gaps, until, acts)
    fits = bool(sharper) and len(sharper) <= TEXT_LIMIT and sharper != sentence
    return Advice(gaps, sharper if fits else "")


def _german(core: str, gaps: Iterable[Gap], until: str, acts: Acts) -> str:
    if Gap.ACTOR in gaps:
        return _with_actor(core, until, acts)
    if Gap.VAGUE in gaps:
        return _first_of(core, until, (_promised_outright, _told, _invited))
    return _with_day(core, until)


def _english(core: str, gaps: Iterable[Gap], until: str, _acts: Acts) -> str:
    if Gap.ACTOR in gaps:
        return ""
    if Gap.VAGUE in gaps:
        return _first_of(core, until, (_tried, _told_in_english, _talked_about))
    return _ended(f"{core} {until}")


def _first_of(core: str, until: str, ways: Iterable[Callable[[str, str], str]]) -> str:
    return next(filter(None, (way(core, until) for way in ways)), "")


# --- German


def _with_actor(core: str, until: str, acts: Acts) -> str:
    """ "Den Antrag einreichen" becomes "Ich werde bis 20. Juli den Antrag einreichen"."""
    if not _DONE_BY.search(core) or _FINITE.search(core):
        return ""
    rest = core[0].lower() + core[1:] if _SMALL.match(core) else core
    return _ended(f"{'Wir werden' if acts is Acts.BOTH else 'Ich werde'} {until} {rest}")


def _promised_outright(core: str, until: str) -> str:
    """ "Ich versuche, den Antrag einzureichen" becomes "Ich werde bis 20. Juli den Antrag einreichen"."""
    said = _TO_DO.match(core)
    if said is None or _TO_DO_BESIDES.search(said["what"]):
        return ""
    verb = said["plain"] or said["pre"] + said["stem"]
    return _ended(f"{_will(said['who'])} {until} {said['what']} {verb}")


def _told(core: str, until: str) -> str:
    """ "Ich prüfe, ob es Geld gibt" becomes "Ich sage bis 20. Juli, ob es Geld gibt"."""
    if not (said := _WHETHER.match(core)):
        return ""
    return _ended(
        f"{said['who'].capitalize()} {'sagen' if _many(said['who']) else 'sage'} {until}, {said['what']}"
    )


def _invited(core: str, until: str) -> str:
    """ "Ich setze mich für den Bus ein" becomes "Ich lade bis 20. Juli zu einem Gespräch über den Bus ein"."""
    for preposition, way in _ABOUT:
        if said := way.match(core):
            who = said[1].capitalize()
            does = "laden" if _many(who) else "lade"
            return _ended(f"{who} {does} {until} zu einem Gespräch {preposition} {said['what']} ein")
    return ""


def _with_day(core: str, until: str) -> str:
    if not (said := _SUBJECT.match(core)):
        return _ended(f"{until[0].upper()}{until[1:]}: {core}")
    return _ended(f"{said['start']} {until}{said['rest']}")


def _will(who: str) -> str:
    return "Wir werden" if _many(who) else "Ich werde"


def _many(who: str) -> bool:
    return who.casefold() in ("wir", "we")


# --- English


def _tried(core: str, until: str) -> str:
    """ "I'll try to call the mayor" becomes "I will call the mayor by 20 July"."""
    return _ended(f"{_who(said)} will {said['what']} {until}") if (said := _TRY.match(core)) else ""


def _told_in_english(core: str, until: str) -> str:
    said = _SEE_IF.match(core)
    return _ended(f"{_who(said)} will say {until} {said['what']}") if said else ""


def _talked_about(core: str, until: str) -> str:
    said = _ON.match(core)
    return _ended(f"{_who(said)} will invite people to a talk about {said['what']} {until}") if said else ""


def _who(said: re.Match[str]) -> str:
    return said["who"].capitalize()


def _ended(sentence: str) -> str:
    """With single blanks, no blank before a comma, and a full stop."""
    return re.sub(r"\s+,", ",", " ".join(sentence.split())) + "."
