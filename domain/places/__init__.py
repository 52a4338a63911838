"""Places as people type them, and the Länder they lie in."""

from domain.places.gazetteer import load
from domain.places.laender import LAENDER
from domain.places.place import Place, Sureness, Understood
from domain.places.understanding import land_named, land_of, understood

__all__ = ["LAENDER", "Place", "Sureness", "Understood", "land_named", "land_of", "load", "understood"]
