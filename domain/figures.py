"""Figures about people: small ones are not told, because they could be traced to somebody."""

FEW = 5
"""Below this many people no number is told; if it counts people's words, nothing is told at all."""


def told(number: int) -> int | None:
    """The number as others may see it, None below five."""
    return number if number >= FEW else None
