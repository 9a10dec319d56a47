"""How each class moves: densities over speed and climb at the sphere, laid on one grid."""

from __future__ import annotations

from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.classify.draws import FAMILIES, drawn, turned
from tocsin.assess.classify.names import BALLISTIC
from tocsin.assess.classify.surface import EDGES_KM, loft_of, speed_of
from tocsin.estimate.points import even_points

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

U_STEP = 0.1  # km/s
U_CELLS, HALF = 200, 100  # to 20 km/s and beyond; of the climb, below level and above
S_CELLS = 2 * HALF
LEAST_REACH_KM, MOST_KM_S, TOP_KM_S, OVER = 100.0, 7.9, 8.6, 0.03
"""A missile's least reach; where its speeds end, but for OVER of them that go on to TOP_KM_S: assumed."""
SMOOTH = 3
FINE, WAYS = 300, 32  # climbs, and headings with latitudes, over which the loft's law is spread
FLOOR = 1e-3  # of each family's share, even over the grid: what no model foresees


def bands() -> dict[str, tuple[float, float]]:
    """From and to which speed km/s each ballistic class goes; edges by reach."""
    low = [speed_of(LEAST_REACH_KM) / 1e3, *(speed_of(e) / 1e3 for e in EDGES_KM)]
    ends = [*low[1:], MOST_KM_S]
    by = dict(zip(("srbm", "mrbm", "irbm", "icbm-liquid"), zip(low, ends, strict=True), strict=True))
    return {**by, "icbm-solid": by["icbm-liquid"], "slbm": (1.5, MOST_KM_S)}


def speed_density(u: Array) -> Array:
    """p(u | class) per km/s (..., 6) of the ballistic classes at speeds u km/s: even within each band."""
    edges, density = _steps()
    return density[np.searchsorted(edges, u, side="right")]


@cache
def _steps() -> tuple[Array, Array]:
    """Where any class's density of speeds changes (k,), km/s, and the densities (k + 1, 6) between."""
    limits = bands()
    edges = np.unique([*(edge for band in limits.values() for edge in band), TOP_KM_S])
    density = np.zeros((len(edges) + 1, len(BALLISTIC)))
    for c, name in enumerate(BALLISTIC):
        low, high = limits[name]
        over = OVER if high == MOST_KM_S else 0.0
        density[1:, c] = np.where((edges >= low) & (edges < high), (1.0 - over) / (high - low), 0.0)
        density[1:, c] += np.where((edges >= high) & (edges < TOP_KM_S), over / (TOP_KM_S - MOST_KM_S), 0.0)
    return edges, density


def cells(u: Array, s: Array) -> tuple[Ints, Ints]:
    """The cell of speeds u km/s and sines of climb s; what lies beyond is in the last.

    Even in the angle of the climb, for steep arcs differ by degrees and not by sines; of what stays above the
    sphere even in s.
    """
    i = np.clip((u / U_STEP).astype(np.int64), 0, U_CELLS - 1)
    climb = np.where(s < 0.0, s, np.arcsin(np.minimum(np.abs(s), 1.0)) * (2.0 / np.pi))
    return i, np.clip(((climb + 1.0) * HALF).astype(np.int64), 0, S_CELLS - 1)


def loft_below(loft: Array, law: tuple[tuple[float, float, float], ...]) -> Array:
    """P(loft < given | ballistic missile) by the law's mixture of normal ones in its logarithm."""
    with np.errstate(divide="ignore"):
        x = np.log(loft)
    whole, normal = sum(share for share, *_ in law), np.vectorize(NormalDist().cdf, otypes=[float])
    return np.asarray(sum(share / whole * normal((x - mean) / sigma) for share, mean, sigma in law))


@cache
def climb_density(law: tuple[tuple[float, float, float], ...]) -> Array:
    """p(climb | u) of ballistic arcs (U_CELLS, S_CELLS), in each cell: the loft's law on a turning Earth."""
    u = np.asarray((np.arange(U_CELLS) + 0.5)[:, None] * U_STEP, dtype=np.float64)
    edges = np.asarray(np.sin(np.linspace(0.0, np.pi / 2.0, FINE + 1))[None, :], dtype=np.float64)
    below = loft_below(np.nan_to_num(loft_of(u * 1e3, edges), nan=0.0), law)
    below[:, -1] = 1.0
    fine = np.maximum(np.diff(np.maximum.accumulate(below, axis=1), axis=1, prepend=0.0), 0.0)[:, 1:]
    share = np.zeros(U_CELLS * S_CELLS)
    middle = np.broadcast_to(0.5 * (edges[:, 1:] + edges[:, :-1]), fine.shape)
    rows = np.broadcast_to(np.arange(U_CELLS)[:, None] * S_CELLS, fine.shape)
    for way in even_points(WAYS, 2):
        _, s = turned(np.broadcast_to(u, fine.shape), middle, way[None, None, :])
        share += np.bincount((rows + cells(u, s)[1]).ravel(), fine.ravel(), U_CELLS * S_CELLS)
    share = share.reshape(U_CELLS, S_CELLS) + WAYS * FLOOR / S_CELLS
    return np.asarray(share / share.sum(axis=1, keepdims=True))


@cache
def family_density() -> Array:
    """p(u, climb | class) per km/s (8, U_CELLS, S_CELLS), in each cell, of all but ballistic missiles."""
    out = np.empty((len(FAMILIES), U_CELLS, S_CELLS))
    for k, name in enumerate(FAMILIES):
        i, j = cells(*drawn(name))
        share = np.bincount(i * S_CELLS + j, minlength=U_CELLS * S_CELLS).reshape(U_CELLS, S_CELLS) / len(i)
        for _ in range(SMOOTH):
            share = smoothed(smoothed(share).T).T
        out[k] = ((1.0 - FLOOR) * share / share.sum() + FLOOR / share.size) / U_STEP
    return out


def smoothed(a: Array) -> Array:
    """Rows weighed 1, 2, 1; those at the edge with themselves."""
    padded = np.concatenate([a[:1], a, a[-1:]])
    return np.asarray((padded[:-2] + 2.0 * padded[1:-1] + padded[2:]) / 4.0)
