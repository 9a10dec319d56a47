"""What comes off a vehicle: spent stages, debris and released objects, each a path to the ground."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.plan import Release
from tocsin.motion.ballistic import impact, propagate
from tocsin.motion.path import Path
from tocsin.motion.rocket import Rocket

Array = NDArray[np.float64]

# Assumed: a tumbling empty cylinder, some 10 kg per m2 of wall, broadside drag; seen from the side by radar.
SPENT_BETA = 150.0  # kg/m2
SPENT_RCS = 10.0  # m2
SPENT_DV = 2.0  # m/s, the push that parts the last stage from what it carried
SAMPLE_S = 1.0


def falling(
    name: str, t0: float, x0: Array, beta: float, rcs_m2: float, longest_s: float, shape: str = "body"
) -> Path:
    """The path of an unpowered body from x0 at t0 (TAI s) to the ground, or for longest_s if it stays up."""
    end = impact(t0, x0, 1.0 / beta, t_max=longest_s)
    until = end.t if end.status == "impact" else t0 + longest_s
    t = np.append(np.arange(t0, until - 1e-3, SAMPLE_S), until)
    x = propagate(t0, x0, 1.0 / beta, t)
    return Path(name, t, x[:, :3], x[:, 3:], np.zeros(len(t)), rcs_m2, shape)


def directions(count: int, rng: np.random.Generator | None) -> Array:
    """Unit vectors (count, 3): spread evenly over the sphere (Fibonacci's spiral), at random with an rng."""
    if rng is not None:
        v = rng.standard_normal((count, 3))
        return np.asarray(v / np.linalg.norm(v, axis=1, keepdims=True))
    k = np.arange(count) + 0.5
    z = 1.0 - 2.0 * k / count
    angle = math.pi * (3.0 - math.sqrt(5.0)) * k
    level = np.sqrt(1.0 - z * z)
    return np.stack([level * np.cos(angle), level * np.sin(angle), z], axis=1)


def released(
    what: str, release: Release, t_burnout: float, x_burnout: Array, beta: float,
    rng: np.random.Generator | None, longest_s: float,
) -> list[Path]:  # fmt: skip
    """Paths of the objects of a release, each with its velocity change."""
    t0 = t_burnout + release.after_burnout_s
    x0 = propagate(t_burnout, x_burnout, 1.0 / beta, [t0])[0]
    paths = []
    for number, direction in enumerate(directions(release.count, rng), start=1):
        x = np.concatenate([x0[:3], x0[3:] + release.dv_m_s * direction])
        name = f"{what} {number}"
        paths.append(falling(name, t0, x, release.beta_kg_m2, release.rcs_m2, longest_s))
    return paths


def spent(name: str, body: Rocket, t_launch: float, t_up: Array, up: Array, longest_s: float) -> list[Path]:
    """Paths of the stages that have burnt out by the end of the powered path (t_up, up), each from there.

    t_up (n,) s after lift-off must hold the end of each stage's burn. The last one falls away backwards.
    """
    ends = np.cumsum(body.stages[:, 1] * body.stages[:, 3] / body.stages[:, 2])
    cutoff = float(t_up[-1])
    paths = []
    for number, end in enumerate(ends, start=1):
        last = end >= cutoff - 1e-6
        at = len(t_up) - 1 if last else int(np.argmin(np.abs(t_up - end)))
        x = up[at].copy()
        if last:
            x[3:] -= SPENT_DV * x[3:] / np.linalg.norm(x[3:])
        title = f"{name} stage {number}"
        paths.append(falling(title, t_launch + float(t_up[at]), x, SPENT_BETA, SPENT_RCS, longest_s, "stage"))
        if last:
            break
    return paths
