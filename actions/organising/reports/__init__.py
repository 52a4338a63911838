"""What came of a workshop: its report, as a file and as a page, and what is in it."""
