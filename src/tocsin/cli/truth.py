"""What really flew, as plain figures that a run's manifest can keep."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from tocsin.earth.ellipsoid import geodetic_from_ecef

if TYPE_CHECKING:
    from tocsin.flight.flight import Flight

ASSUMED_CLOUD_M = 10e3


class Truth(Struct, frozen=True, kw_only=True):
    """One flight as it was flown; times are TAI s. What its kind has not is None.

    kind and end: as in `Flight`; vehicle: its class, or the object's own name; companions: how many objects
    came off it; t_cloud: when it left the cloud tops; t_begin, t_end: of its own path.
    """

    kind: str
    vehicle: str
    end: str
    companions: int
    launch_lat_deg: float | None
    launch_lon_deg: float | None
    impact_lat_deg: float | None
    impact_lon_deg: float | None
    t_begin: float
    t_launch: float | None
    t_cloud: float | None
    t_burnout: float | None
    t_apogee: float
    t_impact: float | None
    t_end: float
    apogee_km: float
    range_km: float | None

    @property
    def launch(self) -> tuple[float, float] | None:
        """Latitude and longitude of the launch, degrees."""
        if self.launch_lat_deg is None or self.launch_lon_deg is None:
            return None
        return self.launch_lat_deg, self.launch_lon_deg

    @property
    def impact(self) -> tuple[float, float] | None:
        """Latitude and longitude of the impact, degrees."""
        if self.impact_lat_deg is None or self.impact_lon_deg is None:
            return None
        return self.impact_lat_deg, self.impact_lon_deg


def truth_of(flight: Flight, cloud_m: float = ASSUMED_CLOUD_M) -> Truth:
    """The figures of a flight, with the time at which what was launched rose through cloud_m."""
    t = flight.path.t
    above = np.flatnonzero(geodetic_from_ecef(flight.path.r_ecef)[2] >= cloud_m)
    cloud = flight.t_launch is not None and len(above) > 0
    launch, impact = _degrees(flight.launch), _degrees(flight.impact)
    return Truth(
        kind=flight.kind,
        vehicle=flight.vehicle,
        end=flight.end,
        companions=len(flight.companions),
        launch_lat_deg=launch[0],
        launch_lon_deg=launch[1],
        impact_lat_deg=impact[0],
        impact_lon_deg=impact[1],
        t_begin=float(t[0]),
        t_launch=flight.t_launch,
        t_cloud=float(t[above[0]]) if cloud else None,
        t_burnout=flight.t_burnout,
        t_apogee=flight.t_apogee,
        t_impact=flight.t_impact,
        t_end=float(t[-1]),
        apogee_km=flight.apogee_m / 1e3,
        range_km=None if flight.range_m is None else flight.range_m / 1e3,
    )


def _degrees(at: tuple[float, float] | None) -> tuple[float, float] | tuple[None, None]:
    return (None, None) if at is None else (math.degrees(at[0]), math.degrees(at[1]))
