"""Broadcasts: composed, looked at by a second person, sent in batches, halted, taken back, reported."""
