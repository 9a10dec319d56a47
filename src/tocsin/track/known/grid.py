"""Where all known objects are at each minute, and which of them are near a radar's view meanwhile."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.kernel import kernel
from tocsin.motion.orbits import Orbits
from tocsin.track.known.ahead import Ahead
from tocsin.track.known.equation import between
from tocsin.track.known.radarview import RadarView

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

STEP_S = 60.0  # the cubic between is then within half a metre of SGP4's orbit in low orbits
_FASTEST = 11.2e3  # m/s, of anything that stays
_OFFSET_M = 40e3  # so far along its track may an object be from its elements, and is still looked for
SLACK_M = 0.5 * STEP_S * _FASTEST + _OFFSET_M


@final
@dataclass(frozen=True, slots=True)
class Grid:
    """Nodes t (2,) TAI s, STEP_S apart; r, v (2, N, 3) of all objects there; near: of each radar, the objects
    that may be in its view between them. NaN, and near nothing, where SGP4 has no state.
    """

    t: Array
    r: Array
    v: Array
    near: tuple[Ints, ...]

    def in_sight(self, t: float, radar: int, view: RadarView) -> Ints:
        """The objects (m,), rising, that may be in a radar's view at a time between the nodes."""
        objects, s = self.near[radar], view.site
        inside = np.zeros(len(objects), dtype=bool)
        _in_sight(
            t, self.t, self.r, self.v, objects, view.r, view.axes, s.range_max_km * 1e3,
            math.sin(math.radians(s.el_min_deg) - 0.02), math.radians(s.boresight_deg),
            math.radians(s.sector_deg) / 2.0, inside, np.empty(6),
        )  # fmt: skip
        return objects[inside]

    def covers(self, t: float) -> bool:
        """Whether a time is between its nodes."""
        return bool(self.t[0] <= t <= self.t[1])


@kernel
def _may_see(
    r: Array, site: Array, axes: Array, reach: float, sine: float, mid: float, half: float, slack: float
) -> bool:
    """Whether a place r (3,), after a move by slack m, could be in view: not so for NaN."""
    e, n, u = 0.0, 0.0, 0.0
    for j in range(3):
        d = r[j] - site[j]
        e += axes[0, j] * d
        n += axes[1, j] * d
        u += axes[2, j] * d
    level = math.sqrt(e * e + n * n)
    far = math.sqrt(level * level + u * u)
    if not (far <= reach + slack and u + slack >= sine * far):
        return False
    if half >= math.pi or level <= slack:
        return True
    off = abs((math.atan2(e, n) - mid + math.pi) % (2.0 * math.pi) - math.pi)
    return bool(off - half <= math.asin(slack / level))


@kernel
def _near(
    r: Array, site: Array, axes: Array, reach: float, sine: float, mid: float, half: float, near: Bools
) -> None:
    """Mark what is in view, or could be after SLACK_M, at either of two nodes r (2, N, 3)."""
    for i in range(r.shape[1]):
        near[i] = _may_see(r[0, i], site, axes, reach, sine, mid, half, SLACK_M) or _may_see(
            r[1, i], site, axes, reach, sine, mid, half, SLACK_M
        )


@kernel
def _in_sight(
    t: float,
    nodes: Array,
    r: Array,
    v: Array,
    objects: Ints,
    site: Array,
    axes: Array,
    reach: float,
    sine: float,
    mid: float,
    half: float,
    inside: Bools,
    state: Array,
) -> None:
    h = nodes[1] - nodes[0]
    for i in range(objects.size):
        o = objects[i]
        between((t - nodes[0]) / h, h, r[0, o], v[0, o], r[1, o], v[1, o], state)
        inside[i] = _may_see(state[:3], site, axes, reach, sine, mid, half, _OFFSET_M)


def near_view(view: RadarView, r: Array) -> Ints:
    """The objects that may come into a radar's view between two nodes, STEP_S apart, of r (2, N, 3) m.

    None is left out: at any time between, an object is within SLACK_M of where it is at one of the two.
    """
    s, near = view.site, np.zeros(r.shape[1], dtype=bool)
    half = math.radians(s.sector_deg) / 2.0
    _near(
        r, view.r, view.axes, s.range_max_km * 1e3, math.sin(math.radians(s.el_min_deg) - 0.02),
        math.radians(s.boresight_deg), half, near,
    )  # fmt: skip
    return np.flatnonzero(near)


def grid_at(
    t: float,
    orbits: Orbits,
    views: tuple[RadarView, ...],
    before: Grid | None = None,
    ahead: Ahead | None = None,
) -> Grid:
    """The grid between whose nodes t lies: whole minutes; a node that `before` has is taken from it, and
    what `ahead` has of one from there.
    """
    first = math.floor(t / STEP_S) * STEP_S
    nodes = np.array([first, first + STEP_S])
    states = []
    for node in nodes:
        if before is not None and (before.t == node).any():
            k = int(np.argmax(before.t == node))
            states.append((before.r[k], before.v[k]))
        elif ahead is not None and ahead.t == node:
            states.append(ahead.states(orbits))
        else:
            states.append(Ahead(float(node)).states(orbits))
    r, v = np.stack([s[0] for s in states]), np.stack([s[1] for s in states])
    return Grid(nodes, r, v, tuple(near_view(view, r) for view in views))
