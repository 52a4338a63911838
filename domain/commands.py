"""The words after a slash that mean something to us. Any other is somebody's own word."""

KNOWN = frozenset(
    (
        "start",
        # in every state, before joining too
        "hilfe", "help", "datenschutz", "privacy", "developer_info", "auskunft", "mydata",
        "widerruf", "consents", "loeschen", "delete", "abbrechen", "cancel", "sprache", "language",
        # people with a profile
        "profil", "profile", "partner", "matches", "versprechen", "pledges", "pause",
        "programm", "programme",
        # organisers
        "orga", "werkstatt", "workshop", "teilnehmende", "people", "stand", "stats", "ankuendigung", "broadcast",
        "runde", "round", "probe", "rehearsal", "aufgaben", "care",
        # later
        "export",
    )
)  # fmt: skip
