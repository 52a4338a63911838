"""The messages about everybody's rights."""
