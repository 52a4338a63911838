"""A pledge and its two owners: made, asked about, kept, ended."""
