"""Wishes that are heard before anything else, when they are all that somebody says: help, quiet, an end, thanks."""

from enum import StrEnum

from domain.labels import spelt


class Wish(StrEnum):
    """What is wanted. Each value is one of its own wordings, which may stand for the others before consent."""

    HELP = "hilfe"
    PRIVACY = "datenschutz"
    PAUSE = "pause"
    STOP = "stopp"  # less of all this: which of pausing, taking back and erasing is asked
    ERASE = "loeschen"
    TEAM = "frag das team"


_SAID = {
    Wish.HELP: """
        hilfe, hilf mir, ich brauche hilfe, brauche hilfe, kannst du mir helfen, menü, hauptmenü, was kannst du,
        was kannst du alles, was geht hier, was kann ich hier machen, wie geht das, wie funktioniert das,
        help, help me, i need help, menu, main menu, what can you do, what can i do here, how does this work
    """,
    Wish.PRIVACY: """
        datenschutz, datenschutzerklärung, datenschutzhinweise, dsgvo, was passiert mit meinen daten,
        was speicherst du, gdpr, privacy, privacy policy, data protection, what happens to my data, what do you store
    """,
    Wish.PAUSE: """
        pause, pausieren, ich brauche eine pause, ich möchte eine pause, pause machen, eine pause, mach pause,
        mach mal pause, take a break, i need a break, a break, give me a break
    """,
    Wish.STOP: """
        stopp, stop, aufhören, hör auf, ich will nicht mehr, ich möchte nicht mehr, ich mag nicht mehr,
        will nicht mehr, möchte nicht mehr, keine lust mehr, ich habe keine lust mehr, abmelden, melde mich ab,
        ich möchte mich abmelden, ich will mich abmelden, abbestellen, austragen, abmeldung, lass mich in ruhe,
        lasst mich in ruhe, keine nachrichten mehr, schreib mir nicht mehr, unsubscribe, opt out, quit,
        leave me alone, no more messages, stop it, stop this, i don't want this anymore, i don't want to anymore
    """,
    Wish.ERASE: """
        löschen, lösch mich, lösche mich, lösch alles, lösche alles, alles löschen, daten löschen,
        meine daten löschen, lösch meine daten, lösche meine daten, profil löschen, mein profil löschen,
        konto löschen, mich löschen, ich will gelöscht werden, ich möchte gelöscht werden, delete, delete me,
        delete my data, delete everything, delete my profile, delete my account, erase, erase me, erase my data,
        erase everything, remove me, forget me
    """,
    Wish.TEAM: """
        frag das team, frage das team, frage an das team, frage ans team, eine frage an das team, eine frage ans team,
        ich habe eine frage, hab eine frage, ich habe eine frage an das team, ich habe eine frage ans team,
        ich möchte das team etwas fragen, ich möchte das team fragen, an das team, ans team, team fragen,
        kontakt zum team, ask the team, a question for the team, question for the team, question to the team,
        i have a question, i have a question for the team, i'd like to ask the team something, contact the team
    """,
}
_BY_WORDS = {spelt(said): wanted for wanted, listed in _SAID.items() for said in listed.split(",")}
_AROUND = frozenset(
    """
    bitte please danke hallo hi hey
    """.split()  # noqa: SIM905 - a list of words reads better
)

_THANKS = frozenset(
    """
    danke dank thanks thank thx merci super prima toll klasse spitze perfekt schoen cool great lovely wonderful
    brilliant perfect genial wunderbar nice hervorragend
    """.split()  # noqa: SIM905 - a list of words reads better
)
_WITH_THANKS = frozenset(
    """
    vielen herzlichen lieben tausend besten dir ihnen euch fuer alles an you so very much many a lot for
    everything das wars war s es ist sehr echt wirklich richtig tag der ein heute hier mit that was it its is were
    all the day fun today gut good really team liebe liebes mutmacher
    """.split()  # noqa: SIM905 - a list of words reads better
)
_CLOSING = ("alles klar", "gute arbeit", "well done", "cheers", "war gut")


def wish(text: str) -> Wish | None:
    """The wish that is the whole message; None if it says anything else, or only contains one."""
    said = spelt(text)
    bare = " ".join(word for word in said.split() if word not in _AROUND)
    return _BY_WORDS.get(said) or _BY_WORDS.get(bare)


def is_thanks(text: str) -> bool:
    """Whether the whole message is thanks or praise: "Schön war's!", "Vielen Dank für alles"."""
    words = spelt(text).split()
    thanks = [word for word in words if word in _THANKS]
    return " ".join(words) in _CLOSING or (
        bool(thanks) and all(word in _THANKS or word in _WITH_THANKS for word in words)
    )
