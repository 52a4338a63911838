"""The words of everybody's rights."""
