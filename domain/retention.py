"""How long things are kept. The operator sets the days for a pledge's words (`RETENTION_DAYS`)."""

from datetime import date, timedelta

NOTICE = timedelta(days=14)
"""How long before a pledge's words are deleted its parties are told."""
DRAFTS_KEPT = timedelta(days=7)
"""For pledges that were never made, drafts set aside and handshakes, from when they were begun, ended or taken back."""
COMPLAINTS_KEPT = timedelta(days=30)
"""For a text that was reported, from when organisers settled it; never longer than the words of its pledge."""
INQUIRIES_KEPT = timedelta(days=30)
"""For what somebody asked the team, from when it was closed, or answered if nothing was said in it since."""
WITHDRAWN_KEPT = timedelta(days=7)
"""For everything about somebody who withdrew the core consent, from their last answer about it."""
PROFILE_MONTHS = 9
"""For a profile, from the last workshop; it stays while the words of a pledge are kept."""
CONTACTS_KEPT = timedelta(days=30)
"""For a way to reach somebody that they gave to one person, from when they gave it."""
RELAYS_KEPT = timedelta(days=30)
"""For words that were passed on from one person to another, from when they were written."""
STOPS_KEPT = timedelta(days=183)
"""For that somebody wants no more words from another, from when they said so: then the other may try again."""
FILES_KEPT = timedelta(hours=1)
"""For a file with data of others, in the chat of whoever asked for it."""
CODES_KEPT = timedelta(days=30)
"""For a personal code, from when it was made; a new one may be made at any time."""
GUESTS_KEPT = timedelta(days=30)
"""For the guest list and the programme of a workshop, and the codes of those who never joined, from its day."""
SENT_KEPT = timedelta(days=90)
"""For an outbox row: its key and state, never words."""
AUDIT_MONTHS = 12
"""For the record of organisers' looks."""
UPDATES_KEPT = timedelta(hours=48)
"""For the id of an update, by which a repeated one is recognised. Telegram repeats it for a day at most."""
VISITORS_KEPT = timedelta(days=1)
"""For the chat id of somebody who looked in and did not join."""
COPY_KEPT = timedelta(days=1)
"""For the copy of the database from before an upgrade."""

ERASE_WITHIN = timedelta(minutes=10)
"""How long the question whether to erase everything can be answered with yes."""
A_PASS = timedelta(hours=1)
"""Within which the pass that deletes comes by."""

_A_DAY = timedelta(days=1)


def words_end_on(deadline: date, kept_days: int) -> date:
    """The first day without a pledge's words, which are kept for `kept_days` days after its deadline."""
    return deadline + timedelta(days=kept_days) + _A_DAY


def notice_on(deadline: date, kept_days: int) -> date:
    """The day on which both parties are told that the words will be deleted."""
    return deadline + timedelta(days=kept_days) - NOTICE


def latest_ended(today: date, kept_days: int) -> date:
    """The latest deadline of pledges without words today: the inverse of `words_end_on`."""
    return today - timedelta(days=kept_days) - _A_DAY


def latest_noticed(today: date, kept_days: int) -> date:
    """The latest deadline of pledges whose notice is due today: the inverse of `notice_on`."""
    return today - timedelta(days=kept_days) + NOTICE
