"""The pledge moment: it opens for everybody at once, is counted, and ends."""
