"""Outcomes of pledging: until both have agreed, and after."""
