"""The programme of the day: its items, from a list or typed, shown, and reminded of."""
