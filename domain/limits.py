"""How much one person may send, and ask of others, so that nobody is flooded. No limit tells anybody's no."""

from datetime import timedelta

MESSAGES = 20
"""How many messages of one person are read within `WINDOW`."""
PRESSES = 60
"""How many presses of one person count within `WINDOW`: tapping through topics is fast."""
WINDOW = timedelta(minutes=1)
"""Over which both are counted, and for how long nothing is read once they were too many."""
OPEN_INTRODUCTIONS = 5
"""How many people one person may be waiting for at the same time."""
OPEN_PROPOSALS = 5
"""How many proposals of one person may wait for a yes at the same time."""
PROPOSALS_A_DAY = 3
"""How many proposals one person may make to the same other person on one local day."""
AMENDMENTS_A_DAY = 3
"""How many amendments of one pledge one party may propose on one local day."""
EVIDENCE = 10
"""How many links and photos one party may add to one pledge."""
EVIDENCE_A_DAY = 3
"""How many of them on one local day: each reaches the other in a message of its own."""
RELAY_WORDS = 300  # UTF-16 units of one message
RELAYS_A_DAY = 3
"""How many messages one person may have passed on to the same other person on one local day."""
SEARCHES = 10
"""Lists of people found by a name within `SEARCHES_WITHIN`: nobody reads a workshop's names by trying."""
SEARCHES_WITHIN = timedelta(minutes=10)
TEAM_WORDS = 1000
"""UTF-16 units of a question to the team, and of an answer."""
QUESTIONS_TO_TEAM_A_DAY = 10
"""How often one person may give a question to the team on one local day."""
WRONG_CODES = 5
"""Personal codes that open nothing, of one chat within `WRONG_CODES_WITHIN`: nobody becomes somebody by trying."""
WRONG_CODES_WITHIN = timedelta(hours=1)
PING_EVERY = timedelta(minutes=10)
"""How often at most a new message says that the same thing has changed again; in between the last one is edited."""

ALWAYS_READ = frozenset(
    ("datenschutz", "privacy", "developer_info", "auskunft", "mydata", "loeschen", "delete", "widerruf", "consents",
     "pause", "hilfe", "help")
)  # fmt: skip
"""Commands that are read and answered however much else came: they are people's rights."""
ALWAYS_HEARD = frozenset(
    ("privacy", "my_data", "erase", "erase_yes", "erase_no", "consents", "consent_off", "pause", "no_pause", "resume",
     "help", "k_no", "u_no")
)  # fmt: skip
"""What the buttons do that are heard likewise (`messages.buttons.Verb`)."""
