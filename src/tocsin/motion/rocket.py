"""A rocket as the equations of motion see it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tocsin.catalogue import Vehicle

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rocket:
    """A vehicle's figures in the order of the ascent's equations.

    stages (k, 4): stack mass at ignition kg, propellant kg, thrust N, exhaust speed m/s;
    body (3,): reference area m2, drag coefficient away from Mach 1.2 and at it;
    vertical_s and pitch_over_end_s: end of the vertical rise and of the pitch-over, s after lift-off.
    A stage burns for propellant * exhaust speed / thrust, and its shell falls away when it is empty.
    """

    stages: Array
    body: Array
    vertical_s: float
    pitch_over_end_s: float

    @property
    def burn_s(self) -> float:
        """Longest burn, all stages to the last drop, s."""
        return float(np.sum(self.stages[:, 1] * self.stages[:, 3] / self.stages[:, 2]))

    def scaled(self, thrust: Array, exhaust: float, pitch: float = 1.0) -> Rocket:
        """The same rocket with thrust (k,) by stage, exhaust speed and pitch-over duration multiplied."""
        stages = self.stages.copy()
        stages[:, 2] *= thrust
        stages[:, 3] *= exhaust
        end = self.vertical_s + pitch * (self.pitch_over_end_s - self.vertical_s)
        return replace(self, stages=stages, pitch_over_end_s=end)


def rocket(vehicle: Vehicle) -> Rocket:
    """The rocket of a catalogue vehicle: stack masses summed from the top down."""
    loaded = np.array([s.mass_kg for s in vehicle.stages])
    above = np.cumsum(loaded[::-1])[::-1] + vehicle.payload_kg
    stages = np.array([[s.mass_kg, s.propellant_kg, s.thrust_n, s.exhaust_m_s] for s in vehicle.stages])
    stages[:, 0] = above
    body = np.array([math.pi / 4 * vehicle.diameter_m**2, vehicle.cd, vehicle.cd_peak])
    return Rocket(stages, body, vehicle.vertical_s, vehicle.pitch_over_end_s)
