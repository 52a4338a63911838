"""What a person, or the clock, can make happen. Each is one transaction's work; none commits."""
