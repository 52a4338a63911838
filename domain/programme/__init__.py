"""The programme of a workshop's day: its items, how organisers send them, and what is on at a time."""

from domain.programme.comparing import ItemChange, KnownItem, ProgrammePlan, plan
from domain.programme.items import MOST, Item, ItemFault, ProgrammeError, SentFault, SentRead, in_order
from domain.programme.lines import ItemError, item_in
from domain.programme.now import LAST_TAKES, REMINDED_BEFORE, NowAndNext, now_and_next
from domain.programme.reading import LARGEST, read_programme

__all__ = [
    "LARGEST",
    "LAST_TAKES",
    "MOST",
    "REMINDED_BEFORE",
    "Item",
    "ItemChange",
    "ItemError",
    "ItemFault",
    "KnownItem",
    "NowAndNext",
    "ProgrammeError",
    "ProgrammePlan",
    "SentFault",
    "SentRead",
    "in_order",
    "item_in",
    "now_and_next",
    "plan",
    "read_programme",
]
