"""Astropy with the whole IERS series since 1962, from the package of them that it came with."""

import pytest
from astropy.utils import iers


@pytest.fixture
def iers_since_1962():
    """The measured C04 series; no download."""
    with iers.conf.set_temp("auto_download", False), iers.earth_orientation_table.set(iers.IERS_B.open()):
        yield
