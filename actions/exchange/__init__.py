"""What an action talks through: the turn, the outbox, the transcript, drafts, and what a view may read."""
