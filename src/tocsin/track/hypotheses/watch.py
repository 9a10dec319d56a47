"""What the tracker knows of a sensor: how bodies move in its coordinates, and what its looks are worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.earth.frames import enu_from_ecef
from tocsin.sensor.scan import Scan
from tocsin.track.hypotheses.crowd import crowding, hidden
from tocsin.track.hypotheses.leaves import STATE
from tocsin.track.hypotheses.radar_motion import AZIMUTH, ELEVATION, RANGE
from tocsin.track.hypotheses.radar_ways import predict_radar
from tocsin.track.hypotheses.telescope_motion import predict_telescope

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

# Priors of anything that flies (assumed): speed m/s, acceleration m/s2, density of jerk m2/s5.
SPEED = 8e3
# Of a plume when it is first seen: most by far are just above the clouds (assumed).
PLUME_SPEED, ACCELERATION, JERK_DENSITY = 2.5e3, 30.0, 15.0
EARTH_M = 6.4e6
BORN = (0.7, 0.3)  # of a radar's ways to move, before any motion is seen (assumed)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Watch:
    """One sensor to the tracker.

    detection: probability that a body in view gives a look; density: false looks per scan and unit of its
    coordinates; cell: a radar's resolution in range, m, and angle, rad, within which two bodies are one look.
    """

    radar: bool
    detection: float
    density: float
    cell: tuple[float, float] = (0.0, 0.0)

    @property
    def models(self) -> int:
        """Of a radar's bodies two, of a telescope's one."""
        return 2 if self.radar else 1

    @property
    def angle(self) -> int:
        """The value of a look that wraps at 2 pi, or -1."""
        return 1 if self.radar else -1

    @property
    def seen(self) -> Ints:
        """Which of the state each value of a look is.

        A range rate is left out: one of the wrong sign would leave a radar's bodies without a track, and the
        fit of the track's looks tells it.
        """
        return np.array([RANGE, AZIMUTH, ELEVATION] if self.radar else [0, 3])

    def around(self, scan: Scan, order: Ints) -> Array:
        """Density (k,) of what else may give a look there; order sorts those that count by their first
        value."""
        out = np.full(len(scan), self.density)
        away = float(np.linalg.norm(scan.r_ecef)) - EARTH_M
        crowding(scan.values, scan.sigmas, order, self.radar, away, self.density, out)
        return out

    def missed(self, x: Array, P: Array, w: Array, z: Array, order: Ints) -> tuple[Array, Array]:
        """ln of the chance of no look (n,), and that of being hidden in another's."""
        lost = np.zeros(len(x))
        if self.radar and self.cell[0] > 0.0 and len(order):
            hidden(x, P, w, z, order, self.cell[0], self.cell[1], lost)
        return np.log1p(-self.detection * (1.0 - lost)), lost

    def predict(self, x: Array, P: Array, w: Array, dt: Array, r_ecef: Array) -> None:
        """Move states in place by dt (n,), the sensor being at r_ecef (3,)."""
        if self.radar:
            lat, lon, _ = geodetic_from_ecef(r_ecef)
            enu = np.ascontiguousarray(enu_from_ecef(float(lat), float(lon)))
            predict_radar(x, P, w, dt, r_ecef, enu, np.empty((40, STATE)))
        else:
            q = np.full(len(x), JERK_DENSITY / (np.linalg.norm(r_ecef) - EARTH_M) ** 2)
            predict_telescope(x, P, dt, q)

    def born(self, z: Array, sigma: Array, r_ecef: Array) -> tuple[Array, Array, Array]:
        """States, covariances and weights of bodies of which one look z, sigma (n, q) each is all that is
        known."""
        n = len(z)
        x, P = np.zeros((n, self.models, STATE)), np.zeros((n, self.models, STATE, STATE))
        w = np.ones((n, 1)) if not self.radar else np.tile(BORN, (n, 1))
        if not self.radar:
            d = float(np.linalg.norm(r_ecef)) - EARTH_M
            for o in (0, 1):
                x[:, 0, 3 * o] = z[:, o]
                P[:, 0, 3 * o, 3 * o] = sigma[:, o] ** 2
                P[:, 0, 3 * o + 1, 3 * o + 1] = (PLUME_SPEED / d) ** 2
                P[:, 0, 3 * o + 2, 3 * o + 2] = (ACCELERATION / d) ** 2
            return x, P, w
        for k in range(3):
            x[:, :, k] = z[:, None, k]
            P[:, :, k, k] = sigma[:, None, k] ** 2
            P[:, :, 3 + k, 3 + k] = SPEED**2 / 3.0
        return x, P, w


def watches_of(telescope: list[bool], detection: Array, density: Array, cells: Array) -> tuple[Watch, ...]:
    """One for each of c sensors, by whether it is a telescope; detection, density (c,), cells (c, 2)."""
    return tuple(
        Watch(not eye, float(p), float(f), (float(s[0]), float(s[1])))
        for eye, p, f, s in zip(telescope, detection, density, cells, strict=True)
    )
