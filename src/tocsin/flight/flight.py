"""What really flew, of any kind: a path that sensors can look at, and the facts of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, final

from tocsin.motion.path import Path

Kind = Literal[
    "ballistic",
    "glide",
    "space launch",
    "fractional orbit",
    "satellite",
    "re-entry",
    "meteor",
    "path",
    "ascent",
]
End = Literal["impact", "orbit", "burnt up", "in flight"]


@final
@dataclass(frozen=True, slots=True)
class Flight:
    """One thing that flew and what came off it; times are TAI s, places geodetic (lat, lon) rad.

    `vehicle` is the class of a notional vehicle, or the object's own name. `end` says how `path` ends:
    on the ground, in an orbit, burnt up in the air, or in flight where the plan or the table stops.
    What a kind has not (a meteor's launch, an orbit's impact) is None. `range_m` is from launch to
    impact along the ground. `companions` are spent stages, debris and released objects; `notes` are what to
    know of how it was flown.
    """

    kind: Kind
    vehicle: str
    path: Path
    companions: tuple[Path, ...]
    launch: tuple[float, float] | None
    t_launch: float | None
    t_burnout: float | None
    t_apogee: float
    apogee_m: float
    impact: tuple[float, float] | None
    t_impact: float | None
    range_m: float | None
    end: End
    notes: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every object: the body first, then its companions."""
        return (self.path, *self.companions)

    @property
    def t_end(self) -> float:
        """When the last of its objects has come down or is followed no longer."""
        return float(max(p.t[-1] for p in self.paths))
