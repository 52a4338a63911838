"""The care list: all that waits for the team, who sees to what, and what is new each month."""
