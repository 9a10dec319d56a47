"""How fast an ascent rises and how fast it goes over the ground, from telemetry's speed and height."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import TocsinError
from tocsin.flight.smoothest import bends, smoothest
from tocsin.flight.straight import between, integral
from tocsin.interchange.telemetry import Telemetry

Array = NDArray[np.float64]

# What a reading is off, assumed: a webcast shows the speed to 1 km/h and the height to 0.1 km, which rounds
# by 30 m; where it shows whole kilometres, the table's own scatter tells.
SPEED_M_S, HEIGHT_M = 0.3, 30.0
MOST_NODES = 1000
CLIMB_S, MOST_CLIMB_NODES = 5.0, 250
FREE, FREE_S = 1e-2, 2.0  # an engine that starts or stops may bend the speed, within 2 s of the told time
OFF_M, OFF_SIGMAS = 1e3, 5.0
GRAVITY, RADIUS_M = 9.81, 6.371e6


@final
@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """Rates that run straight from each time t (n,) s to the next: upward and level (n,) m/s.

    height (n,) m is the upward rate's integral; pull (n,) m/s2 the speed's gain with gravity's part along
    the path, which is thrust, less drag, over mass.
    """

    t: Array
    height: Array
    upward: Array
    level: Array
    pull: Array


def profile(telemetry: Telemetry) -> Profile:
    """The profile at steps of 1 s or less, smoothed no further than the table's resolution allows.

    Speed v: the smoothest series within 0.3 m/s, root mean square. Climb angle g: sin g is the smoothest
    series with h0 + integral of v sin g within 30 m, root mean square, or within the heights' own scatter
    where that is more. So speed and height both are the table's. Raises TocsinError where no angle takes
    that speed to those heights within 1 km, or within five times the scatter.
    """
    keep = np.unique(np.floor(telemetry.t), return_index=True)[1]  # at most one sample a second
    t, told, height = telemetry.t[keep], telemetry.speed[keep], telemetry.height[keep]
    span = float(t[-1] - t[0])
    grid = np.linspace(t[0], t[-1], int(np.ceil(span)) + 1)
    speed = _speed(telemetry, t, told, grid)
    nodes = np.linspace(t[0], t[-1], min(int(np.ceil(span / CLIMB_S)), MOST_CLIMB_NODES) + 1)
    sine_at = between(nodes, grid)
    sigma = max(HEIGHT_M, _scatter(height))
    risen = integral(grid, speed[:, None] * sine_at)
    sine = smoothest(between(grid, t) @ risen, height - height[0], sigma, bends(len(nodes)), 1.0)
    sine = sine_at @ sine
    upward = speed * sine
    reached = height[0] + integral(grid, upward)
    off = np.abs(np.interp(t, grid, reached) - height)
    if not off.max() <= max(OFF_M, OFF_SIGMAS * sigma):
        at = int(off.argmax())
        raise TocsinError(
            f"{telemetry.file}: at {t[at]:g} s: height and speed are {off[at] / 1e3:,.1f} km apart; "
            "give the height in km, and the speed relative to the Earth in m/s"
        )
    gravity = GRAVITY * (RADIUS_M / (RADIUS_M + reached)) ** 2
    return Profile(
        t=grid,
        height=reached,
        upward=upward,
        level=speed * np.sqrt(np.maximum(1.0 - sine**2, 0.0)),
        pull=np.gradient(speed, grid) + gravity * sine,
    )


def _speed(telemetry: Telemetry, t: Array, told: Array, grid: Array) -> Array:
    """The smoothed speed (m/s) on the grid."""
    nodes = grid if len(grid) <= MOST_NODES else np.linspace(grid[0], grid[-1], MOST_NODES)
    D = bends(len(nodes))
    events = telemetry.events
    for at in (events.cutoff_s, events.restart_s, events.shutdown_s):
        if at is not None:
            D[np.abs(nodes[1:-1] - at) <= FREE_S] *= FREE
    return np.maximum(between(nodes, grid) @ smoothest(between(nodes, t), told, SPEED_M_S, D), 0.0)


def _scatter(height: Array) -> float:
    """The heights' own noise (m), from third differences, whose variance is 20 times a sample's."""
    third = np.diff(height, n=3)
    return float(np.sqrt((third**2).mean() / 20.0)) if len(third) else 0.0
