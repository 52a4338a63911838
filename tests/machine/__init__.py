"""Searches for what people and the clock could do to a pledge that ends in a state that must not be.

`engine` is the whole bot in one thread, `rules` what may happen, `invariants` what has to hold after each of it.
"""
