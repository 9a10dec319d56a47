"""The Earth's orientation against the IERS series as printed, and what is assumed outside it."""

import numpy as np
import pytest

from tocsin.earth.orientation import earth_orientation, ut1_and_pole
from tocsin.earth.time import tai_from_utc


def test_outside_the_tables_ut1_is_utc():
    table = earth_orientation()
    assert (np.diff(table.t_tai) > 0).all()
    t = np.array(
        [tai_from_utc("1961-06-01"), tai_from_utc("1962-01-02T12:00:00Z"), tai_from_utc("2090-01-01")]
    )
    ut1_tai, x, y = ut1_and_pole(t)
    # TAI-UTC on 1961-06-01 is 1.4228180 s + 151 d x 0.001296 s/d (USNO tai-utc.dat); 37 s since 2017.
    assert ut1_tai[0] == pytest.approx(-(1.4228180 + 151 * 0.001296), abs=1e-6)
    assert ut1_tai[2] == pytest.approx(-37.0, abs=1e-9)
    assert x[0] == y[0] == x[2] == y[2] == 0.0
    # UT1-UTC of 2 and 3 January 1962 in the IERS C04 series is 0.0320547 and 0.0315526 s.
    utc_tai = -(1.8458580 + 1.5 * 0.0011232)
    assert ut1_tai[1] - utc_tai == pytest.approx(0.0318, abs=3e-4)
