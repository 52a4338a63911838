"""What comes in: updates as they arrive, and what words in them mean."""
