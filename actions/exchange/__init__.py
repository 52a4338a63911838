"""What an action talks through: the turn, what it owes, drafts, and what a view may look at."""
