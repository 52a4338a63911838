"""Who is expected: guest lists, personal codes, and arriving at the reception."""
