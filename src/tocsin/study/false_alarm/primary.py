"""What a window is drawn from, as numbers that can be kept and moved a little."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from tocsin.sensor.infrared.normal import normal_tail

Array = NDArray[np.float64]

NOISES = 8  # generators of a window's noise: nature's, and one of each sensor
STEP = 0.5  # of a move, against 1 for drawing all anew; on a toy smaller ones mix worse (docs/design)
SEEDS = 2**63


@final
@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """A window's whole chance: z (d,) standard normal numbers for what happens in it, and seeds of the noise.

    A window is a function of its start, and z is as long as that function found it to be.
    """

    z: Array
    noise: tuple[int, ...]


def fresh(rng: np.random.Generator) -> Start:
    """A start as nature has it."""
    return Start(np.zeros(0), tuple(map(int, rng.integers(SEEDS, size=NOISES))))


def moved(start: Start, rng: np.random.Generator) -> Start:
    """A start near another, so that starts drawn as nature has them stay so.

    z' = sqrt(1 - b^2) z + b xi, xi standard normal, b = `STEP`; half the time noise is drawn anew too, of one
    generator or of all. Under nature's law such a move is as likely one way as the other, so that it need
    only be taken back where it leaves what is asked.
    Source: Neal (1998), eq. 15; Cotter, Roberts, Stuart and White, Statistical Science 28 (2013), 424 (pCN).
    """
    z = math.sqrt(1.0 - STEP**2) * start.z + STEP * rng.standard_normal(len(start.z))
    noise = start.noise
    if rng.random() < 0.5:
        new = tuple(map(int, rng.integers(SEEDS, size=NOISES)))
        only = int(rng.integers(2 * NOISES))  # all of them half the time
        noise = new if only >= NOISES else (*noise[:only], new[only], *noise[only + 1 :])
    return Start(z, noise)


@final
class Primary(np.random.Generator):
    """A generator whose draws are a function of z: the k-th number drawn hangs on z[k] alone.

    What is drawn beyond z comes of `more` and is kept, so that z is as long in the end as what was drawn.
    Only the methods below are such functions; the others of a generator are not to be used.
    Source: the primary sample space of Kelemen, Szirmay-Kalos, Antal and Csonka, Computer Graphics Forum 21
    (2002), 531.
    """

    def __init__(self, z: Array, more: np.random.Generator) -> None:
        super().__init__(np.random.PCG64(0))
        self._z, self._more, self._drawn = z, more, 0

    @property
    def z(self) -> Array:
        """All numbers drawn so far: what was given and not drawn is gone, as it had no part in the window."""
        return self._z[: self._drawn]

    def standard_normal(self, size: Any = None, *_: Any) -> Any:  # type: ignore[override]
        """Standard normal numbers."""
        n = 1 if size is None else int(np.prod(size))
        lacking = self._drawn + n - len(self._z)
        if lacking > 0:
            self._z = np.concatenate([self._z, self._more.standard_normal(lacking)])
        out = self._z[self._drawn : self._drawn + n]
        self._drawn += n
        return float(out[0]) if size is None else out.reshape(size)

    def random(self, size: Any = None, *_: Any) -> Any:  # type: ignore[override]
        """Numbers even from 0 to 1."""
        out = normal_tail(-self.standard_normal(size))
        return float(out) if size is None else out

    def uniform(self, low: Any = 0.0, high: Any = 1.0, size: Any = None) -> Any:
        """Numbers even from low to high."""
        return low + (high - low) * self.random(size)

    def integers(self, low: Any, high: Any = None, size: Any = None, *_: Any) -> Any:  # type: ignore[override]
        """Whole numbers below low, or from low to below high."""
        low, high = (0, low) if high is None else (low, high)
        return np.minimum(np.floor(self.uniform(low, high, size)).astype(np.int64), high - 1)

    def choice(self, a: Any, size: Any = None, replace: bool = True, p: Any = None, *_: Any) -> Any:
        """Of a, or of whole numbers below it, so many with replacement, each as likely as p has it."""
        items = np.arange(a) if np.ndim(a) == 0 else np.asarray(a)
        share = np.full(len(items), 1.0 / len(items)) if p is None else np.asarray(p)
        which = np.searchsorted(np.cumsum(share), self.random(size), side="right")
        return items[np.minimum(which, len(items) - 1)]

    def exponential(self, scale: Any = 1.0, size: Any = None) -> Any:
        """Numbers of an exponential law with this mean."""
        return -scale * np.log(self.random(size))
