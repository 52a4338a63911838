"""What goes wrong on demand: outage, lost answers, errors, delay, scripted answers."""

import random
from dataclasses import dataclass, field, fields
from typing import Any

from stage.errors import ControlError, Json

SWITCHES = ("outage", "limits")
CHANCES = ("lose_answers", "error_rate")


@dataclass
class Faults:
    outage: bool = False
    limits: bool = False
    lose_answers: float = 0.0
    error_rate: float = 0.0
    error_every: int = 0
    latency_ms: float = 0.0
    next: list[Json] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._messages = 0  # sent while `error_every` is set

    def to_json(self) -> Json:
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def change(self, wanted: Json) -> None:
        """Set the named faults; raises ControlError, and sets none, if a name or a value is wrong."""
        checked = {name: _checked(name, value) for name, value in wanted.items()}
        for name, value in checked.items():
            setattr(self, name, value)

    def loses_answer(self) -> bool:
        return random.random() < self.lose_answers  # noqa: S311 - chance, not a secret

    def breaks(self, method: str) -> bool:
        """Whether this call is answered 500 without effect: by chance, or as every nth message."""
        return random.random() < self.error_rate or self._is_nth(method)  # noqa: S311

    def _is_nth(self, method: str) -> bool:
        if not self.error_every or method.lower() != "sendmessage":
            return False
        self._messages += 1
        return self._messages % self.error_every == 0

    def scripted(self, method: str) -> Json | None:
        """The answer scripted for this call, if there is one; it is used up."""
        for step in self.next:
            if step.get("method", "*").lower() in ("*", method.lower()):
                step["times"] -= 1
                if step["times"] <= 0:
                    self.next.remove(step)
                return step
        return None


def _checked(name: str, value: Any) -> Any:
    if name in SWITCHES and isinstance(value, bool):
        return value
    if name in CHANCES and isinstance(value, int | float) and 0 <= value <= 1:
        return float(value)
    if name == "error_every" and type(value) is int and value >= 0:
        return value
    if name == "latency_ms" and isinstance(value, int | float) and 0 <= value <= 60_000:  # noqa: PLR2004
        return value
    if name == "next" and isinstance(value, list):
        return [_step(step) for step in value]
    raise ControlError(f"no such fault or wrong value: {name}")


def _step(step: Any) -> Json:
    if not isinstance(step, dict) or not isinstance(step.get("method", "*"), str):
        raise ControlError("next: a list of objects with method, code, description, parameters, times")
    wanted = {"times": 1, "code": 500, **step}
    if not all(isinstance(wanted[name], int) for name in ("code", "times")) or wanted["code"] not in range(
        200, 600
    ):
        raise ControlError("next: code (200 to 599) and times are whole numbers")
    kinds = {"parameters": dict, "description": str, "body": str}
    if wrong := [name for name, kind in kinds.items() if not isinstance(step.get(name, kind()), kind)]:
        raise ControlError(f"next: {wrong[0]} is not what Telegram answers with")
    return {"times": 1, **step}
