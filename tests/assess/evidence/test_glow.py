"""What shines as it falls, and what does not."""

import numpy as np
import pytest
from msgspec.structs import replace

from tests.assess.evidence.test_hypotheses import channel
from tocsin.assess.evidence.glow import GLOW_M, RECENT_S, falls_shining
from tocsin.assess.evidence.stereo import Climb
from tocsin.earth.constants import R_EQ
from tocsin.estimate.body import Body, body_of
from tocsin.estimate.gaussian import Gaussian


def body(height_m=60e3, climb_m_s=-500.0, sigma_m_s=30.0, t=100.0) -> Body:
    """Over the equator, going east at 6 km/s; up is x."""
    P = np.diag([1e3] * 3 + [sigma_m_s] * 3) ** 2
    state = Gaussian(t, np.array([R_EQ + height_m, 0.0, 0.0, climb_m_s, 6000.0, 0.0]), P)
    return body_of(state, 1e-4)


def seen(last_t=100.0, kind="infrared"):
    return (replace(channel(kind), last_t=last_t),)


def test_a_body_that_falls_in_the_air_and_shines():
    assert falls_shining(body(), False, seen())
    assert falls_shining(body(), False, seen(100.0 - RECENT_S))


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
    assert not falls_shining(state, False, said)
    assert not falls_shining(state, True, said)


def test_what_moves_freely_is_followed_to_its_light():
    # Solved above the air, two minutes before it shone: by then it had fallen into it.
    high = body(height_m=140e3, climb_m_s=-500.0)
    assert falls_shining(high, True, seen(220.0))
    assert not falls_shining(high, False, seen(220.0))
    assert not falls_shining(high, True, seen(110.0))


@pytest.mark.parametrize(
    ("climb", "falls"),
    [
        (Climb(100.0, 60e3, -200.0, 50.0), True),
        (Climb(100.0, 60e3, -90.0, 50.0), False),
        (Climb(100.0, 60e3, 800.0, 50.0), False),
        (Climb(100.0, GLOW_M + 1.0, -200.0, 50.0), False),
    ],
)
def test_two_telescopes_tell_by_themselves(climb, falls):
    assert falls_shining(None, False, seen(), climb) == falls
