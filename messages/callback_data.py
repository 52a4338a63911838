"""What a button carries: its verb and its arguments, in at most 64 ASCII bytes."""

from dataclasses import dataclass

from domain.button_data import is_well_spelt
from messages.buttons import Verb

_VERBS = {verb.value: verb for verb in Verb}


@dataclass(frozen=True)
class Press:
    """What the callback data of a pressed button says."""

    verb: Verb
    args: tuple[str, ...]


def encode(verb: Verb, *args: object) -> str:
    """The callback data of a button. Raises ValueError for arguments that do not fit."""
    data = ":".join((verb.value, *(str(a) for a in args)))
    if not is_well_spelt(data):
        raise ValueError(f"a button cannot say {verb.value} with {len(args)} arguments")
    return data


def decode(data: str) -> Press | None:
    """What callback data says, None for any that this version would not write."""
    if not is_well_spelt(data):
        return None
    word, *args = data.split(":")
    verb = _VERBS.get(word)
    return Press(verb, tuple(args)) if verb else None
