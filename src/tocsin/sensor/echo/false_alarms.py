"""False alarms of thermal noise: any resolution cell, each with the threshold's probability."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import C_LIGHT
from tocsin.errors import TocsinError
from tocsin.sensor.echo.clutter import FalseLooks
from tocsin.sensor.echo.swerling import draw_false_power
from tocsin.sensor.given import numbers, positive

Array = NDArray[np.float64]


def range_cells(range_min_m: float, range_max_m: float, bandwidth_hz: float) -> int:
    """How many range cells of c / 2B lie between two ranges, the last one whole."""
    numbers("range (m)", [range_min_m, range_max_m], 0.0)
    if range_max_m <= range_min_m:
        raise TocsinError(
            f"false alarms: range_max_m = {range_max_m:g} is not above range_min_m = {range_min_m:g}: "
            "give a greater one"
        )
    cell = 0.5 * C_LIGHT / float(positive("bandwidth (Hz)", bandwidth_hz))
    return int(np.ceil((range_max_m - range_min_m) / cell))


def false_alarm_rate(beams: int, cells: int, p_fa: float) -> float:
    """Expected false alarms in a scan of so many beams of so many range cells: their product with p_fa."""
    return beams * cells * float(numbers("false-alarm probability", p_fa, 0.0, 1.0))


def draw_false_alarms(
    azimuth: Array,
    elevation: Array,
    beamwidth: float,
    range_min_m: float,
    range_max_m: float,
    bandwidth_hz: float,
    p_fa: float,
    range_rate_max: float,
    rng: np.random.Generator,
) -> FalseLooks:
    """False alarms of one scan of beams (n,) at azimuths and elevations (n,) rad.

    Their number is binomial over beams and range cells; each has a cell of its own, uniform within it: in
    range, over the beam (half-power width, rad) in both angles, and in range rate from -range_rate_max to
    range_rate_max, m/s.
    """
    az = numbers("azimuth (rad)", azimuth).reshape(-1)
    el = numbers("elevation (rad)", elevation, -np.pi / 2, np.pi / 2).reshape(-1)
    width = float(positive("beamwidth (rad)", beamwidth))
    cells = range_cells(range_min_m, range_max_m, bandwidth_hz)
    number = int(rng.binomial(len(az) * cells, float(numbers("false-alarm probability", p_fa, 0.0, 1.0))))
    which = rng.choice(len(az) * cells, number, replace=False, shuffle=False) if number else np.arange(0)
    beam, gate = np.divmod(which, cells)
    within = rng.uniform(-0.5, 0.5, (3, number))
    length = (range_max_m - range_min_m) / cells
    seen_el = np.clip(el[beam] + width * within[1], -np.pi / 2, np.pi / 2)
    seen_az = (az[beam] + width * within[0] / np.maximum(np.cos(el[beam]), 1e-3)) % (2.0 * np.pi)
    values = np.stack([range_min_m + length * (gate + 0.5 + within[2]), seen_az, seen_el], axis=-1)
    rates = rng.uniform(-1.0, 1.0, number) * float(numbers("range rate (m/s)", range_rate_max, 0.0))
    return FalseLooks(values, rates, draw_false_power(p_fa, number, rng), np.full(number, "thermal"))
