"""Launches that are aimed elsewhere, and those toward protected ground that a warning is for."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.plan import FlightPlan, SpaceLaunchPlan
from tocsin.earth.ellipsoid import geodesic_inverse
from tocsin.errors import TocsinError
from tocsin.flight.ballistic import fly_ballistic
from tocsin.flight.flight import Flight
from tocsin.flight.launch import fly_launch
from tocsin.study.false_alarm.draws import AFTER_S, BEFORE_S, Window
from tocsin.study.false_alarm.nearness import away_km
from tocsin.study.false_alarm.watch import START_T, Scene, watching

Array = NDArray[np.float64]
Box = tuple[tuple[float, float], tuple[float, float]]  # lat_deg, lon_deg: an area, at least 5 deg wide

# Open seas and empty deserts in round figures; the first is `sea-of-japan` of benchmarks/raid-1000.toml.
NEAR: Box = ((37.5, 42.5), (131.5, 136.5))
FAR_FROM: Box = ((30.0, 35.0), (53.0, 58.0))
FAR_TO: Box = ((27.0, 32.0), (38.0, 43.0))
ROCKETS_FROM: Box = ((67.0, 72.0), (5.0, 12.0))
ROCKETS_TO: Box = ((73.0, 79.0), (8.0, 30.0))
PASSING_TO: Box = ((16.0, 21.0), (125.0, 130.0))  # from ROCKETS_FROM over the whole of Asia
SEAS: tuple[Box, ...] = (((36.0, 44.0), (-158.0, -146.0)), ((48.0, 56.0), (-36.0, -22.0)))
TAIGA: Box = ((62.0, 67.0), (95.0, 105.0))  # open land, as in the event arc-toward-russia
BANDS_KM = (40.0, 100.0)  # of an aim's distance to protected ground
# Published launch sites in round figures, bearings and heights that they use, and shares of the launches.
SITES: tuple[tuple[float, float, tuple[float, float], float], ...] = (
    (28.5, -80.6, (43.0, 95.0), 0.55),
    (34.7, -120.6, (155.0, 195.0), 0.27),
    (-39.3, 177.9, (45.0, 180.0), 0.08),
    (5.2, -52.8, (0.0, 90.0), 0.04),
    (30.4, 131.0, (90.0, 160.0), 0.06),
)
ORBIT_KM = (250.0, 550.0)
LONG, LONG_KM = ("icbm-solid", "icbm-liquid", "slbm"), (4000.0, 10_500.0)
COAST_S = 300.0
TRIES, AIMS = 60, 20_000


def near(band: int, rng: np.random.Generator) -> Window:
    """A launch into a sea beside protected ground, its aim in one of the bands of distance."""
    aims, bands = _aims()
    for _ in range(TRIES):
        aim = np.asarray(rng.choice(aims[bands == band]))
        lofted = rng.random() < 0.3
        vehicle, low, high = ("mrbm", 250.0, 600.0) if lofted else ("srbm", 250.0, 480.0)
        loft = rng.uniform(3.0, 5.0) if lofted else rng.uniform(1.0, 1.6)
        flight = _flown(vehicle, _in(NEAR, rng), aim, float(loft), (low, high), rng)
        if flight is not None:
            return _window((flight,))
    raise TocsinError(f"no launch into the near sea, band {band}, flies: change NEAR or the ranges")


@cache
def _aims() -> tuple[Array, NDArray[np.int64]]:
    """Aims (n, 2) deg in the near sea, even over its area, the nearest to protected ground first; bands."""
    rng = np.random.default_rng(0)
    aims = np.array([_in(NEAR, rng) for _ in range(AIMS)])
    away = away_km(np.radians(aims), watching().territories)
    order = np.argsort(away, kind="stable")
    return aims[order], np.searchsorted(BANDS_KM, away[order])


@cache
def near_shares() -> Array:
    """The shares of a near sea's aims by band of distance to protected ground."""
    bands = _aims()[1]
    return np.asarray(np.bincount(bands, minlength=len(BANDS_KM) + 1) / len(bands))


def far(count: int, within_s: float, rng: np.random.Generator) -> Window:
    """So many theatre launches far from protected ground, within so many seconds."""
    found: list[Flight] = []
    for _ in range(TRIES * count):
        if len(found) == count:
            break
        launch_s = float(within_s * rng.random())
        flight = _flown("mrbm", _in(FAR_FROM, rng), _in(FAR_TO, rng), 1.0, (900.0, 2000.0), rng, launch_s)
        found += [] if flight is None else [flight]
    return _window(tuple(found))


def rocket(rng: np.random.Generator) -> Window:
    """A sounding rocket from the Norwegian Sea northward, as in 1995, and higher than the usual ones."""
    for _ in range(TRIES):
        launch, aim = _in(ROCKETS_FROM, rng), _in(ROCKETS_TO, rng)
        flight = _flown("sounding-rocket", launch, aim, float(rng.uniform(2.0, 6.0)), (400.0, 1500.0), rng)
        if flight is not None:
            return _window((flight,))
    raise TocsinError("no sounding rocket flies: change ROCKETS_FROM, ROCKETS_TO or their lofts")


def passing(rng: np.random.Generator) -> Window:
    """A long flight from the Norwegian Sea to the Philippine Sea, over protected ground and beyond it."""
    for _ in range(TRIES):
        vehicle = LONG[int(rng.integers(len(LONG)))]
        flight = _flown(vehicle, _in(ROCKETS_FROM, rng), _in(PASSING_TO, rng), 1.0, LONG_KM, rng)
        if flight is not None:
            return _window((flight,))
    raise TocsinError("no launch over protected ground flies: change PASSING_TO or LONG_KM")


def to_orbit(rng: np.random.Generator) -> Window:
    """A space launch from one of the published sites, followed a while beyond its last engine."""
    for _ in range(TRIES):
        lat, lon, bearings, _ = SITES[int(rng.choice(len(SITES), p=[s[3] for s in SITES]))]
        plan = SpaceLaunchPlan(
            "launcher-medium", lat, lon, float(rng.uniform(*bearings)), float(rng.uniform(*ORBIT_KM)),
            None, COAST_S, BEFORE_S, True,
        )  # fmt: skip
        try:
            flight = fly_launch(plan, START_T, rng)
        except TocsinError:
            continue
        assert flight.t_burnout is not None
        return Window(Scene(flight.t_burnout - START_T + COAST_S, flight.paths))
    raise TocsinError("no space launch reaches its orbit: change ORBIT_KM")


def toward(rng: np.random.Generator) -> Window:
    """A launch from an open sea toward open protected ground."""
    for _ in range(TRIES):
        box = SEAS[int(rng.integers(len(SEAS)))]
        vehicle = LONG[int(rng.integers(len(LONG)))]
        flight = _flown(vehicle, _in(box, rng), _in(TAIGA, rng), 1.0, LONG_KM, rng)
        if flight is not None and flight.t_impact is not None:
            scene = Scene(flight.t_impact - START_T, flight.paths)
            return Window(scene, t_impact=flight.t_impact)
    raise TocsinError("no launch toward protected ground flies: change SEAS or TAIGA")


def _flown(
    vehicle: str, launch: Array, aim: Array, loft: float, range_km: tuple[float, float],
    rng: np.random.Generator, launch_s: float = 0.0,
) -> Flight | None:  # fmt: skip
    km = geodesic_inverse(*np.radians(launch), *np.radians(aim))[0] / 1e3
    if not range_km[0] <= km <= range_km[1]:
        return None
    (lat, lon), (aim_lat, aim_lon) = map(float, launch), map(float, aim)
    plan = FlightPlan(vehicle, lat, lon, aim_lat, aim_lon, None, None, None, loft, BEFORE_S + launch_s)
    try:
        return fly_ballistic(plan, START_T, rng)
    except TocsinError:
        return None


def _window(flights: tuple[Flight, ...]) -> Window:
    lasts = max((f.t_end for f in flights), default=START_T) - START_T + AFTER_S
    return Window(Scene(lasts, tuple(p for f in flights for p in f.paths)))


def _in(box: Box, rng: np.random.Generator) -> Array:
    """A place (lat, lon) deg in a box, even over its area."""
    low, high = np.sin(np.radians(box[0]))
    return np.array([np.degrees(np.arcsin(rng.uniform(low, high))), rng.uniform(*box[1])])
