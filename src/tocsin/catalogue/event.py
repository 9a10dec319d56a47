"""An event: one or more flights, the network that watches, and what was published of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FlightPlan:
    """Where one flight starts and what it aims at, `launch_s` seconds after the event's start.

    Either `bearing_deg`, `apogee_km` and `range_km` are given, or the impact point and `loft`, the
    apogee over that of the minimum-energy path; the others are None.
    """

    vehicle: str
    launch_lat_deg: float
    launch_lon_deg: float
    impact_lat_deg: float | None
    impact_lon_deg: float | None
    bearing_deg: float | None
    apogee_km: float | None
    range_km: float | None
    loft: float | None
    launch_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Claim:
    """What one party said of the flight; None where it said nothing."""

    who: str
    apogee_km: float | None
    range_km: float | None
    flight_time_s: float | None
    source: str


@dataclass(frozen=True, slots=True)
class Published:
    """The figures taken as published, and claims that differ from them."""

    apogee_km: float | None
    range_km: float | None
    flight_time_s: float | None
    claims: tuple[Claim, ...]
    source: str


@dataclass(frozen=True, slots=True)
class NetworkChoice:
    """The network an event asks for; None for `satellites` or `radars` means those of the date."""

    date_utc: str | None
    satellites: tuple[str, ...] | None
    radars: tuple[str, ...] | None
    hypothetical: bool


@dataclass(frozen=True, slots=True)
class Event:
    """One event; `key` is the name of its file, `title` its `name`."""

    key: str
    title: str
    start_utc: str
    start_t_tai: float
    flights: tuple[FlightPlan, ...]
    network: NetworkChoice
    published: Published | None
    notes: tuple[str, ...]
