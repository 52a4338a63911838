"""A pledge and its two parties: made, asked about, kept, ended."""
