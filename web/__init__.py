"""Way in 3: an HTTP request comes in."""
