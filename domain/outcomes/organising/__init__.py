"""Outcomes of organising: the desk, broadcasts, rounds."""

from domain.outcomes.organising.broadcasts import Broadcasting
from domain.outcomes.organising.complaints import Complaining
from domain.outcomes.organising.desk import Desk
from domain.outcomes.organising.rounds import Rounds
from domain.outcomes.organising.silences import SilenceLists

Organising = Desk | Broadcasting | Rounds | Complaining | SilenceLists
