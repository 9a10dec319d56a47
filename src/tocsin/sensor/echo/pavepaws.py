"""PAVE PAWS from its published figures: how far it sees, and how often its fence comes round."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, final

from tocsin.catalogue.pavepaws import PavePaws
from tocsin.earth.constants import C_LIGHT
from tocsin.sensor.echo.equation import LOSSES, Losses, off_boresight, scan_loss
from tocsin.sensor.echo.fence import Fence, listening_time
from tocsin.sensor.echo.power import PowerBudget, absolute_range

# What the range hangs on and no one has published, or published with two figures.
UNCERTAIN = (
    "element_peak_w",
    "gain_db",
    "search_pulse_s",
    "noise_temperature_k",
    "loss_db",
    "required_snr_db",
)


@final
@dataclass(frozen=True, slots=True)
class RangeSpread:
    """A range m at the stated figures, and what the ranges of those that are not published make of it.

    `least` and `most` have every figure at its worst or best end; `low` and `high` add the single effects as
    squares of logarithms. `single` gives (worst, best) with one figure alone at its ends.
    """

    stated: float
    low: float
    high: float
    least: float
    most: float
    single: dict[str, tuple[float, float]]


def budget_of(radar: PavePaws) -> PowerBudget:
    """The power budget of one search pulse of one face; the same gain sends and receives."""
    gain = 10.0 ** (0.1 * radar.gain_db)
    return PowerBudget(
        average_power_w=radar.elements * radar.element_peak_w,
        dwell_s=radar.search_pulse_s,
        transmit_gain=gain,
        receive_gain=gain,
        wavelength_m=C_LIGHT / radar.frequency_hz,
        noise_temperature_k=radar.noise_temperature_k,
        loss=10.0 ** (0.1 * radar.loss_db),
    )


def boresight_range(radar: PavePaws) -> float:
    """Range m on boresight at which one search pulse has the required signal-to-noise. Nothing is fitted."""
    return float(absolute_range(budget_of(radar), 10.0 ** (0.1 * radar.required_snr_db), radar.rcs_m2))


def fence_range(radar: PavePaws, azimuth_off: float, losses: Losses = LOSSES) -> float:
    """`boresight_range` less the scan loss at the fence's elevation, azimuth_off rad to the side, m."""
    angle = off_boresight(azimuth_off, math.radians(radar.fence_el_deg), 0.0, math.radians(radar.tilt_deg))
    return boresight_range(radar) / math.sqrt(math.sqrt(float(scan_loss(angle, losses))))


def range_spread(radar: PavePaws) -> RangeSpread:
    """What the ranges of the uncertain figures make of `boresight_range`."""
    stated = boresight_range(radar)
    worst: dict[str, float] = {}
    best: dict[str, float] = {}
    single: dict[str, tuple[float, float]] = {}
    for name in UNCERTAIN:
        ends = {end: boresight_range(_with(radar, {name: end})) for end in radar.ranges[name]}
        worst[name], best[name] = min(ends, key=ends.__getitem__), max(ends, key=ends.__getitem__)
        single[name] = ends[worst[name]], ends[best[name]]
    down = math.hypot(*(math.log(low / stated) for low, _ in single.values()))
    up = math.hypot(*(math.log(high / stated) for _, high in single.values()))
    return RangeSpread(
        stated=stated,
        low=stated * math.exp(-down),
        high=stated * math.exp(up),
        least=boresight_range(_with(radar, worst)),
        most=boresight_range(_with(radar, best)),
        single=single,
    )


def fence_of(radar: PavePaws, beams_per_interval: int, in_turn: bool = False) -> Fence:
    """The published search fence with the search pulse; how many beams share a listening time is not."""
    return Fence(
        azimuths=radar.fence_azimuths,
        faces=radar.faces,
        beams_per_interval=beams_per_interval,
        pulse_s=radar.search_pulse_s,
        listening_s=listening_time(radar.range_km * 1e3, radar.listening_s),
        duty_most=radar.duty_most,
        in_turn=in_turn,
    )


def _with(radar: PavePaws, figures: dict[str, Any]) -> PavePaws:
    return replace(radar, **figures)
