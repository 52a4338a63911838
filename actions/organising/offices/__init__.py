"""The people who act for an MP: invited, confirmed, succeeded, ended."""
