"""The three times of an echo: sent, bounced, received."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import C_LIGHT, OMEGA
from tocsin.errors import TocsinError

Array = NDArray[np.float64]
# Range between the body at the first times (n,) and the site at the second (n,), m (n,).
RangeBetween = Callable[[Array, Array], Array]
ROUNDS = 5


@final
@dataclass(frozen=True, slots=True)
class EchoTimes:
    """When echoes were received (n,) s, and how long (n,) s they took out and back.

    The delays keep their digits where a time counted from 2000 has none left below 0.1 microseconds.
    """

    receive: Array
    out_s: Array
    back_s: Array

    @property
    def bounce(self) -> Array:
        """When they were at the body (n,) s."""
        return np.asarray(self.receive - self.back_s)

    @property
    def transmit(self) -> Array:
        """When they were sent (n,) s."""
        return np.asarray(self.receive - (self.back_s + self.out_s))

    @property
    def range_m(self) -> Array:
        """What a clock at the site makes of it (n,) m: c (t_receive - t_transmit) / 2."""
        return np.asarray(0.5 * C_LIGHT * (self.out_s + self.back_s))


def echo_times(receive: Array, range_between: RangeBetween) -> EchoTimes:
    """Bounce and transmit times of echoes received at `receive` (n,) s.

    c (t_r - t_b) = R(t_b, t_r), then c (t_b - t_t) = R(t_b, t_t), each by fixed-point iteration that gains a
    factor v / c a round: five leave less than 1e-12 s of the delays below 8 km/s, beside rounding (1e-11 s
    for times counted from 2000). TocsinError where the range function gives no number, also at t_r itself.
    """
    t_r = np.asarray(receive, dtype=np.float64)
    back = np.zeros_like(t_r)
    for _ in range(ROUNDS):
        back = range_between(t_r - back, t_r) / C_LIGHT
    t_b = t_r - back
    out = back
    for _ in range(ROUNDS):
        out = range_between(t_b, t_b - out) / C_LIGHT
    if not np.all(np.isfinite(back) & np.isfinite(out)):
        bad = float(t_r[~(np.isfinite(back) & np.isfinite(out))][0])
        raise TocsinError(f"echo_times: no range for the echo received at {bad:.6f} s: ask within the path")
    return EchoTimes(t_r, out, back)


def turning_range(position: Callable[[Array], Array], r_site: Array) -> RangeBetween:
    """The range function of an Earth-fixed path and site (3,) m, the turn of the Earth between included.

    R = |R3(omega (t_site - t_body)) r(t_body) - r_s|, in the axes of the site's time; `position` gives
    r (n, 3) m. The turn moves a bounce by up to 30 ns, and nearly leaves half the way there and back alone.
    """

    def between(t_body: Array, t_site: Array) -> Array:
        r = position(t_body)
        turn = OMEGA * (t_site - t_body)
        c, s = np.cos(turn), np.sin(turn)
        seen = np.stack([c * r[:, 0] + s * r[:, 1], c * r[:, 1] - s * r[:, 0], r[:, 2]], axis=-1)
        return np.asarray(np.linalg.norm(seen - r_site, axis=-1))

    return between
