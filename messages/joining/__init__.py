"""The messages of joining."""
