"""The use cases: what a person, or the clock, can make happen. Each works in the caller's transaction; none commits."""
