"""A table of radar looks, as files of looks hold them."""

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import TocsinError

Array = NDArray[np.float64]

FURTHEST_M = 1.6e9  # beyond which the Earth holds nothing against the Sun
FASTEST_M_S = 100e3  # more than a meteor's
# 1-sigma noise from and to: finer than any radar's by a hundred, and coarser than what says anything.
NOISE_M, NOISE_RAD, NOISE_M_S = (1e-4, 1e6), (1e-8, 0.5 * np.pi), (1e-6, 1e4)
WITHIN = (
    f"{NOISE_M[0]:g} to {NOISE_M[1]:g} m, {NOISE_RAD[0]:g} to {NOISE_RAD[1]:.3g} rad, "
    f"{NOISE_M_S[0]:g} to {NOISE_M_S[1]:g} m/s"
)
DATED = 7.9e9  # s from 2000: 1750 to 2250; what lies outside is in another unit


@final
@dataclass(frozen=True, slots=True, eq=False)
class LookTable:
    """Looks of any number of radars at any number of bodies, in the order of the file.

    sensor, body (n,): names; t (n,): TAI s of reception of the echo; values, sigmas (n, 3): range m, azimuth
    and elevation rad, and their 1-sigma noise; rate, rate_sigma (n,): range rate m/s, half of the way
    there and back, above 0 where the body recedes, and its noise; both NaN where none was measured. place
    (n,): where each stands, as `path:line` or `path: row k`. unread: range rates of a kind that is not
    read, in words.
    """

    sensor: tuple[str, ...]
    body: tuple[str, ...]
    t: Array
    values: Array
    sigmas: Array
    rate: Array
    rate_sigma: Array
    place: tuple[str, ...]
    unread: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.t)

    def where(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> "LookTable":
        """The rows of an index or a mask."""
        index = np.arange(len(self))[rows]
        sensor, body, place = (
            tuple(words[i] for i in index) for words in (self.sensor, self.body, self.place)
        )
        return LookTable(
            sensor=sensor,
            body=body,
            t=self.t[index],
            values=self.values[index],
            sigmas=self.sigmas[index],
            rate=self.rate[index],
            rate_sigma=self.rate_sigma[index],
            place=place,
            unread=self.unread,
        )


def refuse_unsound(table: LookTable) -> LookTable:
    """The table; TocsinError with each row that no radar can have seen, at its place (twenty at most)."""
    r, el = table.values[:, 0], table.values[:, 2]
    far = ~((r > 0.0) & (r < FURTHEST_M))
    steep = ~(np.abs(el) <= np.pi / 2)
    nowhere = ~np.isfinite(table.t) | ~np.isfinite(table.values[:, 1])
    undated = ~(np.abs(table.t) < DATED)
    unknown = ~((table.sigmas > 0.0) & np.isfinite(table.sigmas)).all(axis=1)
    least, most_noise = np.array([NOISE_M, NOISE_RAD, NOISE_RAD]).T
    outside = (table.sigmas > 0.0) & ((table.sigmas < least) | (table.sigmas > most_noise))
    outside &= np.isfinite(table.sigmas)
    rough = (table.rate_sigma < NOISE_M_S[0]) | (table.rate_sigma > NOISE_M_S[1])
    absurd = np.asarray(outside.any(axis=1) | rough)
    rated = ~np.isnan(table.rate)
    fast = rated & ~(np.abs(table.rate) < FASTEST_M_S)
    unsure = rated & ~((table.rate_sigma > 0.0) & np.isfinite(table.rate_sigma))
    unsure |= ~rated & ~np.isnan(table.rate_sigma)
    problems = []
    for i in np.flatnonzero(far | steep | nowhere | undated | unknown | fast | unsure | absurd)[:20]:
        if far[i]:
            most = f"{FURTHEST_M / 1e3:g} km"
            what = f"range: {r[i] / 1e3:.6g} km is none of a body about the Earth; give 0 to {most}"
        elif steep[i]:
            what = f"elevation: {np.degrees(el[i]):.6g} deg is none; give -90 to 90"
        elif nowhere[i]:
            what = "time or azimuth: is not a finite number; leave the look out"
        elif undated[i]:
            what = f"time: {table.t[i]:.6g} s from 2000 is no time of a look; give TAI seconds"
        elif fast[i]:
            most = f"{FASTEST_M_S / 1e3:g}"
            what = (
                f"range rate: {table.rate[i] / 1e3:.6g} km/s is none about the Earth; give -{most} to {most}"
            )
        elif unsure[i]:
            what = "range rate: give both it and its sigma, a finite number above 0, or neither"
        elif absurd[i]:
            what = f"sigmas: are no radar's noise; give {WITHIN}"
        else:
            what = "sigmas: are not three finite numbers above 0; give the look's noise, or leave it out"
        problems.append(f"{table.place[i]}: {what}")
    if problems:
        raise TocsinError(problems)
    return table
