"""Detection of one look: threshold, probability and draws for a steady or fluctuating cross-section."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.errors import TocsinError
from tocsin.sensor.given import numbers, positive

Array = NDArray[np.float64]
CASES = (0, 1, 3)
LEAST_FALSE_ALARM = 1e-30
# Assumed (plausible: 0.3 to 3): below this the accuracies of a look say nothing.
ASSUMED_SNR_FLOOR = 1.0


def threshold(p_fa: ArrayLike) -> Array:
    """Power over mean noise that noise alone passes with probability p_fa: -ln p_fa, for one look.

    The power of noise is exponential with mean 1 (a complex Gaussian, squared). TocsinError for a
    probability that is not from 1e-30 to 1.
    """
    return np.asarray(-np.log(numbers("false-alarm probability", p_fa, LEAST_FALSE_ALARM, 1.0)))


def detection_probability(snr: ArrayLike, p_fa: ArrayLike, case: ArrayLike) -> Array:
    """Probability that one look of mean signal-to-noise snr (power ratio) passes `threshold`.

    Swerling 0: Q1(sqrt(2 snr), sqrt(2 T)), Marcum's function; 1: p_fa^(1 / (1 + snr));
    3: (1 + T m / (1 + m)^2) exp(-T / (1 + m)), m = snr / 2. T = -ln p_fa. The three arguments broadcast;
    for one look cases 2 and 4 are 1 and 3. Error below 1e-12. Source: Swerling 1954; Marcum 1947.
    """
    s, t, c = np.broadcast_arrays(numbers("snr", snr, 0.0), threshold(p_fa), _cases(case))
    m = 0.5 * s
    p = np.where(c == 1, np.exp(-t / (1.0 + s)), (1.0 + t * m / (1.0 + m) ** 2) * np.exp(-t / (1.0 + m)))
    steady = c == 0
    if np.any(steady):
        p[steady] = marcum(s[steady], t[steady])
    return np.asarray(p)


def marcum(snr: Array, t: Array) -> Array:
    """Marcum's Q1(sqrt(2 snr), sqrt(2 t)) (n,) for snr >= 0 and 0 <= t <= 70.

    It is P(N(t) <= N(snr)) for two independent Poisson counts of those means: a sum of terms above 0,
    taken for Q or for 1 - Q, whichever is the smaller, so that both keep their digits.
    """
    most = float(np.max(t, initial=0.0))
    a, b = np.exp(-snr), np.exp(-t)
    a_sum, b_sum = a.copy(), b.copy()
    q, rest = a * b, np.zeros_like(a)
    for k in range(1, int(most + 12.0 * np.sqrt(most) + 40.0)):
        a, b = a * (snr / k), b * (t / k)
        rest += b * a_sum
        a_sum += a
        b_sum += b
        q += a * b_sum
    return np.where(snr < t, q, 1.0 - rest)


def draw_power(snr: ArrayLike, case: ArrayLike, rng: np.random.Generator) -> Array:
    """Measured power over mean noise of looks of mean signal-to-noise snr: |sqrt(s) + n|^2.

    n is complex Gaussian noise of mean power 1; s is snr (case 0), exponential (1) or chi-square of four
    degrees (3), both of mean snr, drawn anew each look. snr and case broadcast; any shape.
    """
    mean, c = np.broadcast_arrays(numbers("snr", snr, 0.0), _cases(case))
    degrees = np.where(c == 3, 2.0, 1.0)
    fluctuation = np.where(c == 0, 1.0, rng.standard_gamma(degrees) / degrees)
    noise = np.sqrt(0.5) * rng.standard_normal((2, *mean.shape))
    return np.asarray((np.sqrt(mean * fluctuation) + noise[0]) ** 2 + noise[1] ** 2)


def draw_false_power(p_fa: float, n: int, rng: np.random.Generator) -> Array:
    """Powers (n,) of noise alone that has passed the threshold: T plus an exponential of mean 1."""
    return np.asarray(threshold(p_fa) + rng.exponential(1.0, n))


def mean_snr_of(power: ArrayLike, floor: float = ASSUMED_SNR_FLOOR) -> Array:
    """The signal-to-noise that a measured power speaks for: max(power - 1, floor); the floor is assumed.

    Unbiased before the threshold has chosen; of looks that passed a high one it is a little too high.
    """
    return np.maximum(numbers("power", power, 0.0) - 1.0, positive("floor of snr", floor))


def _cases(case: ArrayLike) -> NDArray[np.int64]:
    given = np.asarray(case)
    if not np.all(np.isin(given, CASES)):
        bad = given[~np.isin(given, CASES)].flat[0]
        raise TocsinError(f"Swerling case {bad}: give 0, 1 or 3 (for one look 2 is 1 and 4 is 3)")
    return given.astype(np.int64)
