"""The pledge moment: for some minutes everybody in the hall is asked for a pledge at once."""

from datetime import timedelta

LENGTHS = (10, 20, 30)
"""How many minutes it may be open."""
LEFT_ALONE = timedelta(minutes=5)
"""How long somebody who was asked for words, or has just come in, is left to that undisturbed."""
