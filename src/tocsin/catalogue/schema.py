"""What an event file may hold: every key, its type and its limits."""

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from tocsin.catalogue.dates import normal_utc, text_of
from tocsin.catalogue.filekind import Table, refusal
from tocsin.catalogue.nearest import unknown
from tocsin.catalogue.radar import radars
from tocsin.catalogue.satellite import satellites
from tocsin.catalogue.vehicle import vehicles
from tocsin.errors import TocsinError

DEFAULT_START_UTC = "2025-07-15T00:00:00Z"


def _utc(text: str) -> str:
    try:
        return normal_utc(text)
    except TocsinError as reason:
        raise refusal(str(reason)) from None


def _known(kind: str, name: str, names: tuple[str, ...]) -> str:
    if name not in names:
        raise refusal(unknown(kind, name, names))
    return name


def _number(**limits: Any) -> Any:
    return Field(allow_inf_nan=False, **limits)


Utc = Annotated[str, BeforeValidator(text_of), AfterValidator(_utc)]
VehicleKey = Annotated[str, AfterValidator(lambda k: _known("vehicle", k, tuple(v.key for v in vehicles())))]
SatelliteKey = Annotated[
    str, AfterValidator(lambda k: _known("satellite", k, tuple(s.key for s in satellites())))
]
RadarKey = Annotated[str, AfterValidator(lambda k: _known("radar", k, tuple(r.key for r in radars())))]
ApogeeKm = Annotated[float, _number(gt=0.0, le=50_000.0)]
RangeKm = Annotated[float, _number(gt=0.0, le=20_000.0)]
FlightTimeS = Annotated[float, _number(gt=0.0, le=86_400.0)]
Text = Annotated[str, Field(min_length=1, max_length=1000)]


class Place(Table):
    """A point on the ground."""

    lat_deg: Annotated[float, _number(ge=-90.0, le=90.0)]
    lon_deg: Annotated[float, _number(ge=-180.0, le=180.0)]


class Flight(Table):
    """`[[flight]]`; which of the aiming keys go together is checked in `aiming`."""

    vehicle: VehicleKey
    launch: Place
    launch_s: Annotated[float, _number(ge=0.0, le=86_400.0)] = 0.0
    bearing_deg: Annotated[float, _number(ge=0.0, le=360.0)] | None = None
    apogee_km: ApogeeKm | None = None
    range_km: RangeKm | None = None
    impact: Place | None = None
    loft: Annotated[float, _number(gt=0.0, le=20.0)] | None = None


class NetworkTable(Table):
    """`[network]`."""

    date_utc: Utc | None = None
    satellites: list[SatelliteKey] | None = None
    radars: list[RadarKey] | None = None
    hypothetical: bool = True


class ClaimTable(Table):
    """`[[published.claim]]`."""

    who: Text
    source: Text
    apogee_km: ApogeeKm | None = None
    range_km: RangeKm | None = None
    flight_time_s: FlightTimeS | None = None


class PublishedTable(Table):
    """`[published]`."""

    source: Text
    apogee_km: ApogeeKm | None = None
    range_km: RangeKm | None = None
    flight_time_s: FlightTimeS | None = None
    claim: list[ClaimTable] = Field(default_factory=list, max_length=100)


class EventTable(Table):
    """A whole event file."""

    name: Text
    start_utc: Utc = DEFAULT_START_UTC
    notes: list[Text] = Field(default_factory=list)
    flight: Annotated[list[Flight], Field(min_length=1, max_length=1000)]
    network: NetworkTable = NetworkTable()
    published: PublishedTable | None = None


TABLES: dict[tuple[str, ...], type[Table]] = {
    (): EventTable,
    ("flight",): Flight,
    ("flight", "launch"): Place,
    ("flight", "impact"): Place,
    ("network",): NetworkTable,
    ("published",): PublishedTable,
    ("published", "claim"): ClaimTable,
}
