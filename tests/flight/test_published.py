"""Published flights that no figure of the classes was fitted to: apogee and range in, duration out."""

from pathlib import Path

import numpy as np
import pytest

from tocsin.catalogue import FlightPlan, read_event
from tocsin.earth.ellipsoid import geodesic_direct
from tocsin.flight.fly import fly

# Apogee km, range km, duration s as North Korea's state agency gave them the day after each flight, recalled:
# Hwasong-14 of 2017-07-28, Hwasong-15 of 2023-02-18, Hwasong-17 of 2023-03-16, Hwasong-18 of 2023-07-12 and
# 2023-12-18, Hwasong-19 of 2024-10-31; Hwasong-12 of 2017-05-14 (30 min) and the flight over Japan of
# 2022-10-03 (22 min) as Seoul and Tokyo gave them.
FLIGHTS = [
    ("icbm-liquid", 3724.9, 998.0, 2832.0),
    ("icbm-liquid", 5768.5, 989.0, 4015.0),
    ("icbm-liquid", 6045.0, 1000.2, 4151.0),
    ("icbm-solid", 6648.4, 1001.2, 4491.0),
    ("icbm-solid", 6518.2, 1002.3, 4415.0),
    ("icbm-solid", 7687.5, 1001.2, 5156.0),
    ("irbm", 2111.5, 787.0, 1800.0),
    ("irbm", 970.0, 4500.0, 1320.0),
]


@pytest.mark.parametrize(("vehicle", "apogee_km", "range_km", "duration_s"), FLIGHTS)
def test_the_duration_follows(vehicle, apogee_km, range_km, duration_s):
    plan = FlightPlan(vehicle, 39.2, 125.67, None, None, 70.0, apogee_km, range_km, None)
    flight = fly(plan, 0.0, None)
    assert flight.apogee_m / 1e3 == pytest.approx(apogee_km, abs=0.5)
    assert flight.range_m / 1e3 == pytest.approx(range_km, abs=0.5)
    assert flight.t_impact - flight.t_launch == pytest.approx(duration_s, abs=90.0)


def test_a_flight_that_is_in_no_file_given_as_toml(tmp_path: Path):
    # Hwasong-18 of 2023-12-18.
    (tmp_path / "solid.toml").write_text(
        """
name = "a lofted solid"
start_utc = "2023-12-17T23:24:00Z"

[[flight]]
vehicle = "icbm-solid"
launch = { lat_deg = 39.05, lon_deg = 125.75 }
bearing_deg = 70.0
apogee_km = 6518.2
range_km = 1002.3

[network]
satellites = []
"""
    )
    event = read_event(tmp_path / "solid.toml")
    flight = fly(event.flights[0], event.start_t_tai, None)
    assert flight.t_impact - flight.t_launch == pytest.approx(4415.0, abs=90.0)
    assert flight.t_launch == event.start_t_tai


@pytest.mark.parametrize("loft", [0.7, 1.0, 1.6])
@pytest.mark.parametrize("range_km", [8000.0, 11700.0])
def test_depressed_least_energy_and_lofted_arcs(loft, range_km):
    # 11,700 km: the range published of the flight of 2024-09-25 (FAS 2024-10-16).
    lat, lon = geodesic_direct(*np.radians([19.5, 110.5, 100.0]), range_km * 1e3)
    plan = FlightPlan("icbm-solid", 19.5, 110.5, *np.degrees([lat, lon]), None, None, None, loft)
    flight = fly(plan, 0.0, None)
    assert flight.range_m / 1e3 == pytest.approx(range_km, abs=0.5)
    assert flight.end == "impact"
    assert 60.0 < flight.t_burnout - flight.t_launch < 320.0
