"""What class it is: from the energy of its arc, the templates' weights and where it came from."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

from tocsin.earth.constants import MU, OMEGA
from tocsin.estimate.ballistic import Gaussian

RADIUS = 6371e3
# Edges of the classes by reach (published usage), km; the share held back for anything else is assumed.
EDGES_KM = (1000.0, 3000.0, 5500.0)
OTHER = 0.02
CLASSES = ("srbm", "mrbm", "irbm", "icbm-liquid", "icbm-solid", "slbm", "space-launch", "other")


def reach_km(energy: float) -> float:
    """The greatest ground range km of a ballistic arc of this specific energy J/kg; inf in orbit.

    sin(psi / 2) = Q / (2 - Q), Q = v^2 R / mu (Bate, Mueller and White, ch. 6).
    """
    q = 2.0 * (energy + MU / RADIUS) * RADIUS / MU
    if q >= 1.0:
        return math.inf
    return 2.0 * math.asin(max(q, 0.0) / (2.0 - q)) * RADIUS / 1e3


def energy_of(reach: float) -> float:
    """The specific energy J/kg whose greatest range is `reach` km: the inverse of `reach_km`."""
    s = math.sin(reach * 1e3 / RADIUS / 2.0)
    q = 2.0 * s / (1.0 + s)
    return q * MU / RADIUS / 2.0 - MU / RADIUS


def classify(state: Gaussian | None, weights: dict[str, float], from_sea: float) -> dict[str, float]:
    """Probability of each class; they sum to one.

    The arc's energy, Gaussian with the state's covariance, is laid on the classes' ranges; within the
    intercontinental one the templates' weights tell liquid from solid; a launch from the sea (probability
    from_sea) makes it submarine-launched. Without a state the templates speak alone.
    """
    share = dict.fromkeys(CLASSES, 0.0)
    liquid = weights.get("icbm-liquid", 0.5) if weights else 0.5
    if state is None:
        reach = {name: w for name, w in weights.items() if name in share} or {"other": 1.0}
        return {name: reach.get(name, 0.0) for name in CLASSES}
    r = state.x[:3]
    v = state.x[3:] + np.cross(np.array([0.0, 0.0, OMEGA]), r)
    radius = float(np.linalg.norm(r))
    energy = float(v @ v) / 2.0 - MU / radius
    slope = np.concatenate([MU / radius**3 * r, v])
    spread = NormalDist(energy, max(math.sqrt(float(slope @ state.P @ slope)), 1e3))
    edges = [spread.cdf(energy_of(e)) for e in EDGES_KM] + [spread.cdf(MU / RADIUS / 2.0 - MU / RADIUS), 1.0]
    bands = np.diff([0.0, *edges])
    land = 1.0 - from_sea
    for name, p in zip(("srbm", "mrbm", "irbm"), bands[:3], strict=True):
        share[name] = float(p) * land
    share["icbm-liquid"] = float(bands[3]) * liquid * land
    share["icbm-solid"] = float(bands[3]) * (1.0 - liquid) * land
    share["slbm"] = float(bands[:4].sum()) * from_sea
    share["space-launch"] = float(bands[4])
    total = sum(share.values())
    return {
        name: p / total * (1.0 - OTHER) + (OTHER if name == "other" else 0.0) for name, p in share.items()
    }
