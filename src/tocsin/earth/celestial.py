"""Celestial frames to the Earth-fixed ITRS and back: GCRS, EME2000 and SGP4's TEME.

Every pair of functions takes and gives positions (n, 3) m and velocities (n, 3) m/s at TAI times (n,); those
in ITRS are relative to the rotating Earth. UT1 and the pole are the IERS's, by `ut1_and_pole`.
"""

import erfa
import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.earth.constants import OMEGA
from tocsin.earth.orientation import ut1_and_pole
from tocsin.earth.time import DAY, JD_EPOCH

Array = NDArray[np.float64]
States = tuple[Array, Array]

TT_TAI = 32.184  # s
_NODE_S = 864.0  # over which precession and nutation are straight lines to 3e-12 rad

_BIAS: Array = erfa.bp06(JD_EPOCH, 0.0)[0]


def itrs_from_gcrs(t_tai: ArrayLike, r_gcrs: ArrayLike, v_gcrs: ArrayLike) -> States:
    """ITRS states from GCRS ones (the axes of the ICRS): r = W R3(ERA) C r_gcrs, and v its rate.

    C is the IAU 2006/2000A precession-nutation with the CIO, ERA the Earth rotation angle of UT1, W the pole.
    The celestial pole offsets are left out: 0.3 mas, 6 cm at 42,000 km. Source: IERS Conventions (2010), 5.
    """
    return _turned(_gcrs_turn(_times(t_tai)), r_gcrs, v_gcrs)


def gcrs_from_itrs(t_tai: ArrayLike, r_ecef: ArrayLike, v_ecef: ArrayLike) -> States:
    """GCRS states from ITRS ones: the inverse of `itrs_from_gcrs`."""
    return _turned_back(_gcrs_turn(_times(t_tai)), r_ecef, v_ecef)


def itrs_from_eme2000(t_tai: ArrayLike, r_eme2000: ArrayLike, v_eme2000: ArrayLike) -> States:
    """ITRS states from those in the mean equator and equinox of J2000, which B turns 23 mas from the GCRS.

    r_gcrs = B^T r_eme2000. Source: frame bias of IERS Conventions (2010), 5.6.2, by IAU SOFA `bp06`.
    """
    r, v = np.asarray(r_eme2000, dtype=np.float64), np.asarray(v_eme2000, dtype=np.float64)
    return itrs_from_gcrs(t_tai, r @ _BIAS, v @ _BIAS)


def eme2000_from_itrs(t_tai: ArrayLike, r_ecef: ArrayLike, v_ecef: ArrayLike) -> States:
    """EME2000 states from ITRS ones: the inverse of `itrs_from_eme2000`."""
    r, v = gcrs_from_itrs(t_tai, r_ecef, v_ecef)
    return r @ _BIAS.T, v @ _BIAS.T


def itrs_from_teme(t_tai: ArrayLike, r_teme: ArrayLike, v_teme: ArrayLike) -> States:
    """ITRS states from those in SGP4's true equator and mean equinox of date: r = W R3(GMST82) r_teme.

    TEME's own turning (precession, 8e-12 rad/s) is left out of the velocities, as SGP4 leaves it out.
    Source: Vallado et al., AIAA 2006-6753, appendix C; IERS Conventions (2010) for W.
    """
    return _turned(_teme_turn(_times(t_tai)), r_teme, v_teme)


def teme_from_itrs(t_tai: ArrayLike, r_ecef: ArrayLike, v_ecef: ArrayLike) -> States:
    """TEME states from ITRS ones: the inverse of `itrs_from_teme`."""
    return _turned_back(_teme_turn(_times(t_tai)), r_ecef, v_ecef)


def _times(t_tai: ArrayLike) -> Array:
    return np.asarray(t_tai, dtype=np.float64)


def _turned(turn: States, r: ArrayLike, v: ArrayLike) -> States:
    """(Q r, Q v + Q' r)."""
    q, rate = turn
    before = np.asarray(r, dtype=np.float64)
    moved = np.einsum("nij,nj->ni", q, np.asarray(v, dtype=np.float64))
    return np.einsum("nij,nj->ni", q, before), moved + np.einsum("nij,nj->ni", rate, before)


def _turned_back(turn: States, r: ArrayLike, v: ArrayLike) -> States:
    q, rate = turn
    before = np.einsum("nji,nj->ni", q, np.asarray(r, dtype=np.float64))
    moved = np.asarray(v, dtype=np.float64) - np.einsum("nij,nj->ni", rate, before)
    return before, np.einsum("nji,nj->ni", q, moved)


def _gcrs_turn(t: Array) -> States:
    """The rotation (n, 3, 3) from GCRS to ITRS, and its rate per second."""
    c, c_rate = _precession_nutation(t)
    return _earth_turn(t, erfa.era00, c, c_rate)


def _teme_turn(t: Array) -> States:
    """The rotation (n, 3, 3) from TEME to ITRS, and its rate per second."""
    same = np.broadcast_to(np.eye(3), (len(t), 3, 3))
    return _earth_turn(t, erfa.gmst82, same, np.zeros_like(same))


def _earth_turn(t: Array, angle: np.ufunc, c: Array, c_rate: Array) -> States:
    """W R3(angle of UT1) c and its rate: the angle's is OMEGA, the pole's is nothing (4e-14 rad/s)."""
    ut1_tai, pole_x, pole_y = ut1_and_pole(t)
    days = np.floor(t / DAY)
    seconds = t - days * DAY
    theta = angle(JD_EPOCH + days, (seconds + ut1_tai) / DAY)
    pole = erfa.pom00(pole_x, pole_y, erfa.sp00(JD_EPOCH + days, (seconds + TT_TAI) / DAY))
    turned, turned_rate = erfa.rz(theta, c), erfa.rz(theta, c_rate)
    turned_rate[:, 0] += OMEGA * turned[:, 1]
    turned_rate[:, 1] -= OMEGA * turned[:, 0]
    return pole @ turned, pole @ turned_rate


def _precession_nutation(t: Array) -> States:
    """C (n, 3, 3) and its rate per second, by straight lines between nodes: each series is summed once."""
    first, which = np.unique(np.floor(t / _NODE_S), return_inverse=True)
    ends = [erfa.c2i06a(JD_EPOCH, (node * _NODE_S + TT_TAI) / DAY) for node in (first, first + 1.0)]
    slope = ((ends[1] - ends[0]) / _NODE_S)[which]
    since = (t - first[which] * _NODE_S)[:, None, None]
    return ends[0][which] + since * slope, slope
