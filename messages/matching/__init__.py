"""The messages of matching."""
