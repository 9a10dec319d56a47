"""What shines as it falls, and what does not."""

import numpy as np
import pytest

from tests.assess.evidence.test_hypotheses import channel
from tocsin.assess.evidence.glow import GLOW_M, RECENT_S, falls_shining
from tocsin.earth.constants import R_EQ
from tocsin.estimate.gaussian import Gaussian


def body(height_m=60e3, climb_m_s=-500.0, sigma_m_s=30.0, t=100.0) -> Gaussian:
    """Over the equator, going east at 6 km/s; up is x."""
    P = np.diag([1e3] * 3 + [sigma_m_s] * 3) ** 2
    return Gaussian(t, np.array([R_EQ + height_m, 0.0, 0.0, climb_m_s, 6000.0, 0.0]), P)


def seen(last_t=100.0, kind="infrared"):
    from msgspec.structs import replace

    return (replace(channel(kind), last_t=last_t),)


def test_a_body_that_falls_in_the_air_and_shines():
    assert falls_shining(body(), seen())
    assert falls_shining(body(), seen(100.0 - RECENT_S))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (body(climb_m_s=500.0), seen()),  # it climbs
        (body(climb_m_s=-50.0), seen()),  # whether it falls is not sure
        (body(height_m=GLOW_M + 1.0), seen()),  # above the air
        (body(), seen(100.0 - RECENT_S - 1.0)),  # it shone long before, when it may have climbed
        (body(), seen(kind="radar")),  # nothing shone
        (body(), ()),
        (None, seen()),
    ],
)
def test_what_is_no_such_thing(state, said):
    assert not falls_shining(state, said)
