"""The promise moment: for some minutes everybody in the hall is asked for a pledge at once."""

from datetime import timedelta

LENGTHS = (10, 20, 30)
"""For how many minutes it may be opened."""
LEFT_ALONE = timedelta(minutes=5)
"""For so long somebody who is just being asked for words, or has just come in, is not torn out of that."""
