"""Joins the lines of a message."""


def lines(*parts: str | None) -> str:
    """The parts (which are HTML), each on a line of its own, without those that are None or empty."""
    return "\n".join(part for part in parts if part)
