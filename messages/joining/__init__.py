"""The words of joining."""
