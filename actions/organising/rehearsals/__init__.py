"""A pledge is played before anybody makes it."""
