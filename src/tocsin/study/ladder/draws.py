"""Flights of a class as they are drawn: at any time of a day, in view of somebody, toward us or elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.classify.names import LAUNCHED
from tocsin.assess.territory import Territories
from tocsin.catalogue import Network, RadarSite, borders, network
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.earth.time import DAY
from tocsin.errors import TocsinError
from tocsin.motion.path import Path
from tocsin.sensor.coverage import seen_along
from tocsin.study.calibration import missiles
from tocsin.study.calibration.areas import Box
from tocsin.study.calibration.flown import Flown
from tocsin.study.calibration.moments import fly
from tocsin.study.calibration.worlds import HELD_OUT

Array = NDArray[np.float64]
Aim = Literal["toward", "elsewhere"]

DATE_UTC: Final = "2025-07-15"
FALLING: Final = ("re-entry", "meteor")
"""What nobody launched, and what is never to be confirmed."""
CLASSES: Final = (*LAUNCHED, *FALLING)
# Of these a flight is aimed; where the others come down is as it happens.
AIMED: Final = ("srbm", "mrbm", "irbm", "icbm-liquid", "icbm-solid", "slbm", "glide")
# Open taiga, tundra, high plateau and sand desert of the protected countries: south, north, west, east, deg.
PROTECTED: Final[tuple[Box, ...]] = (
    (62.0, 67.0, 95.0, 105.0),
    (65.0, 70.0, 130.0, 145.0),
    (63.0, 68.0, 166.0, 178.0),
    (31.0, 36.0, 82.0, 92.0),
    (36.5, 41.5, 79.0, 87.0),
)
BEFORE_S, AFTER_S = 20.0, 60.0
SEEN_S = 14.0  # of a radar two revisits, of a telescope nine frames: less makes no track
GLIMPSE_S = 1.5  # of a meteor
STEP_S = 2.0
TRIES = 400


@final
@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """One flight, moved to its time. t_impact: TAI s, None where none comes down.

    begin, end: when the sensors look, TAI s; could: whether by geometry it may be confirmed, by a telescope
    and a radar, and without satellites by two radars of different site and band, each of which has it in view
    for 14 s; radars: those that have it in view at any time; tries: how many of the class were flown until
    one was in view.
    """

    name: str
    aim: Aim
    path: Path
    t_impact: float | None
    begin: float
    end: float
    could: tuple[bool, bool]
    radars: tuple[RadarSite, ...]
    tries: int


def aims_of(name: str) -> tuple[Aim, ...]:
    """Whether a class is drawn toward protected ground and elsewhere, or only as it happens."""
    return ("toward", "elsewhere") if name in (*AIMED, "fractional-orbit", "re-entry") else ("elsewhere",)


def draw(name: str, aim: Aim, number: int, seed: int) -> Drawn:
    """Flight `number` of a class: the first draw that is in view and comes down where it is asked to.

    In view, by geometry: a launch of a telescope while it shines and of a radar, each for 14 s, so that a
    confirmed event is possible; what falls of a radar for 14 s; a meteor of a telescope. Launches toward
    protected ground begin outside it. Raises TocsinError where no draw does.
    """
    rng = np.random.default_rng([seed, crc32(f"{name} {aim}".encode()), number])
    for tries in range(1, TRIES + 1):
        flown = _flown(name, aim, rng)
        if flown.name != name or not _as_asked(flown, aim):
            continue
        path = path_of(flown, whole().t_tai + DAY * rng.random())
        seen = _in_view(path, name)
        if seen is None:
            continue
        t_impact = float(path.t[-1]) if flown.impact is not None else None
        begin, end = seen.first - BEFORE_S, min(float(path.t[-1]), seen.last) + AFTER_S
        return Drawn(name, aim, path, t_impact, begin, end, seen.could, seen.radars, tries)
    raise TocsinError(f"no {name} {aim} of {TRIES} draws is in view: change its areas")


@cache
def whole() -> Network:
    """The whole network of the date."""
    return network(DATE_UTC)


@cache
def ground() -> Territories:
    """The default borders and settings, ready to be asked."""
    return Territories(borders())


def path_of(flown: Flown, t0: float) -> Path:
    """A flight as sensors see it, from t0, TAI s: its ascent, then its free flight."""
    after = flown.t > (flown.t_light[-1] if len(flown.t_light) else -np.inf)
    t = np.concatenate([flown.t_light, flown.t[after]])
    x = np.concatenate([flown.light, flown.x[after]])
    k = len(flown.t_light)
    power = np.concatenate([flown.power[:k], flown.power[k:][after]])
    return Path(flown.name, t0 + t - t[0], x[:, :3], x[:, 3:], power, flown.rcs_m2)


def _flown(name: str, aim: Aim, rng: np.random.Generator) -> Flown:
    """One flight near the class, toward its areas."""
    if aim == "elsewhere" or name not in AIMED:
        return fly(name, HELD_OUT, rng)
    if name == "glide":
        return missiles.fly_glide(HELD_OUT, rng, PROTECTED)
    return missiles.fly_missile(name, HELD_OUT, rng, PROTECTED)


def _as_asked(flown: Flown, aim: Aim) -> bool:
    """Whether it comes down where it is asked to; toward us only from beyond protected ground."""
    landed = flown.impact is not None and _protected(flown.impact)
    if aim == "elsewhere":
        return not landed
    if len(flown.light) == 0:
        return landed
    lat, lon, _ = geodetic_from_ecef(flown.light[0, :3])
    return landed and not _protected((float(lat), float(lon)))


def _protected(place: tuple[float, float]) -> bool:
    return float(ground().protected(np.array([[place]]), np.ones(1)).sum()) > 0.5


@final
@dataclass(frozen=True, slots=True)
class View:
    """When a flight is first and last in view of anybody, TAI s; could and radars as in `Drawn`."""

    first: float
    last: float
    could: tuple[bool, bool]
    radars: tuple[RadarSite, ...]


def _in_view(path: Path, name: str) -> View | None:
    """Who has it in view; None where it is not in view as is asked."""
    t = np.arange(path.t[0], path.t[-1], GLIMPSE_S if name == "meteor" else STEP_S)
    along = seen_along(whole(), t, path.position(t))
    eyes = len(whole().satellites)
    glow, echo = along.seen[:eyes] & path.burning(t), along.seen[eyes:]
    step = float(t[1] - t[0]) if len(t) > 1 else GLIMPSE_S
    light_s, echo_s = step * glow.sum(axis=1), step * echo.sum(axis=1)
    light, radar = light_s.max(initial=0.0), echo_s.max(initial=0.0)
    both = bool(min(light, radar) >= SEEN_S)
    wanted = light >= GLIMPSE_S if name == "meteor" else radar >= SEEN_S if name in FALLING else both
    if not wanted:
        return None
    sites = [site for site, seen in zip(whole().radars, echo_s, strict=True) if seen >= SEEN_S]
    pair = any(
        a.band != b.band and (a.lat_deg, a.lon_deg) != (b.lat_deg, b.lon_deg) for a in sites for b in sites
    )
    any_ = np.flatnonzero(glow.any(axis=0) | echo.any(axis=0))
    some = tuple(site for site, seen in zip(whole().radars, echo_s, strict=True) if seen > 0.0)
    return View(float(along.t[any_[0]]), float(along.t[any_[-1]]), (both, pair), some)
