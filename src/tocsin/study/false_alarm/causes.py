"""What reaches every channel at once: the Sun, a clock, an exercise, and what a partner says."""

from __future__ import annotations

import numpy as np

from tocsin.assess.assessment import StateEstimate
from tocsin.exchange.report import TrackReport
from tocsin.motion.path import Path
from tocsin.study.false_alarm import flights
from tocsin.study.false_alarm.bodies import overhead
from tocsin.study.false_alarm.draws import Window
from tocsin.study.false_alarm.rates import Rates
from tocsin.study.false_alarm.watch import PARTNER, START_T, Scene

FLUX_SFU = 1e7  # of a burst that leaves nothing to be heard: assumed
CLOCK_S = (1.0, 60.0)  # of a clock's error, drawn evenly in its logarithm: assumed
EVERY_S, REPORTS = 10.0, 12
SIGMA_M, SIGMA_M_S = 3e3, 30.0


def _elsewhere(near: bool, rng: np.random.Generator) -> Window:
    """A launch that is aimed elsewhere; near: into the sea, in any band as often as the sea has it."""
    if near:
        return flights.near(int(rng.choice(len(flights.near_shares()), p=flights.near_shares())), rng)
    return flights.far(1, 0.0, rng)


def solar_burst(near: bool, _: Rates, rng: np.random.Generator) -> Window:
    """A launch elsewhere while the Sun blinds every radar that has it in its sector."""
    scene = _elsewhere(near, rng).scene
    return Window(Scene(scene.lasts_s, scene.common, bursts=((START_T, scene.lasts_s, FLUX_SFU),)))


def clock_fault(near: bool, _: Rates, rng: np.random.Generator) -> Window:
    """A launch elsewhere while the times of all telescopes are off, the same for all."""
    scene = _elsewhere(near, rng).scene
    off = float(np.exp(rng.uniform(*np.log(CLOCK_S)))) * float(rng.choice([-1.0, 1.0]))
    return Window(Scene(scene.lasts_s, scene.common, late_s=off))


def exercise(_: int, __: Rates, rng: np.random.Generator) -> Window:
    """An attack as an exercise has it, in every channel, each scan under its sensor's own key."""
    return flights.toward(rng)


def echo(_: int, rates: Rates, rng: np.random.Generator) -> Window:
    """Reports of the partner about an arc toward protected ground, while own radars see what is overhead."""
    path = flights.toward(rng).scene.common[0]
    whole = REPORTS * EVERY_S + 60.0
    start = float(path.t[int(np.argmax(path.power <= 0.0))]) + 60.0
    reports = tuple(
        (float(now), _report(path, start + k * EVERY_S, float(now), rng))
        for k, now in enumerate(START_T + 30.0 + EVERY_S * np.arange(REPORTS))
    )
    return Window(Scene(whole, overhead(round(rates.uncatalogued / 10.0), whole, rng), reports=reports))


def _report(path: Path, at: float, now: float, rng: np.random.Generator) -> TrackReport:
    """What the partner says at `now` of a path as it is at another time: sure of it, and of all sensors."""
    k = int(np.searchsorted(path.t, at))
    sigma = np.repeat([SIGMA_M, SIGMA_M_S], 3)
    x = np.concatenate([path.r_ecef[k], path.v_ecef[k]]) + 0.1 * sigma * rng.standard_normal(6)
    return TrackReport(
        centre=PARTNER,
        track=f"{PARTNER}-1",
        t=now,
        issued_t=now,
        state=StateEstimate(t=now, x=tuple(map(float, x)), P=tuple(map(float, np.diag(sigma**2).ravel()))),
        model="ballistic arc",
        launch=None,
        heading_deg=None,
        classes={},
        event_state="confirmed",
        threat_state="confirmed",
        infrared=2,
        radars=(("HUA", "UHF"), ("KOR", "UHF")),
        first_satellite_t=now - 600.0,
        stereo_t=now - 590.0,
        burnout_t=now - 400.0,
        first_radar_t=now - 300.0,
        boosting=False,
    )
