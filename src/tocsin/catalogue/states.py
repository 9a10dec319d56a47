"""In which state a satellite was, by date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, final

from tocsin.earth.time import tai_from_utc

Condition = Literal["working", "off station", "in doubt", "dead"]


@final
@dataclass(frozen=True, slots=True)
class State:
    """What a satellite was from a date on, until the next state: `note` says how that is known.

    "off station": it works as far as is known, but its apogees have drifted from where they were kept.
    "in doubt": whether it works is disputed or not published. "dead": it does not, and is in no network
    that does not name it.
    """

    from_utc: str
    state: Condition
    note: str

    @property
    def from_t(self) -> float:
        """When it begins, TAI s."""
        return tai_from_utc(self.from_utc)


def states_of(rows: Iterable[dict[str, Any]]) -> tuple[State, ...]:
    """The states of a satellite's rows, in order of time."""
    return tuple(sorted((State(**row) for row in rows), key=lambda state: state.from_t))


def state_at(states: tuple[State, ...], t_tai: float) -> State | None:
    """The state at a time (TAI s), of states in order; None before the first, when it was not in service."""
    begun = [state for state in states if state.from_t <= t_tai]
    return begun[-1] if begun else None
