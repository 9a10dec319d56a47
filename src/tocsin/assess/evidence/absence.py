"""Absence as evidence: which healthy sensor should have seen it by now, and when each one will."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.assessment import Expectation, Expected
from tocsin.assess.evidence.courses import Courses
from tocsin.assess.evidence.model import EVIDENCE, EvidenceModel
from tocsin.catalogue import Network, RadarSite
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.sensor.coverage import seen_along, sensor_keys
from tocsin.sensor.echo.equation import snr
from tocsin.sensor.echo.swerling import detection_probability

Array = NDArray[np.float64]

LEAST_HITS = 4  # looks that make a sensor's own track, as a rule
ASSUMED_RCS_M2 = 0.5
"""Of what is waited for: assumed, 0.1 to 1 m2."""
Spans = tuple[tuple[float, float], ...]


@final
@dataclass(frozen=True, slots=True)
class Watching:
    """One channel's duty: seconds between scans, chance of a look, and the times (TAI s) that it watched.

    silent, blind: what it is now, so that it is expected to see nothing more.
    """

    frame_s: float
    detection: float
    spans: Spans
    silent: bool = False
    blind: bool = False


def absence(
    network: Network,
    watching: Mapping[str, Watching],
    courses: Courses,
    saw: frozenset[str],
    now: float,
    model: EvidenceModel = EVIDENCE,
) -> tuple[float, tuple[Expected, ...]]:
    """ln of the chance that all sensors but those that `saw` it are silent yet, and what to expect of them.

    Of each way, a sensor has made a track with P = 1 - P(Poisson(h) < 4), h the looks that it is to have had
    in the frames in which the way was in its view and it watched. The chance of silence is the mean over the
    ways of the product over sensors of 1 - (1 - doubt) P, no lower than the model's least. A sensor that was
    blind or dead has had no frame, and changes nothing.
    """
    k, m = courses.t.shape
    others = [name for name in sensor_keys(network) if name in watching and name not in saw]
    if not k or not m or not others:
        return 0.0, ()
    along = seen_along(network, courses.t.ravel(), courses.r.reshape(-1, 3))
    sites = {site.key: site for site in network.radars}
    silence, told = np.ones(k), []
    for name in others:
        seen = along.seen[along.keys.index(name)].reshape(k, m)
        seen = seen & (courses.burning if name not in sites else ~courses.burning)
        if not seen.any():
            continue
        duty = watching[name]
        chance = np.where(seen, _look(sites[name], courses.r, duty) if name in sites else duty.detection, 0.0)
        step = np.gradient(courses.t, axis=1) if m > 1 else np.zeros_like(courses.t)
        hits = chance * step / duty.frame_s
        by_now = (hits * _watched(courses.t, duty.spans) * (courses.t <= now)).sum(axis=1)
        made = _made(by_now)
        silence *= 1.0 - (1.0 - model.doubt) * made
        told.append(_expected(name, name in sites, courses.t, hits, made, duty, now))
    chance_of_silence = max(float(silence.mean()), model.least_absence)
    return math.log(chance_of_silence), tuple(sorted(told, key=lambda e: (e.t is None, e.t, e.channel)))


def _expected(
    name: str, radar: bool, t: Array, hits: Array, made: Array, duty: Watching, now: float
) -> Expected:
    """When it is to have made a track: the median over the ways that it has in view, and what it is now."""
    enough = np.cumsum(hits, axis=1) >= LEAST_HITS
    there = enough.any(axis=1)
    when = float(np.median(t[there, enough[there].argmax(axis=1)])) if there.any() else None
    state: Expectation = "will see"
    if duty.silent or duty.blind:
        state = "dead" if duty.silent else "blind"
    elif float(made.mean()) >= 0.5:
        state = "should have seen"
    elif when is not None and when <= now:
        state = "may have seen"
    return Expected(
        channel=name,
        phenomenology="radar" if radar else "infrared",
        state=state,
        t=when,
        share=float(there.mean()),
        by_now=float(made.mean()),
    )


def _look(site: RadarSite, r: Array, duty: Watching) -> Array:
    """Chance of a look (k, m) at places r (k, m, 3) of a body of the assumed cross-section."""
    at = ecef_from_geodetic(math.radians(site.lat_deg), math.radians(site.lon_deg), site.height_m)
    far = np.linalg.norm(r - at, axis=-1)
    power = snr(
        far, ASSUMED_RCS_M2, 10.0 ** (site.reference_snr_db / 10.0), site.reference_range_km * 1e3, 1.0
    )
    return np.minimum(detection_probability(power, site.false_alarm_probability, 1), duty.detection)


def _watched(t: Array, spans: Spans) -> Array:
    """Whether it watched (k, m) at these times, 1 or 0."""
    out = np.zeros(t.shape)
    for begin, end in spans:
        out[(t >= begin) & (t <= end)] = 1.0
    return out


def _made(hits: Array) -> Array:
    """Chance (k,) of a track from so many looks in the mean: 1 - P(Poisson(h) < 4)."""
    few = sum(hits**j / math.factorial(j) for j in range(LEAST_HITS))
    return np.asarray(-np.expm1(np.log(few) - hits))
