"""One thing that flew, as the study needs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.classify.names import LOFTS
from tocsin.assess.classify.surface import EDGES_KM, LOFT_EDGES, crossing, loft_of, speed_of
from tocsin.earth.constants import MU, OMEGA
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.motion.ballistic import propagate
from tocsin.motion.impact import impact

Array = NDArray[np.float64]

LONGEST_S = 5400.0


@final
@dataclass(frozen=True, slots=True, eq=False)
class Flown:
    """A flight: its class and loft, and its path, Earth-fixed m and m/s at s.

    t_light (k,), light (k, 6): while it shines, none where no telescope could see it; t (n,), x (n, 6): in
    free flight, each second, a coast before a bus pushes included; looks_from, looks_until: when a radar may
    look; impact: lat, lon rad, None where none comes down; loft: index in LOFTS, None but of ballistic
    missiles. power: W/sr at t_light and then at t, (k + n,), which the study of calibration does not ask for;
    rcs_m2: mean radar cross-section.
    """

    name: str
    loft: int | None
    t_light: Array
    light: Array
    t: Array
    x: Array
    looks_from: float
    looks_until: float
    impact: tuple[float, float] | None
    in_orbit: bool
    power: Array
    rcs_m2: float


def dark_after(power: Array, t: Array) -> Array:
    """The power of an ascent (k,), and none at the times t (n,) of free flight."""
    return np.concatenate([power, np.zeros(len(t))])


def invariants(x: Array) -> tuple[float, float]:
    """Speed m/s and sine of the climb at the mean sphere of the arc of a state (6,)."""
    v = x[3:] + np.cross([0.0, 0.0, OMEGA], x[:3])
    energy = float(v @ v) / 2.0 - MU / float(np.linalg.norm(x[:3]))
    u, s = crossing(np.array([energy]), np.array([float(np.linalg.norm(np.cross(x[:3], v)))]))
    return float(u[0]), float(s[0])


def of_reach(x: Array) -> str:
    """The class by the reach of a state's energy: "srbm", "mrbm", "irbm" or "icbm"."""
    edges = [speed_of(e) for e in EDGES_KM]
    return ("srbm", "mrbm", "irbm", "icbm")[int(np.searchsorted(edges, invariants(x)[0]))]


def true_loft(x: Array) -> int:
    """The loft of a state's arc, as an index in LOFTS."""
    u, s = invariants(x)
    return int(np.searchsorted(LOFT_EDGES, loft_of(np.array([u]), np.array([s]))[0])) % len(LOFTS)


def falling(t0: float, x0: Array, inv_beta: float) -> tuple[Array, Array, tuple[float, float] | None, bool]:
    """Each second of free flight from a state on, the impact, and whether it stays in orbit."""
    end = impact(t0, x0, inv_beta)
    down = end.status == "impact"
    until = min(end.t, t0 + LONGEST_S) if down else t0 + LONGEST_S
    t = np.arange(t0, until, 1.0)
    x = propagate(t0, x0, inv_beta, t)
    good = np.isfinite(x).all(axis=1)
    where = None
    if down:
        lat, lon, _ = geodetic_from_ecef(end.x[:3])
        where = (float(lat), float(lon))
    return t[good], x[good], where, end.status == "orbit"
