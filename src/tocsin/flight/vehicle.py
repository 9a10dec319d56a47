"""One vehicle drawn around its class."""

from __future__ import annotations

import numpy as np

from tocsin.catalogue import Vehicle
from tocsin.motion.rocket import Rocket, rocket


def drawn(vehicle: Vehicle, rng: np.random.Generator | None) -> Rocket:
    """The rocket of a class as it is or, with a generator, one of it.

    Thrust of each stage, exhaust speed and the pitch-over's duration are drawn with the class's spreads.
    """
    body = rocket(vehicle)
    if rng is None:
        return body
    return body.scaled(
        1.0 + vehicle.spread_thrust * rng.standard_normal(len(body.stages)),
        1.0 + vehicle.spread_exhaust * rng.standard_normal(),
        1.0 + vehicle.spread_pitch_rate * rng.standard_normal(),
    )
