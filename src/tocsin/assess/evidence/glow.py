"""What shines as it falls: a body that comes down in the air glows, and hardly anything burns so."""

from __future__ import annotations

import numpy as np

from tocsin.assess.assessment import Evidence
from tocsin.earth.ellipsoid import height_and_up
from tocsin.estimate.gaussian import Gaussian

# Of a fall that is sure, and of how late it was seen to shine; above GLOW_M nothing glows: all assumed.
SURE, RECENT_S, GLOW_M = 2.0, 30.0, 90e3


def falls_shining(state: Gaussian | None, evidence: tuple[Evidence, ...]) -> bool:
    """Whether a telescope saw it shine to within RECENT_S of a state that surely falls, in the air.

    v.up < -2 sigma of v.up, below 90 km. What was launched burns as it climbs, and falls long after.
    """
    seen = [e.last_t for e in evidence if e.phenomenology == "infrared" and e.looks > 0]
    if state is None or not seen or state.t - max(seen) > RECENT_S:
        return False
    r, v = state.x[:3], state.x[3:]
    height, _, _, *normal = height_and_up(*r)
    if height >= GLOW_M:
        return False
    out = np.array(normal)
    sigma = float(np.sqrt(out @ state.P[3:, 3:] @ out))
    return bool(v @ out < -SURE * sigma)
