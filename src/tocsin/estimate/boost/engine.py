"""The engine of a template with its scales: mass and thrust at a time, and how they follow the scales."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.kernel import kernel

Array = NDArray[np.float64]

# Where a template's parameters stand: latitude and longitude rad, launch time s after the first look,
# azimuth rad, ln kick, cut-off s after launch, exhaust scale, then a thrust scale for each stage.
LAT, LON, TIME, AZIMUTH, KICK, CUTOFF, EXHAUST, THRUST = range(8)
MOMENT = 1e-9  # s


@kernel
def burning(t: float, stages: Array, theta: Array) -> tuple[int, float, float]:
    """The stage that burns at t (s after launch), when it began and when it ends; stage -1 once all is over.

    A stage burns for propellant * exhaust speed / thrust, its scales included; the cut-off ends the last.
    """
    start = 0.0
    for i in range(stages.shape[0]):
        end = start + stages[i, 1] * stages[i, 3] * theta[EXHAUST] / (stages[i, 2] * theta[THRUST + i])
        if t < min(end, theta[CUTOFF]):
            return i, start, min(end, theta[CUTOFF])
        if theta[CUTOFF] <= end:
            break
        start = end
    return -1, start, 1e30


@kernel
def end_by_scales(stage: int, stages: Array, theta: Array, out: Array) -> None:
    """Fill out (p,) with the derivative of the time at which a stage is empty, in every parameter.

    t_e = sum_j m_j c_j s_e / (T_j s_j) over the stages up to it.
    """
    for j in range(out.size):
        out[j] = 0.0
    for i in range(stage + 1):
        burn = stages[i, 1] * stages[i, 3] * theta[EXHAUST] / (stages[i, 2] * theta[THRUST + i])
        out[EXHAUST] += burn / theta[EXHAUST]
        out[THRUST + i] = -burn / theta[THRUST + i]


@kernel
def mass_by_scales(
    stage: int, t: float, start: float, stages: Array, theta: Array, by: Array
) -> tuple[float, float]:
    """Mass and thrust of a burning stage at t; by (p,) is filled with the derivatives of the mass.

    m = m_i - T s_i (t - t_i) / (c s_e), and t_i, when the stage began, follows the scales as well.
    """
    flow = stages[stage, 2] * theta[THRUST + stage] / (stages[stage, 3] * theta[EXHAUST])
    for j in range(by.size):
        by[j] = 0.0
    if by.size:
        for i in range(stage):
            burn = stages[i, 1] * stages[i, 3] * theta[EXHAUST] / (stages[i, 2] * theta[THRUST + i])
            by[THRUST + i] = -flow * burn / theta[THRUST + i]
        by[THRUST + stage] = -flow * (t - start) / theta[THRUST + stage]
        by[EXHAUST] = flow * t / theta[EXHAUST]
    return stages[stage, 0] - flow * (t - start), stages[stage, 2] * theta[THRUST + stage]
