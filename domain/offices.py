"""An MP's office."""

from datetime import timedelta

SEATS = 2
"""How many people act for an MP at a time."""
INVITED_FOR = timedelta(days=14)
"""How long an invitation into an office opens something."""
