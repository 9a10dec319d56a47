"""How far known objects are from where their elements put them: six constants of the orbit each."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.elementspread import ElementSpread
from tocsin.earth.constants import MU
from tocsin.earth.time import DAY
from tocsin.motion.elementsets import ElementSets

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


TIES = 3  # radars that an object near a view may be tied to; of a fourth, the first is forgotten


@final
@dataclass(frozen=True, slots=True)
class ErrorState:
    """Offsets x (n, 6) of n orbits at times t (n,), covariance P (n, 6, 6), and what ties them to radars.

    x: tau s, by which the object is ahead along its orbit; its rate; p, q m, the eccentricity's vector times
    the semi-major axis; c, s m, the plane's tilt times it (relative orbital elements: D'Amico and
    Montenbruck, JGCD 29 (2006)). With u the argument of latitude and R, T, W radial, transverse, normal, a
    place is off by v tau + R (-2/3 r tau' - p cos u - q sin u) + T 2 (p sin u - q cos u) + W (c sin u - s cos
    u). cross (n, TIES, 6, 3): covariance of x with the fixed errors, as range, azimuth and elevation at 1
    sigma, of the radars tie (n, TIES), -1 for none. These errors are carried and never estimated (Schmidt's
    filter): a bias is not taken for noise that looks would average away.
    """

    t: Array
    x: Array
    P: Array
    tie: Ints
    cross: Array

    def __len__(self) -> int:
        return len(self.t)

    def where(self, rows: NDArray[np.bool_] | Ints) -> ErrorState:
        """The rows of a mask or an index."""
        return ErrorState(self.t[rows], self.x[rows], self.P[rows], self.tie[rows], self.cross[rows])

    def with_rows(self, rows: Ints, other: ErrorState) -> ErrorState:
        """A copy with some rows replaced."""
        out = ErrorState(*(getattr(self, f.name).copy() for f in fields(self)))
        for f in fields(self):
            getattr(out, f.name)[rows] = getattr(other, f.name)
        return out

    def untied(self, ties: int = TIES) -> ErrorState:
        """The same, tied to no radar: as if no radar's error had gone into them."""
        n = len(self)
        return ErrorState(self.t, self.x, self.P, np.full((n, ties), -1), np.zeros((n, ties, 6, 3)))

    def tied(self, radar: int) -> tuple[ErrorState, Ints]:
        """A copy in which each row has a place (n,) for a radar: one it had, a free one, or its oldest."""
        out = ErrorState(*(getattr(self, f.name).copy() for f in fields(self)))
        place = np.argmax(out.tie == radar, axis=1)
        new = np.flatnonzero(out.tie[np.arange(len(self)), place] != radar)
        full = new[(out.tie[new] >= 0).all(axis=1)]
        out.tie[full, :-1], out.cross[full, :-1] = out.tie[full, 1:], out.cross[full, 1:]
        out.tie[full, -1] = -1
        place[new] = np.argmin(out.tie[new], axis=1)
        out.tie[new, place[new]], out.cross[new, place[new]] = radar, 0.0
        return out, place


def joined_states(a: ErrorState, b: ErrorState) -> ErrorState:
    """The rows of both, one after the other."""
    return ErrorState(*(np.concatenate([getattr(a, f.name), getattr(b, f.name)]) for f in fields(a)))


def prior(elements: ElementSets, spread: ElementSpread) -> ErrorState:
    """What is known before any look: nought at the epoch, with the spread of element sets."""
    a = np.cbrt(MU / elements.mean_motion**2)
    speed = a * elements.mean_motion
    P = np.zeros((len(elements), 6, 6))
    P[:, 0, 0] = (spread.along_m / speed) ** 2
    P[:, 1, 1] = (spread.along_m_day / DAY / speed) ** 2
    P[:, [2, 3], [2, 3]] = spread.radial_m**2
    P[:, [4, 5], [4, 5]] = spread.cross_m**2
    none = np.empty((len(a), 0), np.int64)
    return ErrorState(elements.epoch_t, np.zeros((len(a), 6)), P, none, np.zeros((len(a), 0, 6, 3)))


def wandering(elements: ElementSets, spread: ElementSpread) -> Array:
    """Densities (n, 2) of the random walks of tau' (1/s) and of p, q, c, s (m2/s).

    The first makes an offset of drag_m_day along the track in a day: sigma^2 = q T^3 / 3. The formula of the
    offset is that of small eccentricities; of a large one its error is taken to be e times the radial spread,
    new each radian.
    """
    a = np.cbrt(MU / elements.mean_motion**2)
    drag = 3.0 * (spread.drag_m_day / (a * elements.mean_motion)) ** 2 / DAY**3
    shape = (elements.eccentricity * spread.radial_m) ** 2 * elements.mean_motion
    return np.column_stack([drag, spread.wander_m_day**2 / DAY + shape])
