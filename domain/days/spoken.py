"""A day as it is said within a sentence, so that `reading_until` reads it back."""

from datetime import date

_NAMES = {
    "de": (
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


def spoken(day: date, today: date, language: str) -> str:
    """ "bis 20. Juli", "by 20 July"; with the year unless it is the next such day after `today`."""
    year = "" if today < day < _a_year_after(today) else f" {day.year}"
    month = _NAMES[language][day.month - 1]
    return f"by {day.day} {month}{year}" if language == "en" else f"bis {day.day}. {month}{year}"


def _a_year_after(today: date) -> date:
    return date(today.year + 1, today.month, min(today.day, 28))
