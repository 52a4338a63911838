"""The command menus that Telegram shows, in each language, and longer for organisers."""

from telegram import BotCommand

from domain.voice import Voice
from messages.catalogue import words

# German name and English name; the English one is also the key of the description.
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
    """The commands behind the menu button; those of the other language work just as well."""
    w = words(voice)
    return [
        BotCommand(english if voice is Voice.EN else german, w.label(f"commands.{english}"))
        for german, english in (ORGANISERS + EVERYONE if organiser else EVERYONE)
    ]
