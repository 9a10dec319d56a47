"""From the celestial frames to the Earth-fixed ITRS: TEME, GCRS, EME2000."""

import erfa
import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.earth.constants import OMEGA
from tocsin.earth.orientation import ut1_and_pole
from tocsin.earth.time import DAY, JD_EPOCH

Array = NDArray[np.float64]

TT_TAI = 32.184  # s


def gcrs_to_itrs(t_tai: ArrayLike) -> Array:
    """The rotation (n, 3, 3) from the GCRS to the ITRS at times t_tai (n,), with the IERS's UT1 and pole.

    Equinox-free, precession and nutation of the IAU 2006/2000A: SOFA's `c2t06a`. Source: IERS Conventions
    (2010), chapter 5. The celestial pole's offsets (below 0.5 mas, 2 cm on the ground) are left out.
    """
    t = np.asarray(t_tai, dtype=np.float64)
    ut1_tai, pole_x, pole_y = ut1_and_pole(t)
    days = np.floor(t / DAY)
    seconds = t - days * DAY
    epoch = JD_EPOCH + days
    rotation = erfa.c2t06a(epoch, (seconds + TT_TAI) / DAY, epoch, (seconds + ut1_tai) / DAY, pole_x, pole_y)
    return np.asarray(rotation, dtype=np.float64)


def itrs_from_gcrs(t_tai: ArrayLike, r_gcrs: ArrayLike, v_gcrs: ArrayLike) -> tuple[Array, Array]:
    """Earth-fixed positions (n, 3) m and Earth-relative velocities (n, 3) m/s of GCRS (or ICRF) ones.

    r = M r_gcrs, v = M v_gcrs - omega x r, omega along the ITRS's pole: the pole's motion, 1e-7 of it, and
    precession move a low orbit's velocity by less than 1 mm/s.
    """
    rotation = gcrs_to_itrs(t_tai)
    r = np.einsum("nij,nj->ni", rotation, np.asarray(r_gcrs, dtype=np.float64))
    v = np.einsum("nij,nj->ni", rotation, np.asarray(v_gcrs, dtype=np.float64))
    v[:, 0] += OMEGA * r[:, 1]
    v[:, 1] -= OMEGA * r[:, 0]
    return r, v


def itrs_from_eme2000(t_tai: ArrayLike, r_eme: ArrayLike, v_eme: ArrayLike) -> tuple[Array, Array]:
    """As `itrs_from_gcrs`, from the mean equator and equinox of J2000 (0.023 arc seconds of frame bias)."""
    bias = np.asarray(erfa.bp06(JD_EPOCH, 0.0)[0])
    r = np.asarray(r_eme, dtype=np.float64) @ bias
    v = np.asarray(v_eme, dtype=np.float64) @ bias
    return itrs_from_gcrs(t_tai, r, v)


def itrs_from_teme(t_tai: ArrayLike, r_teme: ArrayLike, v_teme: ArrayLike) -> tuple[Array, Array]:
    """Earth-fixed positions (m) and Earth-relative velocities (m/s), (n, 3) each, from SGP4's TEME frame.

    r_pef = R3(GMST82(UT1)) r_teme, v_pef = R3 v_teme - omega x r_pef, then W(xp, yp, s') r_pef. UT1 and the
    pole are the IERS's. Source: Vallado et al., AIAA 2006-6753, appendix C; IERS Conventions (2010) for W.
    """
    t = np.array(t_tai, dtype=np.float64)
    ut1_tai, pole_x, pole_y = ut1_and_pole(t)
    days = np.floor(t / DAY)
    seconds = t - days * DAY
    gmst = erfa.gmst82(JD_EPOCH + days, (seconds + ut1_tai) / DAY)
    s_prime = erfa.sp00(JD_EPOCH + days, (seconds + TT_TAI) / DAY)
    spin = erfa.rz(gmst, np.broadcast_to(np.eye(3), (len(t), 3, 3)))
    pole = erfa.pom00(pole_x, pole_y, s_prime)
    r = np.einsum("nij,nj->ni", spin, np.asarray(r_teme, dtype=np.float64))
    v = np.einsum("nij,nj->ni", spin, np.asarray(v_teme, dtype=np.float64))
    v[:, 0] += OMEGA * r[:, 1]
    v[:, 1] -= OMEGA * r[:, 0]
    return np.einsum("nij,nj->ni", pole, r), np.einsum("nij,nj->ni", pole, v)
