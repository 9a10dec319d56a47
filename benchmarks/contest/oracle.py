"""The contestant that is told which look is whose: an arc fitted to each body's own looks."""

from __future__ import annotations

from typing import final

import numpy as np
from numpy.typing import NDArray

from contest.contestant import Claims
from contest.scene import Scene
from tocsin.estimate.ballistic import Gaussian, fit_ballistic
from tocsin.estimate.looks import Channel, Looks
from tocsin.motion.ballistic import propagate
from tocsin.motion.forces import GATING
from tocsin.sensor.measurement import position_from_radar, site_axes
from tocsin.sensor.scan import Scan

Array = NDArray[np.float64]

LEAST = 3  # looks that a body is told from, as of the others' tracks
ANYWHERE_M = 1e6


@final
class Oracle:
    """Every look a body is in, alone or merged, with the sigmas it has; solved anew each scan.

    Beside the looks it has the mean velocity that all are told.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene, self._known = scene, scene.known
        self._steps: list[Scan] = []
        self._looks: list[list[tuple[int, int]]] = [[] for _ in range(scene.count)]
        self._state: list[tuple[float, Array] | None] = [None] * scene.count
        degrees = (float(np.degrees(self._known.lat)), float(np.degrees(self._known.lon)))
        self._channel = (Channel("radar", False, (), "VHF", degrees),)

    def step(self, t: float, looks: Scan) -> Array:
        """As `Contestant`."""
        for row, inside in enumerate(self._scene.frames[len(self._steps)].bodies):
            for body in inside:
                self._looks[body].append((len(self._steps), row))
        self._steps.append(looks)
        found = [self._at(body, t) for body, seen in enumerate(self._looks) if len(seen) >= LEAST]
        return np.array(found).reshape(-1, 3)

    def claims(self) -> Claims:
        """As `Contestant`."""
        return [seen for seen in self._looks if len(seen) >= LEAST]

    def _at(self, body: int, t: float) -> Array:
        looks = self._table(body)
        t0 = float(looks.t[0])
        v = self._known.v_enu @ site_axes(self._known.r_site)
        first = np.concatenate([position_from_radar(looks.z[:1], looks.r_sensor[:1])[0], v])
        spread = np.repeat([ANYWHERE_M, self._known.v_sigma], 3)
        begun = self._state[body] or (t0, first)
        fit = fit_ballistic(
            looks, self._channel, *begun, 0.0, (Gaussian(t0, first, np.diag(spread**2)),), GATING
        )
        assert fit.status in ("converged", "manoeuvring"), fit.status
        self._state[body] = (fit.state.t, fit.state.x)
        return propagate(fit.state.t, fit.state.x, 0.0, [t], GATING)[0, :3]

    def _table(self, body: int) -> Looks:
        chosen = [(self._steps[k], row) for k, row in self._looks[body]]
        return Looks(
            np.array([s.t for s, _ in chosen]),
            np.zeros(len(chosen), np.int64),
            np.array([s.values[row] for s, row in chosen]),
            np.array([s.sigmas[row] for s, row in chosen]),
            np.tile(self._known.r_site, (len(chosen), 1)),
        )
