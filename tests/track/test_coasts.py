"""Where arcs are by now: the same whatever was asked before."""

from types import SimpleNamespace

import numpy as np
import pytest

from tocsin.motion.coasting import propagate_each
from tocsin.motion.forces import GATING
from tocsin.track.coasts import Coasts

INV_BETA = 1e-4
SETTING = SimpleNamespace(bank=SimpleNamespace(inv_beta=INV_BETA))
T0 = 123_456.0


@pytest.fixture
def picture():
    """Two orbits 600 and 1,000 km high, solved at different times."""
    states = [
        SimpleNamespace(t=T0, x=np.array([6.978e6, 0.0, 0.0, 0.0, 5.0e3, 5.1e3])),
        SimpleNamespace(t=T0 + 777.0, x=np.array([0.0, 7.378e6, 0.0, -4.2e3, 0.0, 5.6e3])),
    ]
    solutions = tuple(SimpleNamespace(state=s) for s in states)
    return SimpleNamespace(systems=SimpleNamespace(founder=np.array([7, 9])), solutions=solutions)


def asked(coasts, picture, t):
    return coasts(picture, np.array([0, 1]), t, SETTING)


def test_an_arc_of_hours_is_that_of_one_go(picture):
    t = T0 + 7000.0
    t0 = np.array([s.state.t for s in picture.solutions])
    x0 = np.array([s.state.x for s in picture.solutions])
    plain = propagate_each(t0, x0, INV_BETA, t, GATING)
    assert np.abs(asked(Coasts(), picture, t) - plain)[:, :3].max() < 1.0


@pytest.mark.parametrize("before", [(3000.0,), (900.0, 2000.0, 6990.0), (9000.0,), (6999.0, 7100.0, 800.0)])
def test_it_hangs_on_nothing_that_was_asked_before(picture, before):
    coasts = Coasts()
    for t in before:
        asked(coasts, picture, T0 + t)
    assert np.array_equal(asked(coasts, picture, T0 + 7000.0), asked(Coasts(), picture, T0 + 7000.0))


def test_what_is_forgotten_is_worked_out_again(picture):
    coasts = Coasts()
    first = asked(coasts, picture, T0 + 5000.0)
    coasts.keep({9})
    assert np.array_equal(asked(coasts, picture, T0 + 5000.0), first)
    coasts.keep(set())
    assert not coasts._held
