"""Which role people mean by what they call themselves: "MdB", "Bürgermeisterin", "für die Stadtverwaltung".

If in doubt it is none of them, and a tap settles it.
"""

import re

from domain.labels import spelt
from domain.roles import Role

_LONGEST = 10  # words; a longer text tells a story
# What makes any role doubtful: it is denied, past, somebody else's, or one of several.
_DOUBTFUL = frozenset(
    """
    nicht kein keine keiner nie ehemals ehemalig ehemalige ehemaliger frueher war gewesen ex mit gegen ohne beim
    altbuergermeister altbuergermeisterin mann frau sohn tochter kandidat kandidatin kandidiere not no never
    former formerly was with against without husband wife candidate running
    """.split()  # noqa: SIM905 - a list of words reads better
)
_CALLED: dict[Role, str] = {
    Role.TOWN_HALL: """
        ob obm rathaus bürgermeisteramt landrat landrätin landratsamt landkreis kreis gemeinde kommune stadt
        kommunalpolitik kommunalverwaltung magistrat verbandsgemeinde samtgemeinde beigeordnete beigeordneter
        dezernent dezernentin kämmerer kämmerin ortsvorsteher ortsvorsteherin
        mayor mayoress deputymayor councillor councilor alderman municipality council townhall
    """,
    Role.ASSOCIATION: """
        ev vereine initiative ngo ngos nichtregierungsorganisation ehrenamt ehrenamtlich ehrenamtliche
        ehrenamtlicher ehrenamtler zivilgesellschaft association charity nonprofit club volunteer grassroots
    """,
    Role.BUSINESS: """
        unternehmen unternehmer unternehmerin firma gmbh ag startup startups stiftungen selbstständig selbständig
        selbstständige selbstständiger gründer gründerin wirtschaft mittelstand freiberufler freiberuflerin
        company business foundation entrepreneur founder freelancer
    """,
    Role.AUTHORITY: """
        ministerien minister ministerin staatssekretär staatssekretärin behörde bundesbehörde landesbehörde
        bundesamt landesamt bundesregierung landesregierung bezirksregierung regierungspräsidium ministry authority
    """,
    Role.MP: """
        mdb mdl mdhb mdbb bundestag landtag abgeordnete abgeordneter abgeordneten bundestagsabgeordnete
        bundestagsabgeordneter landtagsabgeordnete landtagsabgeordneter parlamentarier parlamentarierin mp
    """,
    Role.OFFICE: "abgeordnetenbüro wahlkreisbüro bundestagsbüro landtagsbüro",
    Role.OTHER: "privat privatperson bürger bürgerin sonstiges anderes keins citizen other",
}
_WHOLE = {spelt(word): role for role, words in _CALLED.items() for word in words.split()}
_ENDINGS: tuple[tuple[str, Role], ...] = (
    ("buergermeister", Role.TOWN_HALL),
    ("buergermeisterin", Role.TOWN_HALL),
    ("stadtrat", Role.TOWN_HALL),
    ("stadtraetin", Role.TOWN_HALL),
    ("gemeinderat", Role.TOWN_HALL),
    ("gemeinderaetin", Role.TOWN_HALL),
    ("kreistag", Role.TOWN_HALL),
    ("stadtverwaltung", Role.TOWN_HALL),
    ("gemeindeverwaltung", Role.TOWN_HALL),
    ("kreisverwaltung", Role.TOWN_HALL),
    ("verein", Role.ASSOCIATION),
    ("initiative", Role.ASSOCIATION),
    ("ministerium", Role.AUTHORITY),
    ("stiftung", Role.BUSINESS),
)
_PHRASES = (
    ("e v", "ev"),
    ("m d b", "mdb"),
    ("m d l", "mdl"),
    ("town hall", "townhall"),
    ("city hall", "townhall"),
    ("deputy mayor", "deputymayor"),
    ("non profit", "nonprofit"),
    ("start up", "startup"),
    ("small business", "business"),
    ("member of parliament", "mp"),
    ("mitglied des bundestages", "mdb"),
    ("mitglied des bundestags", "mdb"),
    ("mitglied des landtages", "mdl"),
    ("mitglied des landtags", "mdl"),
    ("city council", "council"),
    ("town council", "council"),
    ("etwas anderes", "anderes"),
    ("nichts davon", "keins"),
    ("keins davon", "keins"),
    ("keine davon", "keins"),
    ("none of these", "other"),
    ("something else", "other"),
)
# Somebody who works for an MP, or who says whose office it is.
_STAFF = re.compile(r"(?:buero|mitarbeit|referent|praktikant|bueroleit|staffer|staff|assistan|aide|office)")


def role_named(text: str) -> Role | None:
    """The role that is surely meant; None if it could be another one, or if the text says more than that."""
    said = f" {_plain(text)} "
    for phrase, word in _PHRASES:
        said = said.replace(f" {phrase} ", f" {word} ")
    words = said.split()
    if "?" in text or len(words) > _LONGEST or _DOUBTFUL.intersection(words):
        return None
    named = {role for word in words if (role := _role_of(word)) is not None}
    if Role.MP in named and any(_STAFF.match(word) for word in words):
        named = named - {Role.MP} | {Role.OFFICE}
    if named == {Role.MP, Role.OFFICE}:
        return Role.OFFICE
    return named.pop() if len(named) == 1 else None


def _plain(text: str) -> str:
    """Spelt as in the table: "Bürgermeister:in", "Bürgermeister*innen" and "BürgermeisterIn" become one word."""
    return spelt(re.sub(r"(?<=\w)(?:[:*_/]-?|\()[iI]n(?:nen)?\)?(?!\w)", "in", text))


def _role_of(word: str) -> Role | None:
    return _WHOLE.get(word) or next((role for ending, role in _ENDINGS if word.endswith(ending)), None)
