"""What shines as it falls: a body that comes down in the air glows, and hardly anything burns so."""

from __future__ import annotations

import numpy as np

from tocsin.assess.assessment import Evidence
from tocsin.assess.evidence.stereo import Climb
from tocsin.earth.ellipsoid import height_and_up
from tocsin.estimate.body import Body
from tocsin.estimate.gaussian import transported

# Of a fall that is sure, and of how late it was seen to shine; above GLOW_M nothing glows: all assumed.
SURE, RECENT_S, GLOW_M = 2.0, 30.0, 90e3
LONGEST_S = 600.0  # that a fall is followed on by itself


def falls_shining(
    body: Body | None, free: bool, evidence: tuple[Evidence, ...], climb: Climb | None = None
) -> bool:
    """Whether a telescope saw it shine where it surely fell, in the air.

    v.up < -2 sigma of v.up, below 90 km: by several telescopes' looks alone (`climb`), or as the body moved
    when it was last seen to shine, to within RECENT_S; free: it moves on an arc and can be followed to then.
    What was launched burns as it climbs, and falls long after.
    """
    if climb is not None and 0.0 < climb.height_m < GLOW_M and climb.v_up < -SURE * climb.sigma:
        return True
    seen = [e.last_t for e in evidence if e.phenomenology == "infrared" and e.looks > 0]
    if body is None or not seen:
        return False
    state, late = body.state, max(seen) - body.t
    if free and 0.0 < late < LONGEST_S:
        state = transported(state, max(seen), body.inv_beta)
    elif abs(late) > RECENT_S:
        return False
    r, v = state.x[:3], state.x[3:]
    height, _, _, *normal = height_and_up(*r)
    if not height < GLOW_M:
        return False
    out = np.array(normal)
    sigma = float(np.sqrt(out @ state.P[3:, 3:] @ out))
    return bool(v @ out < -SURE * sigma)
