"""The people who act for a member of parliament: invited, confirmed, succeeded, ended."""
