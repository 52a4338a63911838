"""Way in 2: the clock ticks, what is due goes out."""
