"""The messages of pledging."""
