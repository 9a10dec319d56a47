"""An independent reference for arcs: equations in an inertial frame, SOFA heights, SciPy's DOP853."""

import erfa
import numpy as np
from scipy.integrate import solve_ivp

from tests.earth.field import acceleration
from tocsin.earth.atmosphere import density

OMEGA = 7.292115e-5

# The reference flight's burnout, as the project's reference `bounds.md` prints it.
BURNOUT_T = 181.358
BURNOUT = np.array([-1350140.475, -3973436.638, 5072099.975, 2265.6147, 2304.5919, 5683.8499])


def turn(angle):
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[c, s, 0.0], [-s, c, 0.0], [0.0, 0.0, 1.0]])


def height(r):
    return float(erfa.gc2gd(1, np.asarray(r))[2])


def derivative(inv_beta, field, air=density):
    spin = np.array([0.0, 0.0, OMEGA])

    def f(t, y):
        r, v = y[:3], y[3:]
        to_fixed = turn(OMEGA * t)
        a = to_fixed.T @ acceleration(*(to_fixed @ r).tolist(), *field)
        if inv_beta:
            wind = v - np.cross(spin, r)
            a = a - 0.5 * air(height(r)) * np.linalg.norm(wind) * wind * inv_beta
        return np.concatenate([v, a])

    return f


def reference_arc(x0, inv_beta, span, events=None, max_step=np.inf, rtol=1e-12, field=(8, 8), air=density):
    """The solution over span (s) in the inertial frame that coincides with the Earth's at time 0."""
    start = np.concatenate([x0[:3], x0[3:] + np.cross([0.0, 0.0, OMEGA], x0[:3])])
    return solve_ivp(
        derivative(inv_beta, field, air),
        span,
        start,
        method="DOP853",
        rtol=rtol,
        atol=[1e-6] * 3 + [1e-9] * 3,
        events=events,
        max_step=max_step,
        dense_output=True,
    )


def earth_fixed(t, y):
    """The Earth-fixed state of an inertial one at time t."""
    to_fixed = turn(OMEGA * t)
    r = to_fixed @ y[:3]
    return np.concatenate([r, to_fixed @ y[3:] - np.cross([0.0, 0.0, OMEGA], r)])
