"""Lines under one another, without those that have nothing to say."""


def lines(*parts: str | None) -> str:
    """The parts that are there, each on a line of its own. They are HTML already."""
    return "\n".join(part for part in parts if part)
