"""Rounds of talks: composed, looked at, changed, sent, seated, and in slots and tables."""
