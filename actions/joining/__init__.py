"""Joining: the welcome, consents, the profile."""
