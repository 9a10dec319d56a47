"""Whose ground: known places, and probabilities that sum to one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.assess.territory import Territories
from tocsin.catalogue import borders


@pytest.fixture(scope="module")
def territories():
    return Territories(borders())


PLACES = {
    "Moscow": (55.75, 37.62, "RU"),
    "Kaliningrad": (54.71, 20.51, "RU"),
    "Anadyr": (64.73, 177.51, "RU"),
    "Wrangel island, past 180 deg": (71.2, -179.5, "RU"),
    "Beijing": (39.90, 116.40, "CN"),
    "Kashgar": (39.47, 75.99, "CN"),
    "Warsaw": (52.23, 21.01, "PL"),
    "Sapporo": (43.06, 141.35, "JP"),
    "the North Pacific": (45.0, -170.0, "none"),
    "the Norwegian Sea": (67.0, 0.0, "none"),
    "the Sea of Japan, where the Hwasong-14 fell": (40.3, 136.2, "none"),
    "the pole": (90.0, 0.0, "none"),
}


@pytest.mark.parametrize("name", PLACES)
def test_known_places(territories, name):
    lat, lon, owner = PLACES[name]
    assert territories.owners(np.radians([[lat, lon]])) == [owner]


def test_a_point_just_off_the_coast_counts_as_the_coasts(territories):
    """South of Iceland's southernmost point: 3 km off counts, 30 km off does not."""
    known = borders()
    iceland = [g for g, iso in zip(known.geometry, known.iso, strict=True) if iso == "IS"]
    x, y = min((xy for g in iceland for xy in g.exterior.coords), key=lambda xy: xy[1])
    assert 63.0 < y < 63.6
    off = np.radians([[y - 0.03, x], [y - 0.3, x]])
    assert territories.owners(off) == ["IS", "none"]


def test_shares(territories):
    samples = np.radians([[55.75, 37.62]] * 3 + [[39.90, 116.40]] * 1 + [[45.0, -170.0]] * 4)
    told = territories.probabilities(samples, 0.8, 0.15)
    assert told == pytest.approx({"RU": 0.3, "CN": 0.1, "none": 0.45, "orbit": 0.15})
    # The likeliest first, names in order where they are level.
    assert list(told) == ["none", "RU", "orbit", "CN"]


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.integers(1, 60), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_probabilities_sum_to_one(territories, seed, n, landed, share):
    rng = np.random.default_rng(seed)
    samples = np.stack([np.arcsin(rng.uniform(-1, 1, n)), rng.uniform(-np.pi, np.pi, n)], axis=1)
    orbit = (1.0 - landed) * share
    told = territories.probabilities(samples, landed, orbit)
    assert sum(told.values()) == pytest.approx(1.0, abs=1e-12)
    assert min(told.values()) >= 0.0
    assert {"none", "orbit"} <= set(told)
    assert told["orbit"] == orbit
