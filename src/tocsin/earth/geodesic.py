"""The length of the shortest way over the ellipsoid between many pairs of points."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.earth.constants import FLATTENING, R_EQ
from tocsin.earth.ellipsoid import EP2, B
from tocsin.earth.kernel import kernel

Array = NDArray[np.float64]

# Gauss and Legendre's points on (-1, 1). The integrands are smooth to 3.2i from the real axis: ten miss half
# a meridian by 0.1 um, twelve only by rounding.
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(12)
MOST_STEPS = 100
# rad of azimuth and of longitude, from which the correction by Clairaut's relation is exact to rounding.
CLOSE, NEAR = 1e-10, 1e-5


@kernel
def reduced_latitude(lat: float) -> tuple[float, float]:
    """Sine and cosine of b with tan b = (1 - f) tan lat."""
    s, c = (1.0 - FLATTENING) * math.sin(lat), math.cos(lat)
    size = math.hypot(s, c)
    return s / size, c / size


@kernel
def way(
    sin_b1: float, cos_b1: float, sin_b2: float, cos_b2: float, azimuth: float
) -> tuple[float, float, float]:
    """The geodesic that leaves reduced latitude b1 at an azimuth, to where it first reaches b2 on its way up.

    The longitude it turns rad, its length m, and the longitude's slope by azimuth. With
    sin a0 = sin a cos b1, k2 = e'2 cos2 a0, w = sqrt(1 + k2 sin2 s) and integrals over the arc s from s1 to
    s2 on the sphere: length b int w ds; longitude omega2 - omega1
    - f sin a0 int (2 - f) / (1 + (1 - f) w) ds; slope: the reduced length over a cos a2 cos b2.
    Source: Karney, Journal of Geodesy 87 (2013).
    """
    sin_a0, north1 = math.sin(azimuth) * cos_b1, math.cos(azimuth) * cos_b1
    # cos2 b2 - cos2 b1, by those of sines and cosines that are the smaller.
    grows = (
        (sin_b1 - sin_b2) * (sin_b1 + sin_b2) if cos_b1 > -sin_b1 else (cos_b2 - cos_b1) * (cos_b2 + cos_b1)
    )
    north2 = math.sqrt(max(north1 * north1 + grows, 0.0))
    s1, s2 = math.atan2(sin_b1, north1), math.atan2(sin_b2, north2)
    turn = math.atan2(sin_a0 * sin_b2, north2) - math.atan2(sin_a0 * sin_b1, north1)
    k2 = EP2 * (1.0 - sin_a0 * sin_a0)
    middle, half = 0.5 * (s1 + s2), 0.5 * (s2 - s1)
    length = slip = bend = 0.0
    for i in range(len(_NODES)):
        s = math.sin(middle + half * _NODES[i])
        w = math.sqrt(1.0 + k2 * s * s)
        length += _WEIGHTS[i] * w
        slip += _WEIGHTS[i] / (1.0 + (1.0 - FLATTENING) * w)
        bend += _WEIGHTS[i] * k2 * s * s / w
    turn -= FLATTENING * sin_a0 * (2.0 - FLATTENING) * half * slip
    sin1, cos1, sin2, cos2 = math.sin(s1), math.cos(s1), math.sin(s2), math.cos(s2)
    reduced = (
        math.sqrt(1.0 + k2 * sin2 * sin2) * cos1 * sin2
        - math.sqrt(1.0 + k2 * sin1 * sin1) * sin1 * cos2
        - cos1 * cos2 * half * bend
    )
    return turn, B * half * length, (1.0 - FLATTENING) * reduced / north2


@kernel
def shortest(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The length m of the shortest way between two points, rad; nan where one is none.

    From the point farther from the equator, to the south of it; the azimuth by Newton's steps, halving what
    is left of half a turn where one leads out of it. What the longitude still lacks, dl, is
    a sin a0 dl long (Clairaut).
    """
    if abs(lat1) < abs(lat2):
        lat1, lat2 = lat2, lat1
    if lat1 > 0.0:
        lat2 = -lat2
    lat1 = -abs(lat1)  # and no 0.0: along the equator -0.0 says which way the arc turns
    sin_b1, cos_b1 = reduced_latitude(lat1)
    sin_b2, cos_b2 = reduced_latitude(lat2)
    wanted = abs(lon2 - lon1) % (2.0 * math.pi)
    wanted = min(wanted, 2.0 * math.pi - wanted)
    low, high = 0.0, math.pi
    azimuth = math.atan2(cos_b2 * math.sin(wanted), cos_b1 * sin_b2 - sin_b1 * cos_b2 * math.cos(wanted))
    length = math.nan
    for _ in range(MOST_STEPS):
        turn, length, slope = way(sin_b1, cos_b1, sin_b2, cos_b2, azimuth)
        length += R_EQ * math.sin(azimuth) * cos_b1 * (wanted - turn)
        if turn >= wanted:
            high = azimuth
        else:
            low = azimuth
        ahead = azimuth + (wanted - turn) / slope
        if not (slope > 0.0 and low <= ahead <= high):
            ahead = 0.5 * (low + high)
        if ahead == azimuth or (abs(ahead - azimuth) < CLOSE and abs(wanted - turn) < NEAR):
            break
        azimuth = ahead
    return length


@kernel
def _fill(points: Array, out: Array) -> None:
    for i in range(len(points)):
        out[i] = shortest(points[i, 0], points[i, 1], points[i, 2], points[i, 3])


def distances(lat1: ArrayLike, lon1: ArrayLike, lat2: ArrayLike, lon2: ArrayLike) -> Array:
    """Distances (n,) in m on the ellipsoid between points (n,), latitude and longitude in rad."""
    points = np.column_stack([np.asarray(v, dtype=np.float64).ravel() for v in (lat1, lon1, lat2, lon2)])
    out = np.empty(len(points))
    _fill(points, out)
    return out
