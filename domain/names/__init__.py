"""Names: finding somebody as people call them, judging a typed name, and taking a name out of words."""

from domain.names.blocking import BLOCK, blocked, full_name_blocked
from domain.names.directory import Directory
from domain.names.introduced import introduced
from domain.names.likeness import looks_like
from domain.names.objections import Objection, objection_to, objection_to_organisation
from domain.names.search import HITS, SHORTEST, Hit, Somebody, find, search
from domain.names.spelling import in_order

__all__ = [
    "BLOCK",
    "HITS",
    "SHORTEST",
    "Directory",
    "Hit",
    "Objection",
    "Somebody",
    "blocked",
    "find",
    "full_name_blocked",
    "in_order",
    "introduced",
    "looks_like",
    "objection_to",
    "objection_to_organisation",
    "search",
]
