"""Two stories of one launch: told as such, and neither is dropped."""

import pytest
from msgspec import structs

from tests.exchange.making import T, a_line, a_place, an_assessment
from tocsin.assess.assessment import Assessment
from tocsin.assess.contradiction import contradictions

PLUME = structs.replace(an_assessment(), evidence=(a_line("cosmos-2510", "infrared"),))


def radar(
    apogee_km: float = 535.0,
    lat_deg: float = 39.66,
    lon_deg: float = 124.7,
    late_s: float = 30.0,
    sigma_km=5.0,
) -> Assessment:
    """The letter of 2017: from Sohae, 54 km away, and to 535 km."""
    place = structs.replace(a_place(), lat_deg=lat_deg, lon_deg=lon_deg, t=T + late_s)
    return structs.replace(
        an_assessment(),
        track="russia-2",
        launch=place,
        apogee_km=apogee_km,
        apogee_sigma_km=sigma_km,
        evidence=(a_line("MIS1", "radar"),),
    )


def test_one_launch_two_energies() -> None:
    (found,) = contradictions((PLUME, radar()))
    assert found.tracks == ("russia-1", "russia-2")
    assert found.seen_by == ("infrared", "radar")
    assert found.apart_km == pytest.approx(54.0, abs=2.0)
    assert found.apogee_km == (2802.0, 535.0)
    assert "both are kept" in found.words


@pytest.mark.parametrize(
    "other",
    [
        radar(apogee_km=2790.0),  # as high, by their errors
        radar(lat_deg=43.0),  # another place
        radar(late_s=200.0),  # another time
        radar(apogee_km=600.0, sigma_km=1000.0),  # not known well enough
        structs.replace(radar(), launch=None),
        structs.replace(radar(), apogee_km=None),
    ],
)
def test_what_agrees_or_is_another_launch_is_none(other: Assessment) -> None:
    assert contradictions((PLUME, other)) == ()


def test_each_pair_is_told() -> None:
    assert len(contradictions((PLUME, radar(), structs.replace(radar(900.0), track="russia-3")))) == 3
