"""What people are about: the catalogue of topics and how a few hasty words are put on it."""
