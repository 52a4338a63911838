"""Figures as they are told: a number, or that it is below five, or at least that."""

from domain.figures import Figure
from messages.catalogue import Phrases


def shown(figure: Figure, w: Phrases) -> str:
    return str(figure) if isinstance(figure, int) else w.label(f"orga.counts.{figure}")
