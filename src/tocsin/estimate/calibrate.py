"""A radar's lasting errors from its looks at bodies whose paths others know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.assumed import assumed
from tocsin.earth.constants import OMEGA
from tocsin.earth.frames import half_turn
from tocsin.estimate.chi2 import chi2_tail
from tocsin.estimate.looks import Channel, Looks, without_rates
from tocsin.estimate.residuals import expected

Array = NDArray[np.float64]

RARE = 1e-6
SPIN = np.array([0.0, 0.0, OMEGA])


@final
@dataclass(frozen=True, slots=True)
class PathError:
    """1-sigma error of the known paths, m: radial, along and across; 0 where a path is taken as exact."""

    radial_m: float = assumed(150.0, 50.0, 500.0, "m", "an element set (SGP4) of a day or less", zero=True)
    along_m: float = assumed(800.0, 200.0, 3000.0, "m", "an element set's, which grows fastest", zero=True)
    across_m: float = assumed(200.0, 50.0, 600.0, "m", "an element set (SGP4) of a day or less", zero=True)


ELEMENT_SETS = PathError()
PRECISE = PathError(0.0, 0.0, 0.0)


@final
@dataclass(frozen=True, slots=True)
class Calibration:
    """A radar's lasting errors (q,), in order of `sensor.errors`, with covariance P (q, q).

    path (a, 6): what each arc's path is found off by, radial, along and across, m, and their rates m/s;
    residuals (n, 3): what is left of the looks, over sigma; chi2 with freedom, tail: how rare so much is.
    """

    status: Literal["converged", "unchecked", "contradictory", "unobservable"]
    errors: Array
    P: Array
    path: Array
    residuals: Array
    chi2: float
    freedom: int
    tail: float


def calibrate(
    looks: Looks, channel: Channel, x: Array, arc: NDArray[np.int64], off: PathError = PRECISE
) -> Calibration:
    """Solve z = h(x) + C e + H B d + noise for the lasting errors e and the errors d of the paths.

    looks: of one radar; range and angles are taken, for a range rate has no lasting error of its own; x
    (n, 6): the known states at the times of reception, Earth-fixed; arc (n,): which arc of one body and one
    ephemeris, from 0, each look is of. Each arc has six unknowns: an offset at its middle along radial,
    along-track and across, with sigmas `off`, and a rate of each with sigma x mean motion, for the error of
    an orbit comes and goes once a revolution. Linear, for all are small; priors of e are the channel's.
    Errors that leave chi-square rarer than RARE are "contradictory": P is then infinite. Looks of no more
    figures than there are lasting errors are "unchecked": what the priors allow explains them.
    """
    looks = without_rates(looks)
    n = len(looks)
    q = len(channel.bias_sigma)
    sound = bool(np.all(np.isfinite(looks.sigma) & (looks.sigma > 0.0)) and np.all(np.isfinite(x)))
    if n == 0 or not sound or not bool(np.all(np.isfinite(looks.z))):
        bad = np.full((n, 3), np.nan)
        return Calibration(
            "unobservable", np.zeros(q), np.full((q, q), np.inf), np.zeros((0, 6)), bad, np.nan, 0, np.nan
        )
    h, jac, lasting = expected(channel, x[:, :3], x[:, 3:], looks.r_sensor)
    jac = jac[:, :, :3]
    d = looks.z - h
    d[:, 1] = half_turn(d[:, 1])
    axes, motion = orbit_axes(x)
    arcs = int(arc.max()) + 1
    prior = [1.0 / np.square(channel.bias_sigma)]
    columns = [lasting]
    size = np.array([off.radial_m, off.along_m, off.across_m])
    if size.any():
        wide = np.maximum(size, 1e-3)
        for a in range(arcs):
            mine = arc == a
            s = np.where(mine, looks.t - looks.t[mine].mean(), 0.0)
            moved = np.einsum("nij,nkj->nik", jac, axes) * mine[:, None, None]
            columns += [moved, moved * s[:, None, None]]
            rate = wide * float(motion[mine].mean())
            prior += [1.0 / wide**2, 1.0 / rate**2]
    weight = 1.0 / looks.sigma
    A = (np.concatenate(columns, axis=2) * weight[..., None]).reshape(3 * n, -1)
    y = (d * weight).ravel()
    scale = 1.0 / np.sqrt(np.concatenate(prior))
    # Columns in units of their priors keep the normal matrix's condition in hand.
    information = (A * scale).T @ (A * scale) + np.eye(len(scale))
    P = np.linalg.inv(information) * scale[:, None] * scale[None, :]
    found = P @ (A.T @ y)
    left = y - A @ found
    chi2 = float(left @ left + np.sum(np.square(found / scale)))
    tail = chi2_tail(chi2, len(y))
    odd = tail < RARE
    return Calibration(
        status="contradictory" if odd else "unchecked" if 3 * n <= q else "converged",
        errors=found[:q],
        P=np.full((q, q), np.inf) if odd else P[:q, :q],
        path=found[q:].reshape(-1, 6),
        residuals=left.reshape(n, 3),
        chi2=chi2,
        freedom=len(y),
        tail=tail,
    )


def orbit_axes(x: Array) -> tuple[Array, Array]:
    """Radial, along and across unit vectors (n, 3, 3) in Earth-fixed axes at states (n, 6), and the rate at
    which the radius turns (n,) rad/s. Along completes the triad: it is the velocity's direction on a circle.
    """
    r = x[:, :3]
    v = x[:, 3:] + np.cross(SPIN, r)
    radial = r / np.linalg.norm(r, axis=1, keepdims=True)
    momentum = np.cross(r, v)
    size = np.linalg.norm(momentum, axis=1, keepdims=True)
    across = momentum / size
    return np.stack([radial, np.cross(across, radial), across], axis=1), size[:, 0] / np.sum(r * r, axis=1)
