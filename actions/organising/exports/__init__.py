"""Data of a workshop as a file: for a purpose that is said first, and for an hour."""
