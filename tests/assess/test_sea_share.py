"""P(launched at sea): of launches far from any coast, on one, and of many at once."""

import math

import numpy as np
import pytest

from tocsin.assess.classify import sea_share, sea_shares
from tocsin.assess.region import place
from tocsin.assess.territory import Territories
from tocsin.catalogue import borders

TERRITORIES = Territories(borders())


def launch(lat_deg, lon_deg, sigma_km=50.0, P=None):
    P = np.eye(2) * (sigma_km * 1e3) ** 2 if P is None else P
    return place(math.radians(lat_deg), math.radians(lon_deg), 0.0, 10.0, P)


@pytest.mark.parametrize(
    ("where", "share"),
    [
        ((47.0, -110.0), 0.0),  # Montana
        ((20.0, -150.0), 1.0),  # the Pacific
        ((88.0, 0.0), 1.0),  # beyond the pole as well as this side of it
        ((-88.0, 180.0), 0.0),
        ((0.0, 179.9), 1.0),  # across 180 deg
    ],
)
def test_far_from_any_coast_it_is_sure(where, share):
    assert sea_share(launch(*where), TERRITORIES) == share


def test_on_a_straight_coast_it_is_about_even():
    """Chile's, which runs north and south for hundreds of kilometres at 70.5 deg W."""
    assert sea_share(launch(-27.0, -70.85), TERRITORIES) == pytest.approx(0.5, abs=0.15)
    # Along the coast, and across it: a needle that lies on land or at sea, and one that lies on both.
    along, across = np.diag([1e6, 1e10]), np.diag([1e10, 1e6])
    for east_deg, share in ((1.0, 0.0), (-1.0, 1.0)):
        assert sea_share(launch(-27.0, -70.85 + east_deg, P=along), TERRITORIES) == share
    assert sea_share(launch(-27.0, -70.85, P=across), TERRITORIES) == pytest.approx(0.5, abs=0.15)


def test_many_are_as_each_alone_and_none_is_no_number():
    launches = [launch(-27.0, -75.0 + 0.5 * k, 20.0 * (1 + k)) for k in range(12)]
    launches[4] = launches[9] = None
    told = sea_shares(launches, TERRITORIES)
    assert np.isnan(told[[4, 9]]).all()
    for one, share in zip(launches, told, strict=True):
        assert one is None or sea_share(one, TERRITORIES) == share
    assert sea_share(None, TERRITORIES) is None
    assert np.isnan(sea_shares([None, None], TERRITORIES)).all()
    assert sea_shares([], TERRITORIES).shape == (0,)
