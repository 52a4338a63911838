"""The words of pledging."""
