"""Figures about people. Small ones could be traced to somebody."""

FEW = 5
"""Below so many people no number is told, and where it counts people's words, nothing at all."""


def told(number: int) -> int | None:
    """The number as others may see it; None below five."""
    return number if number >= FEW else None
