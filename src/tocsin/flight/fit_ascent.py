"""A notional two-stage launcher matched to a real ascent, up to the separation of its first stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.errors import TocsinError
from tocsin.flight.cutoff import find_cutoff
from tocsin.flight.least_squares import least_squares
from tocsin.flight.notional import Notional
from tocsin.interchange.telemetry import Telemetry
from tocsin.motion.forces import ZONAL
from tocsin.motion.thrust import ascend

Array = NDArray[np.float64]

SEPARATION_S = 3.0  # after the cut-off, assumed
FEWEST = 20
# What one sample may be off, assumed. A webcast reads to 0.1-1 km and 0.3 m/s; but what this vehicle cannot
# follow, such as an engine throttled for some seconds, is off for many samples in a row.
SIGMA_H, SIGMA_V = 700.0, 20.0
MATCH_H, MATCH_V = 3e3, 80.0
# Each of `Notional`'s figures as assumed before, and how far it is moved for a derivative; the cut-off is
# known from the table. The last is the steering.
BEFORE = np.array([14.0, 3000.0, 0.0, 37.0, 0.0, 0.0, 0.1])
SPREAD = np.array([4.0, 300.0, 1.0, 10.0, 0.25, 1.0, 0.2])
SHIFT = np.array([1e-3, 1.0, 1e-2, 1e-2, 1e-4, 1e-3, 1e-4])
BURN, STEERING = 2, 6
STARTS = (0.05, 0.1, 0.2)
STEEPEST = 1.2


@final
@dataclass(frozen=True, slots=True, eq=False)
class AscentFit:
    """The match: height (n,) m and speed (n,) m/s at t (n,) s of the notional ascent and of the table.

    vehicle: the notional one; sigma: the 1-sigma of its figures, in its order, if SIGMA_H and SIGMA_V are
    each sample's own error. Steering is not part of it.
    """

    telemetry: Telemetry
    t: Array
    height: Array
    speed: Array
    told_height: Array
    told_speed: Array
    vehicle: Notional
    sigma: Notional

    @property
    def matched(self) -> bool:
        """Whether every sample lies within 3 km and 80 m/s."""
        height, speed = np.abs(self.height - self.told_height), np.abs(self.speed - self.told_speed)
        return bool(height.max() <= MATCH_H and speed.max() <= MATCH_V)


def fit_ascent(telemetry: Telemetry, lat: float, bearing: float, tell: Callable[[float], None]) -> AscentFit:
    """Match a notional launcher to the telemetry up to stage separation, 3 s after the engine's cut-off.

    Least squares on height and speed with assumed priors, from three starts; the best is taken. The cut-off
    is known to 1 s from the events beside the table, or from the table. lat and bearing (rad) set what the
    Earth's turning adds. tell is given the share done. Raises TocsinError where no cut-off is in the table,
    or nothing like an ascent.
    """
    told = telemetry.events.cutoff_s
    cutoff = find_cutoff(telemetry) if told is None else told
    if cutoff is None:
        raise TocsinError(
            f"{telemetry.file}: no engine stops in this table: its speed never grows by 15 m/s a second and "
            "then no more; give an ascent beyond its first cut-off, its speed in m/s"
        )
    if cutoff > telemetry.t[-1]:
        raise TocsinError(
            f"{telemetry.file}: ends at {telemetry.t[-1]:g} s, before the cut-off at {cutoff:g} s; "
            "give a table that goes on beyond it"
        )
    use = telemetry.t <= cutoff + SEPARATION_S
    t, height, speed = telemetry.t[use], telemetry.height[use], telemetry.speed[use]
    if len(t) < FEWEST:
        raise TocsinError(
            f"{telemetry.file}: {len(t)} samples up to the cut-off at {cutoff:g} s are too few; "
            f"give at least {FEWEST}"
        )
    before = BEFORE.copy()
    before[BURN] = cutoff

    def residual(p: Array) -> Array | None:
        flown = _flown(p, t, lat, bearing)
        if flown is None:
            return None
        return np.concatenate(
            [(flown[0] - height) / SIGMA_H, (flown[1] - speed) / SIGMA_V, (p - before) / SPREAD]
        )

    best = None
    for k, steering in enumerate(STARTS, start=1):
        start = before.copy()
        start[STEERING] = steering
        found = least_squares(residual, start, SHIFT)
        if found is not None and (best is None or found[1] @ found[1] < best[1] @ best[1]):
            best = found
        tell(k / len(STARTS))
    flown = None if best is None else _flown(best[0], t, lat, bearing)
    if best is None or flown is None:
        raise TocsinError(
            f"{telemetry.file}: no notional launcher burns for {cutoff:g} s; "
            "give the ascent of a launcher up to its first cut-off"
        )
    p, _, J = best
    sigma = np.sqrt(np.diag(np.linalg.inv(J.T @ J)))
    return AscentFit(telemetry, t, *flown, height, speed, _figures(p), _figures(sigma))


def _figures(p: Array) -> Notional:
    return Notional(*(float(value) for value in p[:STEERING]))


def _flown(p: Array, t: Array, lat: float, bearing: float) -> tuple[Array, Array] | None:
    """Height (m) and speed (m/s) of the notional ascent at times t; None for what cannot fly."""
    vehicle = _figures(p)
    body = vehicle.rocket()
    steering = float(p[STEERING])
    if body is None or not 0.0 < steering < STEEPEST:
        return None
    x = ascend(body, (lat, 0.0, 0.0), bearing, steering, vehicle.burn_s, t, forces=ZONAL)
    return geodetic_from_ecef(x[:, :3])[2], np.linalg.norm(x[:, 3:], axis=1)
