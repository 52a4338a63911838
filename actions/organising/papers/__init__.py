"""Pledges that were made on paper: entered, and confirmed by both."""
