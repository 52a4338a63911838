"""How much a run of these tests does: by default what a run of all tests can bear, else what its variable says."""

import os


def sized(name, usual):
    """The number that this variable holds; None if it says `all`."""
    said = os.environ.get(name)
    if not said:
        return usual
    return None if said == "all" else int(said)
