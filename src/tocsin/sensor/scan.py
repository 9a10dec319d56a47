"""A scan: what one sensor saw in one frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from tocsin.motion.path import Path

Array = NDArray[np.float64]
Kind = Literal["telescope", "radar"]


@dataclass(frozen=True, slots=True)
class Scan:
    """One sensor, one frame; an empty frame is a scan with no looks, because absence is evidence.

    t: end of the frame, TAI s; r_ecef (3,): the sensor at that time, m; t_look (n,): reception times;
    values (n, m): telescope m = 2, angles from nadir toward east and north, rad; radar m = 3, range m,
    azimuth rad, elevation rad, at reception of the echo; sigmas (n, m) 1-sigma noise; snr (n,) power ratio.
    shed: looks that were due in this frame and had no room in it; blind: the sensor could see nothing, so
    that no looks say nothing. rate, rate_sigma (n,): range rate m/s at reception and its 1-sigma noise, of a
    radar that measures it; both or neither.
    """

    sensor: str
    kind: Kind
    origin: str
    t: float
    r_ecef: Array
    t_look: Array
    values: Array
    sigmas: Array
    snr: Array
    shed: int = 0
    blind: bool = False
    rate: Array | None = None
    rate_sigma: Array | None = None

    def __len__(self) -> int:
        return len(self.t_look)


def by_frame(frame: NDArray[np.int64], frames: int) -> list[NDArray[np.int64]]:
    """The rows of each of so many frames, in order: frame (n,) is each row's."""
    order = np.argsort(frame, kind="stable")
    return np.split(order, np.cumsum(np.bincount(frame, minlength=frames))[:-1]) if frames else []


class Sensor(Protocol):
    """Anything that turns paths into scans, and says what an estimator may know of it."""

    @property
    def key(self) -> str:
        """Its name in the network."""

    @property
    def frame_s(self) -> float:
        """Time between scans, s."""

    @property
    def detection(self) -> float:
        """Probability that a body in view gives a look."""

    @property
    def false_density(self) -> float:
        """False looks per scan and unit of its coordinates."""

    @property
    def bias_sigma(self) -> Array:
        """1-sigma priors of its fixed errors (q,): one for each column of `values`, then its others."""

    def draw_bias(self, rng: np.random.Generator) -> Array:
        """One draw of its fixed errors (q,) from their priors."""

    def scans(
        self,
        paths: tuple[Path, ...],
        t0: float,
        t1: float,
        bias: Array,
        origin: str,
        rng: np.random.Generator,
    ) -> tuple[Scan, ...]:
        """Every frame that ends within (t0, t1], in order."""
