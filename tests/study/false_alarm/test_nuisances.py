"""Where a glint seems to be: on the line that was drawn, at the target's height or at its own."""

import numpy as np
import pytest

from tocsin.earth.constants import R_EQ
from tocsin.motion.orbit import satellite_states
from tocsin.motion.path import Path
from tocsin.study.false_alarm.nuisances import glint, telescopes
from tocsin.study.false_alarm.watch import START_T
from tocsin.study.false_alarm.weight import Proposal


@pytest.mark.parametrize("height_m", [None, 30e3])
def test_a_glint_lies_where_its_telescope_sees_the_target(height_m):
    """Drawn within metres of the target, it is on the same line of sight, whatever its height."""
    eye = telescopes()[0]
    r = np.array([0.2, 0.35, 0.9]) / np.linalg.norm([0.2, 0.35, 0.9]) * (R_EQ + 500e3)
    v = np.array([-0.9, 0.43, 0.03]) * 7e3
    t = START_T + np.arange(0.0, 61.0)
    target = Path("target", t, r + (t - t[0])[:, None] * v, np.tile(v, (61, 1)), np.zeros(61), 1.0)
    close = Proposal(near=1.0, place_m=1.0, speed_m_s=0.1)
    path = glint(
        target, t[0], 60.0, eye, np.random.default_rng(1), ((1.0, 500.0),), close, None, height_m
    ).path
    at = satellite_states(eye.elements, path.t)[0]
    seen, meant = path.r_ecef - at, target.r_ecef - at
    apart = np.cross(seen, meant)
    off = np.linalg.norm(apart, axis=1) / np.linalg.norm(seen, axis=1) / np.linalg.norm(meant, axis=1)
    # The two meet at one of these times; the glint keeps the speed across that the target had then.
    assert off.min() < 1e-5
    far = np.linalg.norm(path.r_ecef, axis=1)
    expected = np.linalg.norm(r) if height_m is None else R_EQ + height_m
    assert far == pytest.approx(np.full(len(far), expected), rel=2e-3)
