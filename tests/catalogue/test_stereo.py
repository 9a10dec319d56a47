"""The satellites of the built-in events stand where the events say, by SGP4 and Greenwich sidereal time."""

import erfa
import numpy as np
import pytest
from numpy.typing import NDArray
from sgp4.api import WGS72, Satrec

from tocsin.catalogue import Elements, event, network_of

JD_TAI_EPOCH = 2451545.0


def julian_utc(t_tai: float) -> tuple[float, float]:
    first, second = erfa.taiutc(JD_TAI_EPOCH, t_tai / 86400.0)
    return float(first), float(second)


def position_km(elements: Elements, t_tai: float) -> NDArray[np.float64]:
    """Earth-fixed, to a few kilometres: polar motion and UT1-UTC are left out."""
    satellite = Satrec()
    satellite.sgp4init(
        WGS72,
        "i",
        elements.norad,
        sum(julian_utc(elements.epoch_t_tai)) - 2433281.5,
        elements.bstar,
        0.0,
        0.0,
        elements.eccentricity,
        *np.radians([elements.argp_deg, elements.inclination_deg, elements.mean_anomaly_deg]),
        elements.mean_motion_rev_day * 2.0 * np.pi / 1440.0,
        np.radians(elements.raan_deg),
    )
    utc = julian_utc(t_tai)
    error, teme, _ = satellite.sgp4(*utc)
    assert error == 0
    angle = erfa.gmst82(*utc)
    return np.asarray(erfa.rz(angle, np.eye(3)) @ teme)


@pytest.mark.parametrize(
    ("name", "keys", "stereo_deg"),
    [
        ("hwasong-14-2017-07-04", ("cosmos-2510", "cosmos-2518"), 11.0),
        ("ocean-arc-2025-07-15", ("cosmos-2541", "cosmos-2563"), 59.0),
    ],
)
def test_stereo_angle_at_the_launch(name: str, keys: tuple[str, str], stereo_deg: float) -> None:
    ours = event(name)
    plan = ours.flights[0]
    lat, lon = np.radians([plan.launch_lat_deg, plan.launch_lon_deg])
    up = np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    sets = {s.key: e for s, e in network_of(ours.network).satellites}
    lines = []
    for key in keys:
        satellite = position_km(sets[key], ours.start_t_tai)
        assert np.linalg.norm(satellite) - 6371.0 > 25_000.0
        line = satellite - 6371.0 * up
        lines.append(line / np.linalg.norm(line))
        assert np.degrees(np.arcsin(lines[-1] @ up)) > 10.0
    assert np.degrees(np.arccos(lines[0] @ lines[1])) == pytest.approx(stereo_deg, abs=1.0)
