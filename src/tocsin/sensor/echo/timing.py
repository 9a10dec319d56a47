"""The three times of an echo: sent, bounced, received."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import C_LIGHT, OMEGA

Array = NDArray[np.float64]


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


def turned(r: Array, angle: Array) -> Array:
    """R3(angle) r: vectors (n, 3) in axes turned by so small an angle (n,) rad that its square is nothing."""
    return np.stack([r[:, 0] + angle * r[:, 1], r[:, 1] - angle * r[:, 0], r[:, 2]], axis=-1)


def echo_times(receive: Array, seen: Array, r_site: Array) -> EchoTimes:
    """Times of echoes received at `receive` (n,) s from where they bounced, seen (n, 3) m.

    seen: in the Earth-fixed axes of reception, as `light.seen_from` gives it; r_site (3,). The way back is
    |seen - r_s|; on the way out the site stood twice as far back: |R3(-2 omega back) seen - r_s|. The turn
    moves each way by up to 15 ns, one up and one down. Within 1e-13 s for what is 6,000 km away.
    """
    back = np.linalg.norm(seen - r_site, axis=-1) / C_LIGHT
    out = np.linalg.norm(turned(seen, -2.0 * OMEGA * back) - r_site, axis=-1) / C_LIGHT
    return EchoTimes(np.asarray(receive, dtype=np.float64), out, back)
