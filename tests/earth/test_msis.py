"""NRLMSIS as an atmosphere: against the package's own figures, the standard's, and its own refusals."""

import builtins

import numpy as np
import pymsis
import pytest

from tests.motion.arcs import BURNOUT, BURNOUT_T
from tocsin.earth.air import air_density
from tocsin.earth.atmosphere import density
from tocsin.earth.msis import msis_air
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError
from tocsin.motion.ballistic import impact
from tocsin.motion.forces import forces

T = tai_from_utc("2017-07-04T00:40:00Z")
PLACE = np.radians([40.0, 125.0])


@pytest.fixture(scope="module")
def quiet():
    return msis_air(T, *PLACE, 75.0, 78.0, 5.0)


@pytest.mark.parametrize("h_km", [0.3, 20.7, 55.5, 99.5, 149.9, 151.0, 333.3, 987.6])
def test_the_column_is_the_package_s(quiet, h_km):
    date = np.datetime64("2017-07-04T00:40:00")
    out = pymsis.calculate(date, 125.0, 40.0, h_km, 75.0, 78.0, [[5.0] * 7], version=2.1)
    # The package works in single precision.
    assert air_density(h_km * 1e3, quiet) == pytest.approx(
        float(np.ravel(out[..., pymsis.Variable.MASS_DENSITY])[0]), rel=1e-4
    )


def test_low_it_is_near_the_standard_and_high_it_breathes_with_the_sun(quiet):
    stormy = msis_air(T, *PLACE, 220.0, 200.0, 80.0)
    for h in (5e3, 20e3, 40e3):
        assert air_density(h, quiet) == pytest.approx(density(h), rel=0.2)
    assert air_density(400e3, stormy) > 5.0 * air_density(400e3, quiet)
    assert air_density(1500e3, quiet) < air_density(1000e3, quiet)


def test_a_fall_through_it(quiet):
    standard = impact(BURNOUT_T, BURNOUT, 1 / 3000)
    of_the_day = impact(BURNOUT_T, BURNOUT, 1 / 3000, forces=forces(air=quiet))
    assert of_the_day.status == "impact"
    assert 0.01 < abs(of_the_day.t - standard.t) < 5.0


@pytest.mark.parametrize(
    "weather", [(0.0, 75.0, 5.0), (75.0, 9e9, 5.0), (75.0, 75.0, -1.0), (np.nan, 75.0, 5.0)]
)
def test_weather_that_cannot_be(weather):
    with pytest.raises(TocsinError, match="space weather"):
        msis_air(T, *PLACE, *weather)


def test_without_the_package_it_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name == "pymsis":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(TocsinError, match="pip install"):
        msis_air(T, *PLACE, 75.0, 75.0, 5.0)
