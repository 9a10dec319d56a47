"""How rare a chi-square is."""

from __future__ import annotations

import math

from tocsin.earth.kernel import kernel

TINY = 1e-300


@kernel
def chi2_tail(value: float, freedom: int) -> float:
    """P(chi-square with `freedom` degrees > value), the upper incomplete gamma function Q(f/2, value/2).

    Its series below f/2 + 1, Lentz's continued fraction above; to 1e-10. Source: Abramowitz and Stegun,
    Handbook of Mathematical Functions (1964), 6.5.29 and 6.5.31.
    """
    a, x = max(freedom, 1) / 2.0, value / 2.0
    if not x > 0.0:
        return 1.0
    scale = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1.0:
        term = total = 1.0 / a
        n = a
        while term > 1e-16 * total:
            n += 1.0
            term *= x / n
            total += term
        return max(0.0, 1.0 - scale * total)
    b = x + 1.0 - a
    c, d = 1.0 / TINY, 1.0 / b
    h = d
    for i in range(1, 10_000):
        an = -i * (i - a)
        b += 2.0
        d = an * d + b
        c = b + an / c
        d = 1.0 / (d if abs(d) > TINY else TINY)
        c = c if abs(c) > TINY else TINY
        h *= d * c
        if abs(d * c - 1.0) < 1e-15:
            break
    return scale * h
