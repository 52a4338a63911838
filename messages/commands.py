"""The command menus, as Telegram shows them: per language, and longer for organisers."""

from telegram import BotCommand

from domain.voice import Voice
from messages.catalogue import words

# German name, English name; the English one also names the description in the catalogue.
EVERYONE = (
    ("start", "start"),
    ("partner", "matches"),
    ("versprechen", "pledges"),
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
    ("ankuendigung", "broadcast"),
    ("werkstatt", "workshop"),
    ("teilnehmende", "people"),
    ("stand", "stats"),
    ("runde", "round"),
)


def menu(voice: Voice, organiser: bool) -> list[BotCommand]:
    """What stands behind the menu button; the names in the other language work all the same."""
    w = words(voice)
    return [
        BotCommand(english if voice is Voice.EN else german, w.label(f"commands.{english}"))
        for german, english in (ORGANISERS + EVERYONE if organiser else EVERYONE)
    ]
