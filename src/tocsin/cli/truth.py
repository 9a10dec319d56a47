"""What really flew, as plain figures that a run's manifest can keep."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from tocsin.earth.ellipsoid import geodetic_from_ecef

if TYPE_CHECKING:
    from tocsin.flight.fly import Flight

ASSUMED_CLOUD_M = 10e3


class Truth(Struct, frozen=True, kw_only=True):
    """One flight as it was flown; times are TAI s. t_cloud: when it left the cloud tops, None if never."""

    vehicle: str
    launch_lat_deg: float
    launch_lon_deg: float
    impact_lat_deg: float
    impact_lon_deg: float
    t_launch: float
    t_cloud: float | None
    t_burnout: float
    t_apogee: float
    t_impact: float
    apogee_km: float
    range_km: float


def truth_of(flight: Flight, cloud_m: float = ASSUMED_CLOUD_M) -> Truth:
    """The figures of a flight, with the time at which it rose through cloud_m."""
    height = geodetic_from_ecef(flight.path.r_ecef)[2]
    above = np.flatnonzero(height >= cloud_m)
    return Truth(
        vehicle=flight.vehicle,
        launch_lat_deg=math.degrees(flight.launch[0]),
        launch_lon_deg=math.degrees(flight.launch[1]),
        impact_lat_deg=math.degrees(flight.impact[0]),
        impact_lon_deg=math.degrees(flight.impact[1]),
        t_launch=flight.t_launch,
        t_cloud=float(flight.path.t[above[0]]) if len(above) else None,
        t_burnout=flight.t_burnout,
        t_apogee=flight.t_apogee,
        t_impact=flight.t_impact,
        apogee_km=flight.apogee_m / 1e3,
        range_km=flight.range_m / 1e3,
    )
