"""Whoever does not answer, and whoever cannot be reached: the other party is told."""
