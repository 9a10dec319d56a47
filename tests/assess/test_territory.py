"""Whose ground: known places, and probabilities that sum to one."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.assess.territory import Territories
from tocsin.catalogue import Protected, borders
from tocsin.catalogue.protected import circle


@pytest.fixture(scope="module")
def territories():
    return Territories(borders())


# Cities some kilometres and more from a border or a coast, by any atlas; many with the border in sight.
PLACES = {
    "Moscow": (55.75, 37.62, "RU"),
    "Kaliningrad": (54.71, 20.51, "RU"),
    "Anadyr": (64.73, 177.51, "RU"),
    "Khabarovsk": (48.48, 135.09, "RU"),
    "Wrangel island, past 180 deg": (71.2, -179.5, "RU"),
    "Beijing": (39.90, 116.40, "CN"),
    "Kashgar": (39.47, 75.99, "CN"),
    "Harbin": (45.75, 126.63, "CN"),
    "Urumqi": (43.82, 87.60, "CN"),
    "Ulaanbaatar": (47.92, 106.92, "MN"),
    "Almaty": (43.24, 76.95, "KZ"),
    "Bishkek": (42.87, 74.59, "KG"),
    "Kharkiv": (49.99, 36.23, "UA"),
    "Belgorod": (50.60, 36.59, "RU"),
    "Pskov": (57.82, 28.33, "RU"),
    "Tartu": (58.38, 26.72, "EE"),
    "Vilnius": (54.69, 25.28, "LT"),
    "Warsaw": (52.23, 21.01, "PL"),
    "Vienna": (48.21, 16.37, "AT"),
    "Strasbourg, a hand from the Rhine": (48.57, 7.70, "FR"),
    "Lahore": (31.55, 74.34, "PK"),
    "Amritsar": (31.63, 74.87, "IN"),
    "Kathmandu": (27.71, 85.32, "NP"),
    "Vientiane, north of the Mekong": (18.05, 102.60, "LA"),
    "Kisangani": (0.52, 25.20, "CD"),
    "Maseru's hills": (-29.50, 28.00, "LS"),
    "Montreal": (45.50, -73.57, "CA"),
    "Burlington": (44.48, -73.15, "US"),
    "Fairbanks": (64.84, -147.72, "US"),
    "Whitehorse": (60.72, -135.06, "CA"),
    "Sapporo": (43.06, 141.35, "JP"),
    "Nadi": (-17.78, 177.60, "FJ"),
    "Taveuni's middle, at 180 deg": (-16.85, 180.0, "FJ"),
    "the North Pacific": (45.0, -170.0, "none"),
    "the Norwegian Sea": (67.0, 0.0, "none"),
    "the Sea of Japan, where the Hwasong-14 fell": (40.3, 136.2, "none"),
    "the middle of the Baltic": (58.0, 20.0, "none"),
    "the pole": (90.0, 0.0, "none"),
}


@pytest.mark.parametrize("name", PLACES)
def test_known_places(territories, name):
    lat, lon, owner = PLACES[name]
    assert territories.owners(np.radians([[lat, lon]])) == [owner]


@pytest.mark.parametrize("lon_deg", [-180.0, -179.9999, -90.0, 0.0, 57.3, 179.9999, 180.0, 190.0, -540.0])
def test_the_poles_and_180_deg_from_either_side(territories, lon_deg):
    """One point has one owner, whatever longitude is said of a pole, and by whichever turn of the Earth."""
    poles = np.radians([[-90.0, lon_deg], [90.0, lon_deg]])
    assert territories.owners(poles) == ["AQ", "none"]
    if abs(lon_deg) > 179.0 and lon_deg != 190.0:
        ground = np.radians(
            [[66.5, lon_deg], [71.2, lon_deg], [-80.5, lon_deg], [-85.0, lon_deg], [0.0, lon_deg]]
        )
        assert territories.owners(ground) == ["RU", "RU", "none", "AQ", "none"]


def test_a_region_across_180_deg_is_whole(territories):
    """Chukotka on either side: 30 km about the meridian, every sample on Russian ground."""
    rng = np.random.default_rng(5)
    off = rng.normal(0.0, 30.0 / 111.2, (500, 2))
    lon = 180.0 + off[:, 1] / math.cos(math.radians(67.5))
    for turn in (0.0, 360.0):
        samples = np.radians(np.stack([67.5 + off[:, 0], np.where(lon > 180.0, lon - turn, lon)], axis=1))
        assert territories.probabilities(samples, 1.0, 0.0)["RU"] == 1.0


def test_a_point_just_off_the_coast_counts_as_the_coasts(territories):
    """South of an island's southernmost point: 3 km off counts, 30 km off does not."""
    known = borders()
    for iso in ("IS", "LK", "TW", "MG", "CU"):
        coast = [g for g, code in zip(known.geometry, known.iso, strict=True) if code == iso]
        x, y = min((xy for g in coast for xy in g.exterior.coords), key=lambda xy: xy[1])
        off = np.radians([[y - 3.0 / 111.2, x], [y - 30.0 / 111.2, x]])
        assert territories.owners(off) == [iso, "none"], iso


def test_shares(territories):
    samples = np.radians([[55.75, 37.62]] * 3 + [[39.90, 116.40]] * 1 + [[45.0, -170.0]] * 4)
    told = territories.probabilities(samples, 0.8, 0.15)
    assert told == pytest.approx({"RU": 0.3, "CN": 0.1, "none": 0.45, "orbit": 0.15})
    # The likeliest first, names in order where they are level.
    assert list(told) == ["none", "RU", "orbit", "CN"]
    assert territories.protected(samples[None], np.array([0.8])) == pytest.approx(np.array([[0.3, 0.1]]))


def test_which_places_lie_on_protected_ground(territories):
    """Each place by itself, as its share is asked of all of them; what the settings draw counts as well."""
    drawn = Protected("a sea", ring=circle(0.0, -150.0, 500.0))
    known = territories.settings
    mixed = Territories(borders(), replace(known, protected=(*known.protected, drawn)))
    places = np.concatenate([anywhere(6, 400), np.radians([[0.0, -150.0], [0.0, -154.6]])])
    for ground in (territories, mixed):
        alone = ground.protected(places[:, None], np.ones(len(places))).sum(axis=1)
        assert ground.on_protected(places).tolist() == (alone > 0.0).tolist()
        assert 10 < alone.sum() < 100
    assert mixed.on_protected(places)[-2:].tolist() == [True, False]


def anywhere(seed, n):
    rng = np.random.default_rng(seed)
    return np.stack([np.arcsin(rng.uniform(-1, 1, n)), rng.uniform(-np.pi, np.pi, n)], axis=-1)


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(1, 60), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_probabilities_sum_to_one(territories, seed, n, landed, share):
    orbit = (1.0 - landed) * share
    told = territories.probabilities(anywhere(seed, n), landed, orbit)
    assert math.fsum(told.values()) == 1.0
    assert min(told.values()) >= 0.0
    assert {"none", "orbit"} <= set(told)
    assert told["orbit"] == orbit


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.integers(1, 6), st.integers(1, 40))
def test_a_batch_is_its_tracks_and_the_order_of_samples_is_nothing(territories, seed, n, k):
    rng = np.random.default_rng(seed)
    samples = anywhere(seed, n * k).reshape(n, k, 2)
    landed = rng.uniform(0.0, 1.0, n)
    orbit = (1.0 - landed) * rng.uniform(0.0, 1.0, n)
    shares, protected = territories.told(samples, landed, orbit)
    assert shares == [territories.probabilities(*one) for one in zip(samples, landed, orbit, strict=True)]
    order = rng.permutation(k)
    assert shares == territories.shares(samples[:, order], landed, orbit)
    assert (protected == territories.protected(samples[:, order], landed)).all()
    for one, p in zip(shares, protected, strict=True):
        assert p == pytest.approx([one.get("RU", 0.0), one.get("CN", 0.0)], abs=1e-15)


def test_rows_of_nan_are_no_samples(territories):
    """So tracks of which more and fewer samples came down go in one batch."""
    some = np.radians([[55.75, 37.62], [45.0, -170.0]])
    padded = np.vstack([some, np.full((3, 2), np.nan)])[None]
    one = np.ones(1)
    assert territories.shares(padded, one, 0.0 * one) == territories.shares(some[None], one, 0.0 * one)
    assert territories.protected(padded, one).tolist() == [[0.5, 0.0]]
    nothing = np.full((1, 4, 2), np.nan)
    assert territories.shares(nothing, one, 0.25 * one) == [{"none": 0.75, "orbit": 0.25}]
    assert territories.protected(nothing, one).tolist() == [[0.0, 0.0]]
