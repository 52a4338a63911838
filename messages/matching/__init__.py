"""The words of matching."""
