"""Guest lists in files that organisers send: a table (CSV) or a workbook (XLSX).

Nothing of a file is trusted, and only what is used is read of it: name, organisation, place, Land and role. E-mail
addresses are not: one is often a whole office's, and the bot writes to nobody by them.
"""

from domain.guest_lists.comparing import (
    GuestChange,
    GuestField,
    GuestListPlan,
    KnownGuest,
    plan,
    same_name,
    surely,
)
from domain.guest_lists.reading import read_list
from domain.guest_lists.rows import (
    LARGEST,
    MOST,
    GuestListError,
    GuestRow,
    ListFault,
    ListRead,
    RowFault,
)

__all__ = [
    "LARGEST",
    "MOST",
    "GuestChange",
    "GuestField",
    "GuestListError",
    "GuestListPlan",
    "GuestRow",
    "KnownGuest",
    "ListFault",
    "ListRead",
    "RowFault",
    "plan",
    "read_list",
    "same_name",
    "surely",
]
