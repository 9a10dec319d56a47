"""A meteor: through the air both ways from where it was brightest."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.plan import MeteorPlan
from tocsin.earth.atmosphere import density
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef, height_and_up
from tocsin.errors import TocsinError
from tocsin.flight.ablation import advance
from tocsin.flight.flight import End, Flight
from tocsin.flight.satellite import highest
from tocsin.flight.shine import meteor
from tocsin.motion.path import Path

Array = NDArray[np.float64]

SHAPE = 1.21  # of a sphere: its cross-section over (mass / density)^(2/3)
DRAG = 1.0  # of a sphere at such speeds, assumed; the force is 1/2 DRAG rho area v^2
# Ablation coefficient of ordinary chondrites (fireballs of type I), 0.014 s2/km2:
# Ceplecha et al., Meteor phenomena and bodies, Space Science Reviews 84 (1998), 327-471.
SIGMA = 1.4e-8  # s2/m2
TOP_M = 120e3
SLOWEST, FASTEST = 3e3, 100e3  # m/s: it no longer glows; nothing bound to the Sun comes faster than 73 km/s
LEAST_MASS = 0.01  # of the mass on entry: burnt up
GLOW = 1e-3  # of the greatest brightness (7.5 magnitudes): assumed to be seen
SAMPLE_S = 0.05
STEPS = 10  # of the integrator in one sample
LONGEST_S = 600.0


def fly_meteor(plan: MeteorPlan, t_start: float) -> Flight:
    """Follow a meteor from 120 km until it is burnt up (1 % of its mass or 3 km/s left), or to the ground.

    dv/dt = gravity + rotation - a v/|v|, dm/dt = -sigma m |v| a, a = 1/2 Cd rho f S (m/rho_m)^(2/3) v^2 / m,
    v relative to the air; brightness I ~ -dm/dt v^2; power is 0 where I is under a thousandth of its most.
    f = 1 until the given place. There the body breaks: f >= 1 is from then on such that dI/dt = 0 there, so
    that it is brightest where the table says (whole, tens of tonnes would come down to the ground).
    `mass_kg` is on entry, at 120 km. A grazer that leaves the air again ends "in flight" at 120 km.
    Raises TocsinError for a state that no meteor can have.
    Source: Ceplecha et al. (1998); breaking at a point, Ceplecha and ReVelle, Meteoritics 40 (2005), 35-54.
    """
    peak = _peak(plan)
    # Half of Cd S rho_m^(-2/3): a = whole rho |v|^2 m^(-1/3).
    whole = 0.5 * DRAG * SHAPE * plan.density_kg_m3 ** (-2.0 / 3.0)
    t_up, up = _before(plan, peak, whole)
    broken = whole * _breaking(up[0], whole)
    t_down, down = _march(up[0], broken, SAMPLE_S, lambda y: _over(y, plan.mass_kg))
    t = t_start + plan.peak_s + np.concatenate([t_up[:0:-1], t_down])
    x = np.concatenate([up[:0:-1], down])
    end: End = "burnt up"
    if not _over(down[-1], plan.mass_kg) or _height(down[-1]) >= TOP_M:
        end = "in flight"
    elif _height(down[-1]) <= 0.0:
        end = "impact"
    light = _light(x, np.where(np.arange(len(x)) < len(up) - 1, whole, broken))
    power = np.where(light >= GLOW * light.max(), meteor(light), 0.0)
    path = Path(plan.name, t, x[:, :3], x[:, 3:6], power, plan.rcs_m2)
    t_apogee, apogee_m = highest(path)
    lat, lon, _ = geodetic_from_ecef(x[-1, :3])
    landed = end == "impact"
    return Flight(
        kind="meteor",
        vehicle=plan.name,
        path=path,
        companions=(),
        launch=None,
        t_launch=None,
        t_burnout=None,
        t_apogee=t_apogee,
        apogee_m=apogee_m,
        impact=(float(lat), float(lon)) if landed else None,
        t_impact=float(t[-1]) if landed else None,
        range_m=None,
        end=end,
    )


def _peak(plan: MeteorPlan) -> Array:
    """Place and velocity (6,) at peak brightness; refuses what cannot be one."""
    name = f"meteor {plan.name}"
    figures = (
        plan.lat_deg,
        plan.lon_deg,
        plan.height_km,
        *plan.velocity_km_s,
        plan.mass_kg,
        plan.density_kg_m3,
    )
    if not (np.isfinite(figures).all() and math.isfinite(plan.peak_s)):
        raise TocsinError(f"{name}: a figure is not a number; give all of them")
    if plan.mass_kg <= 0.0 or plan.density_kg_m3 <= 0.0:
        raise TocsinError(f"{name}: mass_kg and density_kg_m3 must be above 0")
    if plan.height_km <= 0.0:
        raise TocsinError(f"{name}: height_km = {plan.height_km:g} is not above the ground")
    if plan.height_km * 1e3 >= TOP_M:
        raise TocsinError(
            f"{name}: at {plan.height_km:g} km there is no air to make it glow; height_km is below 120"
        )
    velocity = np.array(plan.velocity_km_s) * 1e3
    if not SLOWEST < float(np.linalg.norm(velocity)) < FASTEST:
        raise TocsinError(f"{name}: no meteor glows at such a speed; velocity_km_s is 3 to 100 km/s in all")
    place = ecef_from_geodetic(np.radians(plan.lat_deg), np.radians(plan.lon_deg), plan.height_km * 1e3)
    return np.concatenate([place, velocity])


def _before(plan: MeteorPlan, peak: Array, k: float) -> tuple[Array, Array]:
    """Times (n,) s and states (n, 7) from the peak back to 120 km, where the mass is the plan's.

    The mass at the peak by fixed-point iteration from above, which ends at the larger of two solutions, or
    runs into a speed that nothing has where there is none.
    """
    name = f"meteor {plan.name}"
    root = math.cbrt(plan.mass_kg)
    for _ in range(200):
        t, x = _march(np.append(peak, root), k, -SAMPLE_S, _outside)
        height = _height(x[-1])
        if height < 0.0:
            raise TocsinError(
                f"{name} comes out of the ground: check velocity_km_s, which points where it goes, in "
                "Earth-fixed axes (x to 0 deg E, y to 90 deg E, z to the north)"
            )
        if not _speed(x[-1]) < FASTEST:
            break
        if height < TOP_M:
            raise TocsinError(
                f"{name} does not come from outside: it is below 120 km for ten minutes before it is "
                "brightest; check velocity_km_s"
            )
        ratio = math.cbrt(plan.mass_kg) / float(x[-1, 6])
        if abs(ratio - 1.0) < 1e-7:
            return t, x
        root *= ratio
    raise TocsinError(
        f"{name}: {plan.mass_kg:g} kg on entry do not come as deep as {plan.height_km:g} km with so much "
        "speed left; raise mass_kg, density_kg_m3 or height_km"
    )


def _march(start: Array, k: float, span: float, over: Callable[[Array], bool]) -> tuple[Array, Array]:
    """Times (n,) s and states (n, 7) from the start on, every span s, until just past where `over` begins."""
    t, rows = [0.0], [start]
    while abs(t[-1]) < LONGEST_S:
        y = advance(rows[-1], k, SIGMA, span, STEPS)
        if over(y):
            early, late = 0.0, span
            while abs(late - early) > 1e-9:
                middle = 0.5 * (early + late)
                if over(advance(rows[-1], k, SIGMA, middle, STEPS)):
                    late = middle
                else:
                    early = middle
            y = advance(rows[-1], k, SIGMA, late, STEPS)
            if abs(late) < 1e-3 and len(t) > 1:
                late += t.pop() - t[-1]
                rows.pop()
            return np.array([*t, t[-1] + late]), np.array([*rows, y])
        t.append(t[-1] + span)
        rows.append(y)
    return np.array(t), np.array(rows)


def _outside(y: Array) -> bool:
    return not (0.0 <= _height(y) < TOP_M and _speed(y) < FASTEST)


def _over(y: Array, mass_on_entry: float) -> bool:
    if not (0.0 < _height(y) < TOP_M and _speed(y) > SLOWEST):
        return True
    return not y[6] > math.cbrt(LEAST_MASS * mass_on_entry)


def _breaking(y: Array, k: float) -> float:
    """By what the drag's area grows where the body breaks: d ln I / dt = (drho/dh / rho) climb - ... = 0."""
    h, _, _, nx, ny, nz = height_and_up(y[0], y[1], y[2])
    climb = nx * y[3] + ny * y[4] + nz * y[5]
    thicker = climb * math.log(density(h + 50.0) / density(h - 50.0)) / 100.0
    v = _speed(y)
    needed = thicker / (5.0 / v + 2.0 / 3.0 * SIGMA * v)
    return float(max(1.0, needed / (k * density(h) * v * v / y[6])))


def _light(x: Array, k: Array) -> Array:
    """The kinetic energy (n,) W that ablation takes of states (n, 7): -1/2 dm/dt v^2."""
    rho = np.array([density(h) for h in geodetic_from_ecef(x[:, :3])[2]])
    return np.asarray(0.5 * SIGMA * k * rho * np.linalg.norm(x[:, 3:6], axis=1) ** 5 * x[:, 6] ** 2)


def _height(y: Array) -> float:
    return float(height_and_up(y[0], y[1], y[2])[0])


def _speed(y: Array) -> float:
    return math.sqrt(y[3] ** 2 + y[4] ** 2 + y[5] ** 2)
