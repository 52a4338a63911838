"""Figures of workshops, rounded so that nobody can be worked out from them."""
