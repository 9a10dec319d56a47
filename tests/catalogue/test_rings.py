"""Rings on the Earth: which are refused and in what words, and how much ground one holds."""

import math

import numpy as np
import pytest
import shapely

from tocsin.catalogue.rings import RADIUS_KM, area_km2, ring_problems

SOUND = {
    "a triangle": [(0, 0), (10, 0), (5, 5)],
    "closed already": [(0, 0), (10, 0), (5, 5), (0, 0)],
    "the other way round": [(0, 0), (5, 5), (10, 0)],
    "to 180 deg and no farther": [(170, 0), (180, 0), (180, 10), (170, 10)],
    "half the Earth": [(-180, -10), (0, -10), (0, 10), (-180, 10)],
    "led to the pole and along it": [(-180, -60), (-60, -60), (60, -60), (180, -60), (180, -90), (-180, -90)],
    "a wedge to the pole": [(0, 60), (90, 60), (90, 90)],
}
REFUSED = {
    "nothing": ([], "has 0 points and so no area"),
    "a point": ([(1, 1), (1, 1)], "has 1 point and so no area"),
    "two points over and over": ([(0, 0), (1, 1), (0, 0), (1, 1)], "has 2 points and so no area"),
    "a line": ([(0, 0), (1, 1), (2, 2), (1.5, 1.5)], "has all its points on one line and so no area"),
    "a bow": ([(0, 0), (10, 10), (0, 10), (10, 0)], "crosses or touches itself near lat 5.00, lon 5.00"),
    "over 180 deg": ([(170, 0), (-170, 0), (-170, 8), (170, 8)], "crosses 180 deg near lat 0.0"),
    "round the Earth in one": (
        [(-180, 10), (180, 10), (180, 20), (-180, 20)],
        "an edge goes over 360 deg",
    ),
    "a cap": ([(0, 80), (120, 80), (-120, 80)], "goes round the north pole"),
    "the other cap": ([(0, -80), (-90, -80), (180, -80), (90, -80)], "goes round the south pole"),
}


@pytest.mark.parametrize("name", SOUND)
def test_what_can_be(name: str) -> None:
    assert ring_problems(np.array(SOUND[name], dtype=float)) == ()


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be(name: str) -> None:
    ring, words = REFUSED[name]
    (told,) = ring_problems(np.array(ring, dtype=float).reshape(-1, 2))
    assert words in told
    assert ";" in told  # what to do


def test_areas() -> None:
    """A zone is 2 pi R^2 (sin b - sin a) (Archimedes), a wedge its share; a hole is taken out."""
    lon = np.linspace(-180.0, 180.0, 5)
    zone = shapely.Polygon([*((x, 30.0) for x in lon), *((x, 60.0) for x in lon[::-1])])
    wedge = shapely.Polygon([(0.0, -90.0), (36.0, -90.0), (36.0, 0.0), (0.0, 0.0)])
    holed = shapely.box(0.0, 30.0, 10.0, 60.0) - shapely.box(2.0, 30.0 + 10.0, 7.0, 60.0 - 10.0)
    slanted = shapely.Polygon([(0.0, 0.0), (90.0, 0.0), (0.0, 90.0)])
    part = 2.0 * math.pi * RADIUS_KM**2 / 360.0

    def between(low: float, high: float) -> float:
        return math.sin(math.radians(high)) - math.sin(math.radians(low))

    # Under the straight line lat = 90 - lon: the mean of sin from 0 to 90 deg is 2 / pi.
    expected = [
        360.0 * part * between(30.0, 60.0),
        36.0 * part,
        part * (10.0 * between(30.0, 60.0) - 5.0 * between(40.0, 50.0)),
        90.0 * part * 2.0 / math.pi,
    ]
    assert area_km2(np.array([zone, wedge, holed, slanted])) == pytest.approx(expected, rel=1e-12)
