"""States between the steps of a predicted arc."""

import numpy as np

from tests.estimate.scenes import BURNOUT, INV_BETA, T_BURNOUT
from tocsin.assess.ahead import between_states
from tocsin.motion.ballistic import impact, propagate

END = impact(T_BURNOUT, BURNOUT, INV_BETA)


def test_states_between_steps():
    t = np.linspace(T_BURNOUT, END.t, 240)
    x = propagate(T_BURNOUT, BURNOUT, INV_BETA, t)
    when = np.array([T_BURNOUT, T_BURNOUT + 3.3, 777.7, END.t - 200.0])
    exact = propagate(T_BURNOUT, BURNOUT, INV_BETA, when)
    np.testing.assert_allclose(between_states(t, x, when)[:, :3], exact[:, :3], atol=0.2)
    np.testing.assert_allclose(between_states(t, x, when)[:, 3:], exact[:, 3:], atol=0.2)
