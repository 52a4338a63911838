"""A person's new account on Telegram, after theirs was lost."""

from datetime import timedelta

LINK_KEPT = timedelta(days=1)
"""How long the personal link that an organiser made opens something: it makes its opener that person."""
OBJECTION = timedelta(days=14)
"""How long whoever has the old account may say that it was not them; as long its number is kept, and no longer."""
