"""The minimum-energy arc between two points of a sphere that does not rotate."""

import math

from tocsin.errors import TocsinError


def minimum_energy(
    range_m: float, radius_m: float = 6371e3, mu: float = 398600.4418e9
) -> tuple[float, float, float, float]:
    """Speed (m/s), flight-path angle (rad), apogee height (m) and time of flight (s) of the least-energy arc.

    With psi the range angle: Q = v2 r / mu = 2 sin(psi/2) / (1 + sin(psi/2)), gamma = (pi - psi) / 4,
    e2 = 1 - Q (2 - Q) cos2 gamma, a = r / (2 - Q). The time is from Kepler's equation between the two points.

    range_m is along the surface, above 0 and below half the way round; else TocsinError.
    Source: Bate, Mueller and White, Fundamentals of Astrodynamics (1971), sections 6.2.3-6.2.4.
    """
    psi = range_m / radius_m
    if not 0.0 < psi < math.pi:
        raise TocsinError(
            f"a range of {range_m / 1e3:g} km has no minimum-energy arc: "
            f"give more than 0 and less than {math.pi * radius_m / 1e3:.0f} km"
        )
    q = 2.0 * math.sin(psi / 2.0) / (1.0 + math.sin(psi / 2.0))
    gamma = (math.pi - psi) / 4.0
    e = math.sqrt(1.0 - q * (2.0 - q) * math.cos(gamma) ** 2)
    a = radius_m / (2.0 - q)
    anomaly = math.acos((1.0 - radius_m / a) / e)  # eccentric, at burnout; at impact its mirror image
    time = 2.0 * (math.pi - anomaly + e * math.sin(anomaly)) * math.sqrt(a**3 / mu)
    return math.sqrt(q * mu / radius_m), gamma, a * (1.0 + e) - radius_m, time
