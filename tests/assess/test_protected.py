"""Protected ground: countries and areas drawn by the user, and how much of the Earth they are."""

import math

import numpy as np
import pytest

from tocsin.assess.territory import Territories
from tocsin.catalogue import Protected, borders, warning_settings
from tocsin.catalogue.protected import circle


def settings_of(*protected):
    """The default figures with other ground."""
    default = warning_settings()
    kept = {name: getattr(default, name) for name in default.__slots__ if name != "protected"}
    return type(default)(protected=protected, **kept)


BALTIC = np.array([[57.0, 18.0], [59.0, 18.0], [59.0, 21.0], [57.0, 21.0]])
MIXED = settings_of(
    Protected("neighbours", ("KZ", "MN")),
    Protected("a sea", ring=BALTIC),
    Protected("about the pole's point of the Pacific", ring=circle(0.0, -150.0, 500.0)),
)


@pytest.fixture(scope="module")
def mixed():
    return Territories(borders(), MIXED)


def at(*places):
    """One track of samples."""
    return np.radians([places])


def test_each_in_the_settings_order(mixed):
    samples = at((48.0, 67.0), (47.92, 106.92), (58.0, 20.0), (0.0, -150.0), (0.0, -154.4), (55.75, 37.62))
    told = mixed.protected(samples, np.array([0.6]))
    assert told == pytest.approx(np.array([[0.2, 0.1, 0.2]]))
    # What the settings protect says nothing of whose ground it is.
    assert mixed.shares(samples, np.ones(1), np.zeros(1))[0]["RU"] == pytest.approx(1 / 6)


def test_an_area_is_taken_as_it_is_drawn_and_a_country_with_its_coast():
    """1 km outside a ring at sea is outside; 1 km outside a coast is not."""
    known = borders()
    iceland = [g for g, iso in zip(known.geometry, known.iso, strict=True) if iso == "IS"]
    x, y = min((xy for g in iceland for xy in g.exterior.coords), key=lambda xy: xy[1])
    both = Territories(known, settings_of(Protected("IS", ("IS",)), Protected("sea", ring=BALTIC)))
    off = 1.0 / 111.2
    told = both.protected(at((y - off, x), (57.0 - off, 20.0), (57.0 + off, 20.0)), np.ones(1))
    assert told == pytest.approx(np.array([[1 / 3, 1 / 3]]))


@pytest.mark.parametrize("lat_deg", [0.0, 45.0, -70.0, 80.0])
def test_a_circle_is_one(lat_deg):
    """Points 0.5 % within its radius and beyond it, all round."""
    ground = Territories(borders(), settings_of(Protected("it", ring=circle(lat_deg, 20.0, 300.0))))
    for km, p in ((298.5, 1.0), (301.5, 0.0)):
        assert ground.protected(np.radians([circle(lat_deg, 20.0, km)]), np.ones(1)).item() == p


def test_shares_of_the_earth(mixed):
    """Russia 17.10, China 9.60 of 510.07 million km2 (any almanac; within 3 %); a cap is (1 - cos r) / 2 of
    the sphere; a box sin(lat) dlon."""
    default = Territories(borders())
    assert default.protected_share == pytest.approx([17.098 / 510.07, 9.597 / 510.07], rel=0.03)
    box = (math.sin(math.radians(59.0)) - math.sin(math.radians(57.0))) * math.radians(3.0) / (4.0 * math.pi)
    cap = 0.5 * (1.0 - math.cos(500.0 / 6371.0072))
    assert mixed.protected_share[1:] == pytest.approx([box, cap], rel=1e-3)
    assert mixed.protected_share[0] == pytest.approx((2.725 + 1.566) / 510.07, rel=0.03)


def test_a_track_over_all_the_earth_has_the_share_of_its_surface(mixed):
    """Uniform samples: P is the share, within four times the sampling error and the coasts' 5 km."""
    rng = np.random.default_rng(2)
    n = 400_000
    samples = np.stack([np.arcsin(rng.uniform(-1, 1, n)), rng.uniform(-np.pi, np.pi, n)], axis=1)[None]
    for ground in (mixed, Territories(borders())):
        share = ground.protected_share
        told = ground.protected(samples, np.ones(1))[0]
        assert (np.abs(told - share) < 4.0 * np.sqrt(share / n) + 0.04 * share).all()
