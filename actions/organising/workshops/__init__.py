"""Workshops: made, described, copied, closed; the calendars that hold for them."""
