"""A proposal and the answers to it, and the day on which the two talk again."""
