"""The atmosphere of a day: NRLMSIS 2.1 by `pymsis`, as a column over one place, its space weather given."""

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.air import air_of
from tocsin.earth.time import utc_from_tai
from tocsin.errors import TocsinError

Array = NDArray[np.float64]

TOP_M = 1000e3  # the model's top; above it the density falls on at its last rate
EDGES = np.array([0.0, 150e3, TOP_M, 2000e3])
WIDTH = np.array([1e3, 5e3, 5e3])


def msis_air(t_tai: float, lat: float, lon: float, f107: float, f107a: float, ap: float) -> Array:
    """The atmosphere (`earth.air`) over (lat, lon) rad at t_tai (TAI s), for `motion.forces.forces`.

    f107 is the solar radio flux of the day before and f107a its mean over 81 days, in 1e-22 W/(m2 Hz); ap is
    the daily geomagnetic index. The column holds for an arc's whole way: choose the place where it meets the
    air.
    Raises TocsinError without the package `pymsis` or for space weather that cannot be.
    Source: Emmert et al., Journal of Geophysical Research: Space Physics 127 (2022), e2022JA030896.
    """
    try:
        import pymsis
    except ImportError:
        raise TocsinError("NRLMSIS needs the package pymsis: pip install 'tocsin[msis]'") from None
    for name, value, low, high in (("f107", f107, 50, 500), ("f107a", f107a, 50, 500), ("ap", ap, 0, 400)):
        if not low <= value <= high:
            raise TocsinError(f"{name} = {value:g} is no space weather: give {low} to {high}")
    date = np.datetime64(utc_from_tai(t_tai).rstrip("Z").replace(":60", ":59"))

    def column(z: Array) -> Array:
        n = len(z)
        out = pymsis.calculate(
            np.full(n, date), np.full(n, np.degrees(lon)), np.full(n, np.degrees(lat)), z / 1e3,
            np.full(n, f107), np.full(n, f107a), np.full((n, 7), ap), version=2.1,
        )  # fmt: skip
        return np.asarray(out[:, pymsis.Variable.MASS_DENSITY], dtype=np.float64)

    below, top = column(np.array([TOP_M - 10e3, TOP_M]))
    rate = np.log(top / below) / 10e3

    def density(layer: int, z: Array) -> Array:
        return np.asarray(column(np.minimum(z, TOP_M)) * np.exp(rate * np.maximum(z - TOP_M, 0.0)))

    return air_of(EDGES, WIDTH, density)
