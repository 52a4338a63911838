"""Places as people type them, and the Länder that they are in."""

from domain.places.gazetteer import load
from domain.places.laender import LAENDER
from domain.places.phrases import declines
from domain.places.place import Place, PlaceAnswer, Sureness
from domain.places.spelling import spelt
from domain.places.understanding import land_named, land_of, understood

__all__ = [
    "LAENDER",
    "Place",
    "PlaceAnswer",
    "Sureness",
    "declines",
    "land_named",
    "land_of",
    "load",
    "spelt",
    "understood",
]
