"""A filter run over the looks of radars at one body: what it holds after every look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.errors import TocsinError
from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.looks import Looks, without_rates
from tocsin.motion.forces import STANDARD, Forces
from tocsin.sensor.measurement import site_axes
from tocsin.study.filters import extended, radar_coordinates, unscented_cartesian
from tocsin.study.filters.kalman import predicted
from tocsin.study.filters.start import fitted, two_looks

Array = NDArray[np.float64]
Name = Literal["extended", "iterated", "unscented", "radar-coordinates"]
Start = Literal["two-look", "fitted"]

NAMES: tuple[Name, ...] = ("extended", "iterated", "unscented", "radar-coordinates")
ROUNDS = 5  # of the iterated filter; more change nothing
KAPPA = 3.0  # of the sigma points; 0 and 1 give a little less true covariances, 3 - n fails
USED = 3  # looks that a start takes; two of them, first and last, for an arc


@final
@dataclass(frozen=True, slots=True)
class Filtered:
    """After each look from the start on: t (k,) TAI s, states x (k, 6 + q) and their covariances P."""

    t: Array
    x: Array
    P: Array


def run_filter(
    name: Name,
    looks: Looks,
    bias_sigma: tuple[float, ...] = (),
    start: Start = "fitted",
    forces: Forces = STANDARD,
) -> Filtered:
    """Filter the range and angles of radars' looks (n,) in order of time, of a body outside the air.

    bias_sigma (q,): priors of what range, azimuth and elevation are constantly wrong by, none or all three;
    these are then states too, and the start is an arc through two looks. Raises TocsinError for fewer than
    four looks, for looks of several sites where the state is in radar coordinates, and for errors of which
    only some are given.
    """
    if name not in NAMES:
        raise TocsinError(f"no filter {name!r}: one of {', '.join(NAMES)}")
    looks = without_rates(looks)
    if len(looks) <= USED:
        raise TocsinError(f"a filter starts from {USED} looks and needs one more: {len(looks)} given")
    if len(bias_sigma) not in (0, 3):
        raise TocsinError("give the prior of all three of a radar's biases, or of none")
    if np.ptp(looks.channel) and (name == "radar-coordinates" or bias_sigma):
        raise TocsinError("a state in radar coordinates, or with biases, takes the looks of one radar")
    if start == "fitted" and not bias_sigma:
        begun = fitted(looks.where(np.arange(USED)), forces)
    else:
        begun = two_looks(looks.where(np.array([0, USED - 1])), bias_sigma, forces)
    return filtered(name, begun, looks.where(np.arange(USED, len(looks))), forces)


def filtered(name: Name, begun: Gaussian, looks: Looks, forces: Forces = STANDARD) -> Filtered:
    """Filter looks that come after a state is held."""
    t = np.concatenate([[begun.t], looks.t])
    axes = np.ascontiguousarray(site_axes(looks.r_sensor))
    given = (np.diff(t), looks.z, looks.sigma, looks.r_sensor, axes, forces.degree, forces.order, forces.air)
    if name == "radar-coordinates":
        y = radar_coordinates.to_radar(begun.x, looks.r_sensor[0], axes[0], looks.z[0, 1])
        J = np.linalg.inv(radar_coordinates.slopes(y, looks.r_sensor[0], axes[0]))
        x, P = follow_in_radar_coordinates(begun.x, begun.P, y, J @ begun.P @ J.T, *given)
    elif name == "unscented":
        x, P = follow_unscented(begun.x, begun.P, *given)
    else:
        x, P = follow_extended(begun.x, begun.P, *given, ROUNDS if name == "iterated" else 1)
    return Filtered(t, x, P)


@njit(cache=True, error_model="numpy")
def follow_extended(
    x0: Array, P0: Array, dt: Array, z: Array, sigma: Array, place: Array, axes: Array,
    degree: int, order: int, air: Array, rounds: int,
) -> tuple[Array, Array]:  # fmt: skip
    """States (m + 1, n) and covariances at the start and after each of m looks."""
    m, n = len(dt), len(x0)
    x, P = np.empty((m + 1, n)), np.empty((m + 1, n, n))
    x[0], P[0] = x0, P0
    for k in range(m):
        x[k + 1], P[k + 1] = extended.step(
            x[k], P[k], dt[k], z[k], sigma[k], place[k], axes[k], degree, order, air, rounds
        )
    return x, P


@njit(cache=True, error_model="numpy")
def follow_unscented(
    x0: Array, P0: Array, dt: Array, z: Array, sigma: Array, place: Array, axes: Array,
    degree: int, order: int, air: Array,
) -> tuple[Array, Array]:  # fmt: skip
    """As `follow_extended`, by sigma points."""
    m, n = len(dt), len(x0)
    x, P = np.empty((m + 1, n)), np.empty((m + 1, n, n))
    x[0], P[0] = x0, P0
    for k in range(m):
        x[k + 1], P[k + 1] = unscented_cartesian.step(
            x[k], P[k], dt[k], z[k], sigma[k], place[k], axes[k], degree, order, air, KAPPA
        )
    return x, P


@njit(cache=True, error_model="numpy")
def follow_in_radar_coordinates(
    x0: Array, P0: Array, y: Array, held: Array, dt: Array, z: Array, sigma: Array, place: Array, axes: Array,
    degree: int, order: int, air: Array,
) -> tuple[Array, Array]:  # fmt: skip
    """As `follow_extended`, with y (n,) and held (n, n) the start in radar coordinates."""
    m, n = len(dt), len(x0)
    x, P = np.empty((m + 1, n)), np.empty((m + 1, n, n))
    x[0], P[0] = x0, P0
    nothing = np.zeros((n, n))
    for k in range(m):
        y, held = radar_coordinates.step(
            y, held, dt[k], z[k], sigma[k], place[k], axes[k], degree, order, air, KAPPA
        )
        x[k + 1] = radar_coordinates.from_radar(y, place[k], axes[k])
        P[k + 1] = predicted(held, radar_coordinates.slopes(y, place[k], axes[k]), nothing)
    return x, P
