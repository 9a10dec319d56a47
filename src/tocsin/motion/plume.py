"""How brightly a rocket's plume shines in the water band at 2.7 um, against thrust, height and propellant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.errors import TocsinError

Array = NDArray[np.float64]


@final
@dataclass(frozen=True, slots=True)
class Plume:
    """Radiant intensity for each newton, and its course with height relative to the brightest in the air.

    Published: the band, and the trough between 70 and 90 km (Forden, SBIRS: signal and background, 2008);
    that a large booster gives 1e5 to 1e6 W/sr is the open literature's order of magnitude, and 0.6 W/sr for
    each newton is 0.6 % of the power of a 2,600 m/s jet. Every figure here is assumed all the same.
    """

    liquid: float = assumed(0.6, 0.1, 3.0, "W/sr/N", "storable or kerosene propellants, at the brightest")
    solid: float = assumed(1.0, 0.2, 5.0, "W/sr/N", "aluminised solids, whose hot particles shine as well")
    ground: float = assumed(0.2, 0.05, 0.6, "", "share of the brightest that a plume gives at the ground")
    brightest_m: float = assumed(45e3, 30e3, 55e3, "m", "the height to which it brightens as it widens")
    trough: float = assumed(0.2, 0.03, 0.6, "", "share of the brightest that is left in the trough")
    trough_m: float = assumed(80e3, 70e3, 90e3, "m", "the middle of the published 70 to 90 km")
    vacuum: float = assumed(1.0, 0.3, 2.0, "", "share of the brightest that the vacuum plume comes back to")
    vacuum_m: float = assumed(120e3, 100e3, 160e3, "m", "the height at which it has come back")

    def __post_init__(self) -> None:
        check_assumed(self)
        if not self.brightest_m < self.trough_m < self.vacuum_m:
            raise TocsinError(
                f"Plume: brightest_m = {self.brightest_m:g}, trough_m = {self.trough_m:g} and vacuum_m = "
                f"{self.vacuum_m:g} are not in ascending order: put the trough between the other two"
            )
        if not (self.ground <= 1.0 and self.trough < min(1.0, self.vacuum)):
            raise TocsinError(
                f"Plume: ground = {self.ground:g} is above 1, or trough = {self.trough:g} is not below 1 and "
                f"vacuum = {self.vacuum:g}: they are shares of the brightest, the trough the least"
            )


PLUME = Plume()


def height_course(height_m: ArrayLike, plume: Plume = PLUME) -> Array:
    """Intensity (...) at heights (...) m over the brightest in air: ground, 1, trough, vacuum at the knots.

    ln f goes from knot to knot by s^2 (3 - 2 s), so that f is smooth, has its trough at the knot and no
    other turn; below the ground and above the last knot it stays.
    """
    h = np.asarray(height_m, dtype=np.float64)
    knots = np.array([0.0, plume.brightest_m, plume.trough_m, plume.vacuum_m])
    ln_f = np.log([plume.ground, 1.0, plume.trough, plume.vacuum])
    i = np.clip(np.searchsorted(knots, h, side="right") - 1, 0, 2)
    s = np.clip((h - knots[i]) / (knots[i + 1] - knots[i]), 0.0, 1.0)
    return np.asarray(np.exp(ln_f[i] + (ln_f[i + 1] - ln_f[i]) * s**2 * (3.0 - 2.0 * s)))


def plume_intensity(
    thrust_n: ArrayLike, height_m: ArrayLike, solid: ArrayLike = False, plume: Plume = PLUME
) -> Array:
    """Radiant intensity (...) W/sr in the band of a plume: I = k thrust f(height), as seen from any side.

    thrust_n, height_m and solid (whether the propellant is) broadcast. How it changes with the aspect and
    from flight to flight is left out. TocsinError for a thrust below 0 or a figure that is not a number.
    """
    thrust, h = np.asarray(thrust_n, dtype=np.float64), np.asarray(height_m, dtype=np.float64)
    if not (np.all(np.isfinite(thrust)) and np.all(thrust >= 0.0)):
        raise TocsinError("plume_intensity: a thrust_n is below 0 or not a number: give newtons, 0 for none")
    if not np.all(np.isfinite(h)):
        raise TocsinError(
            "plume_intensity: a height_m is not a number: give heights only while there is a body"
        )
    k = np.where(np.asarray(solid, dtype=bool), plume.solid, plume.liquid)
    return np.asarray(k * thrust * height_course(h, plume))


def intensity_at(
    t: ArrayLike,
    t_sample: ArrayLike,
    thrust_n: ArrayLike,
    height_m: ArrayLike,
    solid: ArrayLike = False,
    plume: Plume = PLUME,
) -> Array:
    """Radiant intensity (...) W/sr at times t (...) of an ascent sampled at t_sample (n,), 0 outside them.

    A sample's thrust and propellant hold until the next one, as in `Path`; the height between two samples is
    linear. thrust_n, height_m (n,); solid, one or (n,). TocsinError for samples that do not ascend in time.
    """
    at, ts = np.asarray(t, dtype=np.float64), np.asarray(t_sample, dtype=np.float64)
    if len(ts) == 0 or not np.all(np.diff(ts) > 0.0):
        raise TocsinError("intensity_at: t_sample does not ascend: sort the samples and drop doubled times")
    i = np.clip(np.searchsorted(ts, at, side="right") - 1, 0, len(ts) - 1)
    thrust = np.asarray(thrust_n, dtype=np.float64)[i]
    of_solid = np.broadcast_to(np.asarray(solid, dtype=bool), ts.shape)[i]
    h = np.interp(at, ts, np.asarray(height_m, dtype=np.float64))
    there = (at >= ts[0]) & (at <= ts[-1])
    return np.where(there, plume_intensity(thrust, h, of_solid, plume), 0.0)
