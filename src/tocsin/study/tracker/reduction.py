"""The information reduction factor: what is left of a look's information where its origin is not told."""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from tocsin.errors import TocsinError
from tocsin.estimate.chi2 import chi2_tail

GATE = 5.0  # sigma: beyond it lies less than 2e-5 of the looks, and less than 3e-4 of their information
NODES = 120
LN_S = np.arange(-18.0, 34.0, 0.1)


@cache
def information_reduction(detection: float, clutter: float, n: int, gate: float = GATE) -> float:
    """q (0 to `detection`) by which a scan tells less than one sure look of covariance R: J = q H' R^-1 H.

    detection: probability of the own look; clutter: lambda |R|^1/2, the density of false looks over that of
    whitened values; n: values of a look. In the gate, of volume V, are m looks, the own one among them with
    eps_m = Pd Pg P(m - 1) / ((1 - Pd Pg) P(m) + Pd Pg P(m - 1)), P Poisson's of mean lambda V:
    q = sum_m p(m) q_m, q_m = m c^2 / n E[phi_1^2 r_1^2 / (1 - eps + c sum_i phi_i)], c = eps V / (m Pg), over
    looks even in the gate, phi their normal density. With 1/A = int exp(-s A) ds the mean over m looks is a
    product of means over one. Source: Niu, Willett and Bar-Shalom, IEEE Trans. Aerospace and Electronic
    Systems 37 (2001), 1317-1327; the gate and the number of looks as in Zhang, Willett and Bar-Shalom 2005.
    """
    if not (0.0 <= detection <= 1.0 and 0.0 <= clutter < math.inf and n >= 1 and gate > 0.0):
        raise TocsinError(
            f"information reduction: detection {detection:g}, clutter {clutter:g}, n {n}, gate {gate:g}: "
            "give a probability, a density of 0 or more, and a number of values and a gate above 0"
        )
    inside = 1.0 - chi2_tail(gate * gate, n)
    volume = math.pi ** (n / 2) / math.gamma(n / 2 + 1) * gate**n
    mean = clutter * volume
    own = detection * inside
    u, w = np.polynomial.legendre.leggauss(NODES)
    r, w = 0.5 * gate * (u + 1.0), 0.5 * gate * w
    w = w * n * r ** (n - 1) / gate**n  # even in the ball
    phi = (2.0 * math.pi) ** (-n / 2) * np.exp(-0.5 * r * r)
    s = np.exp(LN_S)
    total = 0.0
    for m in range(1, math.ceil(mean + 10.0 * math.sqrt(mean)) + 12):
        with_own = own * _poisson(m - 1, mean)
        p = with_own + (1.0 - own) * _poisson(m, mean)
        if with_own < 1e-300:
            continue
        eps = with_own / p
        c = eps * volume / (m * inside)
        lost = np.exp(-np.outer(s * c, phi))
        one, rest = lost @ (w * phi**2 * r**2), lost @ w
        within = np.exp(-s * (1.0 - eps)) * one * rest ** (m - 1)
        total += p * m * c * c / n * float(np.trapezoid(within * s, LN_S))
    return total


def _poisson(m: int, mean: float) -> float:
    """The chance of m where so many are expected."""
    if mean == 0.0:
        return float(m == 0)
    return math.exp(m * math.log(mean) - mean - math.lgamma(m + 1.0))
