"""An arc fitted to looks, in plain figures."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tocsin.cli.declared import outside
from tocsin.cli.lookfile import Given
from tocsin.cli.remarks import far_errors, outliers, small_misfit
from tocsin.cli.station import error_rows
from tocsin.earth.celestial import gcrs_from_itrs
from tocsin.earth.constants import MU, R_EQ
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.earth.time import utc_from_tai
from tocsin.estimate.arcfit import ORBIT, ArcFit
from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.nonlinear import MOST
from tocsin.motion.ballistic import propagate_stm

Array = NDArray[np.float64]

STEP_S = 60.0
CHANNELS = (
    ("range", "m", 1.0),
    ("azimuth", "deg", math.degrees(1.0)),
    ("elevation", "deg", math.degrees(1.0)),
    ("range rate", "m/s", 1.0),
)
FAR = 5.0  # sigmas, beyond which the worst look is named
WHY = {
    "converged": "one arc explains the looks to their noise",
    "unchecked": "no look to spare: an arc goes through these looks whatever their errors, and nothing "
    "checks it; give more looks",
    "unobservable": "the looks leave a part of the arc open: give more looks, over a longer time",
    "diverged": "no arc near the looks was found: check station, units (--round-trip) and time system",
    "contradictory": "no arc explains the looks to their noise: a look, the station or the noise is wrong, "
    "or the body did not coast",
}
BENT = (
    "the looks leave the arc so open that no covariance can tell how much (nonlinearity "
    f"{{:.1f}}, over {MOST:g}): give more looks, over a longer time"
)
RATES = (
    "without their range rates the looks make one arc: the rates are wrong; check their sign (above 0 where "
    "the body recedes), their scale (--round-trip) and noise"
)
NOTES = (
    "gravity to degree 36, no thrust, Sun or Moon; drag only as --drag says, in the US 1976 atmosphere",
    "residuals: looks less the arc and the fitted lasting errors, over their own sigma whatever they weighed",
)


def fit_figures(
    file: str,
    body: str,
    given: Given,
    found: ArcFit,
    inv_beta: float,
    minutes: float,
    declared: list[str],
    blamed: bool = False,
) -> dict[str, Any]:
    """The fit in plain figures; what a verdict leaves unknown is null.

    blamed: the looks without their range rates make an arc.
    """
    good = found.verdict in ("converged", "unchecked")
    stations, light = _stations(given, found), _outliers(given, found)
    bent = found.nonlinearity > MOST
    remarks = [RATES] if blamed else []
    remarks += [line for s in stations for line in far_errors(s["name"], s["errors"])]
    return {
        "file": file,
        "object": body,
        "verdict": found.verdict,
        "why": BENT.format(found.nonlinearity) if bent else WHY[found.verdict],
        "looks": len(found.looks),
        "start_utc": utc_from_tai(float(given.table.t[0]), 3),
        "end_utc": utc_from_tai(float(given.table.t[-1]), 3),
        "drag_m2_kg": inv_beta,
        "state": _state(found.state) if good else None,
        "orbit": _orbit(found.state) if good else None,
        "stations": stations,
        "chi2": _or_null(found.chi2),
        "freedom": found.freedom,
        "tail": _or_null(found.tail),
        "low_tail": _or_null(found.low_tail),
        "nonlinearity": _or_null(found.nonlinearity),
        "residuals": _residuals(given, found),
        "worst": _worst(given, found),
        "outliers": light,
        "ephemeris": _ephemeris(found.state, float(given.table.t[-1]), inv_beta, minutes) if good else [],
        "remarks": [*remarks, *outliers(light), *small_misfit(found.low_tail)],
        "assumed": declared,
        "notes": [*NOTES, *given.notes],
    }


def _or_null(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _state(state: Gaussian) -> dict[str, Any]:
    return {
        "utc": utc_from_tai(state.t, 6),
        "r_ecef_m": state.x[:3].tolist(),
        "v_ecef_m_s": state.x[3:].tolist(),
        "covariance": state.P.tolist(),
        "sigma_m": float(np.sqrt(np.trace(state.P[:3, :3]))),
        "sigma_m_s": float(np.sqrt(np.trace(state.P[3:, 3:]))),
    }


def _orbit(state: Gaussian) -> dict[str, float | None]:
    """The osculating two-body orbit, heights over the equator's radius."""
    r, v = (a[0] for a in gcrs_from_itrs([state.t], state.x[None, :3], state.x[None, 3:]))
    h = np.cross(r, v)
    a = 1.0 / (2.0 / np.linalg.norm(r) - v @ v / MU)
    e = math.sqrt(max(0.0, 1.0 - h @ h / (MU * a)))
    bound = a > 0.0
    return {
        "perigee_km": float((a * (1.0 - e) - R_EQ) / 1e3),
        "apogee_km": float((a * (1.0 + e) - R_EQ) / 1e3) if bound else None,
        "inclination_deg": math.degrees(math.acos(h[2] / np.linalg.norm(h))),
        "period_min": 2.0 * math.pi * math.sqrt(a**3 / MU) / 60.0 if bound else None,
    }


def _stations(given: Given, found: ArcFit) -> list[dict[str, Any]]:
    rows, first = [], 0
    for s in given.stations:
        q = len(s.channel.bias_sigma)
        mine = slice(first, first + q)
        values, sigmas = found.errors[mine], found.sigmas[mine]
        first += q
        rows.append(
            {
                "name": s.name,
                "lat_deg": s.lat_deg,
                "lon_deg": s.lon_deg,
                "height_m": s.height_m,
                "catalogue": s.site is not None,
                "outside": outside(given.table, s),
                "errors": error_rows(s.channel, values, sigmas) if len(values) else [],
            }
        )
    return rows


def _residuals(given: Given, found: ArcFit) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for c, s in enumerate(given.stations):
        for k, (name, unit, scale) in enumerate(CHANNELS[: found.whitened.shape[1]]):
            mine = (given.looks.channel == c) & np.isfinite(found.whitened[:, k])
            if not mine.any():
                continue
            white = found.whitened[mine, k]
            rms = float(np.sqrt(np.mean(np.square(found.residuals[mine, k])))) * scale
            rows.append(
                {
                    "station": s.name, "channel": name, "unit": unit, "looks": int(mine.sum()), "rms": rms,
                    "rms_sigma": float(np.sqrt(np.mean(white**2))), "chi2": float(white @ white),
                }
            )  # fmt: skip
    return rows


def _worst(given: Given, found: ArcFit) -> dict[str, Any] | None:
    """The look that is furthest off, where that is far."""
    size = np.nan_to_num(np.abs(found.whitened), nan=0.0)
    if not size.size or size.max() < FAR:
        return None
    i, k = np.unravel_index(int(size.argmax()), size.shape)
    return _value(given, found, int(i), int(k))


def _outliers(given: Given, found: ArcFit) -> list[dict[str, Any]]:
    """The values that weigh less than half, in order of time."""
    light = np.argwhere(found.weights < 0.5)
    return [{**_value(given, found, int(i), int(k)), "weight": float(found.weights[i, k])} for i, k in light]


def _value(given: Given, found: ArcFit, i: int, k: int) -> dict[str, Any]:
    return {
        "place": given.table.place[i],
        "utc": utc_from_tai(float(given.table.t[i]), 3),
        "channel": CHANNELS[k][0],
        "sigmas": float(found.whitened[i, k]),
    }


def _ephemeris(state: Gaussian, last: float, inv_beta: float, minutes: float) -> list[dict[str, Any]]:
    rows = []
    times = last + np.arange(0.0, 60.0 * minutes + 1e-6, STEP_S)
    x, phi = propagate_stm(state.t, state.x, inv_beta, times, ORBIT)
    P = phi[:, :, :6] @ state.P @ phi[:, :, :6].transpose(0, 2, 1)
    for i, t in enumerate(times):
        lat, lon, height = (float(v[0]) for v in geodetic_from_ecef(x[i : i + 1, :3]))
        if not height > 0.0:
            break
        rows.append(
            {
                "utc": utc_from_tai(float(t), 3),
                "lat_deg": math.degrees(lat),
                "lon_deg": math.degrees(lon),
                "height_km": height / 1e3,
                "speed_m_s": float(np.linalg.norm(x[i, 3:])),
                "sigma_m": float(np.sqrt(np.trace(P[i, :3, :3]))),
            }
        )
    return rows
