"""Way in 2: the clock ticks, and what is due goes out."""
