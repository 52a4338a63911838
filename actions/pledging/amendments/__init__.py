"""Other words or another day for a pledge, proposed by one party and accepted by the other."""
