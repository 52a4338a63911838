"""A partner without Telegram: entered, reported for, and taking over their own side."""
