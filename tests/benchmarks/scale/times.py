"""The moment at which the database is looked at."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

NOW = datetime(2027, 10, 13, 8, 0, tzinfo=UTC)  # a Wednesday, ten in Berlin: people are asked
ZONE = ZoneInfo("Europe/Berlin")
