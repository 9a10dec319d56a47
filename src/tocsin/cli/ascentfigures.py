"""The match of a notional launcher to a real ascent, in plain figures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tocsin.flight.fit_ascent import AscentFit

Array = NDArray[np.float64]

ASSUMED = (
    "assumed: 550 t at lift-off (a path tells forces over masses only), a gravity turn, the US 1976 "
    "atmosphere, no wind",
    "assumed before the table: thrust 14 +- 4 m/s2, its limit 37 +- 10 m/s2, exhaust 3,000 +- 300 m/s, "
    "the cut-off to 1 s",
    "each sigma is as if every sample were off by 700 m and 20 m/s, whatever its neighbours are",
)


def fit_figures(fit: AscentFit, lat_deg: float, bearing_deg: float) -> dict[str, Any]:
    """The match in plain figures; how the notional launcher was steered is not among them."""
    own, sigma = fit.vehicle, fit.sigma
    later, drag = math.exp(own.ln_later), math.exp(own.ln_drag)
    return {
        "table": str(fit.telemetry.file),
        "name": fit.telemetry.name,
        "matched": fit.matched,
        "lat_deg": lat_deg,
        "bearing_deg": bearing_deg,
        "until_s": float(fit.t[-1]),
        "height": _apart(fit.t, (fit.height - fit.told_height) / 1e3, "km"),
        "speed": _apart(fit.t, fit.speed - fit.told_speed, "m_s"),
        "vehicle": _vehicle(own.thrust, own.exhaust, own.burn_s, own.cap, later, drag),
        "sigma": _vehicle(
            sigma.thrust, sigma.exhaust, sigma.burn_s, sigma.cap, later * sigma.ln_later, drag * sigma.ln_drag
        ),
        "assumed": list(ASSUMED),
    }


def _apart(t: Array, difference: Array, unit: str) -> dict[str, float]:
    """The greatest difference, when it is, and the root mean square."""
    at = int(abs(difference).argmax())
    return {
        f"worst_{unit}": round(float(abs(difference[at])), 3),
        "at_s": float(t[at]),
        f"rms_{unit}": round(float((difference**2).mean()) ** 0.5, 3),
    }


def _vehicle(
    thrust: float, exhaust: float, burn: float, cap: float, later: float, drag: float
) -> dict[str, float]:
    """A notional launcher's figures, or their sigmas."""
    return {
        "thrust_m_s2": round(thrust, 4),
        "exhaust_m_s": round(exhaust, 2),
        "burn_s": round(burn, 3),
        "cap_m_s2": round(cap, 3),
        "later": round(later, 4),
        "drag": round(drag, 4),
    }
