"""Way in 1: an update from Telegram comes in, one action runs."""
