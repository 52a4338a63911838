"""The database's history: one file per change of the tables."""
