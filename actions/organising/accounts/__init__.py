"""The same person with a new account, or with two: identified, moved, merged."""
