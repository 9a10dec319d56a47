"""How far a place is from protected ground, beside plain geometry on a sphere and a map's figures."""

import math
from dataclasses import replace

import numpy as np
import pytest

from tocsin.assess.assessment import Ellipse, Place
from tocsin.assess.territory import Territories
from tocsin.catalogue import borders, warning_settings
from tocsin.catalogue.protected import Protected
from tocsin.study.false_alarm.nearness import EARTH_KM, HALF, away_km, sigmas_away

BOX = np.array([[0.0, 0.0], [0.0, 10.0], [10.0, 10.0], [10.0, 0.0]])
DEGREE_KM = math.radians(EARTH_KM)


def guarded(*protected):
    return Territories(borders(), replace(warning_settings(), protected=protected))


def place(lat, lon, major_km):
    round_ = Ellipse(semi_major_km=major_km, semi_minor_km=major_km, azimuth_deg=0.0)
    return Place(lat_deg=lat, lon_deg=lon, t=0.0, sigma_s=1.0, ellipse_50_km=round_, ellipse_90_km=round_)


def test_distances_to_a_box_are_those_of_a_sphere():
    box = guarded(Protected("box", ring=BOX))
    there = np.radians([[5.0, 5.0], [-5.0, 5.0], [-3.0, -4.0], [5.0, 12.0], [-60.0, 180.0]])
    corner = math.acos(math.cos(math.radians(3.0)) * math.cos(math.radians(4.0)))
    side = math.asin(math.cos(math.radians(5.0)) * math.sin(math.radians(2.0)))
    # Over the far side of the Earth, to the corner at 0, 10.
    opposite = math.acos(math.cos(math.radians(60.0)) * math.cos(math.radians(170.0)))
    expected = np.array([0.0, 5.0 * DEGREE_KM, EARTH_KM * corner, EARTH_KM * side, EARTH_KM * opposite])
    assert away_km(there, box) == pytest.approx(expected, rel=2e-3, abs=1e-9)


def test_countries_are_measured_from_their_nearest_shore():
    # La Perouse Strait is 42 km wide from Cape Soya to Cape Crillon; the coast is drawn to 5 km.
    russia = guarded(Protected("Russia", ("RU",)))
    soya, moscow, wales = (45.52, 141.94), (55.75, 37.6), (65.64, -168.09)
    km = away_km(np.radians([soya, moscow, wales]), russia)
    assert km[0] == pytest.approx(42.0, abs=6.0)
    assert km[1] == 0.0
    # To Cape Dezhnev: the islands in Bering Strait are too small for the layer.
    assert km[2] == pytest.approx(86.0, abs=6.0)


def test_an_impact_is_so_many_sigmas_away_and_none_infinitely():
    box = guarded(Protected("box", ring=BOX))
    assert sigmas_away(place(-5.0, 5.0, 100.0), box) == pytest.approx(
        5.0 * DEGREE_KM * HALF / 100.0, rel=1e-3
    )
    assert sigmas_away(place(5.0, 5.0, 100.0), box) == 0.0
    assert sigmas_away(None, box) == math.inf
    assert sigmas_away(place(5.0, 5.0, 100.0), guarded()) == math.inf
