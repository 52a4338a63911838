"""The command menus that Telegram shows, in each language, and longer for the team."""

from collections.abc import Collection

from telegram import BotCommand

from domain.voice import Voice
from messages.catalogue import words

# German name and English name; the English one is also the key of the description.
EVERYONE = (
    ("start", "start"),
    ("partner", "matches"),
    ("versprechen", "pledges"),
    ("programm", "programme"),
    ("profil", "profile"),
    ("hilfe", "help"),
    ("pause", "pause"),
    ("sprache", "language"),
    ("datenschutz", "privacy"),
    ("auskunft", "mydata"),
    ("widerruf", "consents"),
    ("loeschen", "delete"),
    ("abbrechen", "cancel"),
)
ORGANISERS = (
    ("orga", "orga"),
    ("aufgaben", "care"),
    ("ankuendigung", "broadcast"),
    ("werkstatt", "workshop"),
    ("teilnehmende", "people"),
    ("stand", "stats"),
    ("runde", "round"),
    ("probe", "rehearsal"),
)


def menu(voice: Voice, team: Collection[str] = ()) -> list[BotCommand]:
    """The commands behind the menu button, those of the `team` (in either language) first."""
    w = words(voice)
    theirs = tuple(each for each in ORGANISERS if each[0] in team)
    return [
        BotCommand(english if voice is Voice.EN else german, w.label(f"commands.{english}"))
        for german, english in theirs + EVERYONE
    ]
