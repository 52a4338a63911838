"""An MP's office."""

SEATS = 2
"""How many people act for an MP at a time."""
