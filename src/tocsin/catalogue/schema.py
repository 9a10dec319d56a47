"""What an event file may hold: its tables by their paths; the types of their values are in `fields`."""

from typing import Annotated, Any

from pydantic import Field

from tocsin.catalogue.fields import (
    AfterStartS,
    ApogeeKm,
    CountryCode,
    DurationS,
    FlightTimeS,
    LatDeg,
    LonDeg,
    Name,
    Place,
    RangeKm,
    Text,
    Utc,
    number,
)
from tocsin.catalogue.filekind import Table
from tocsin.catalogue.flighttables import (
    Ascent,
    ElementsTable,
    Flight,
    GivenPath,
    GlideTable,
    Meteor,
    Reentry,
    ReleaseTable,
    SatelliteTable,
    SpaceLaunch,
)
from tocsin.catalogue.known import RadarKey, SatelliteKey
from tocsin.catalogue.nature import MoonChoice

DEFAULT_START_UTC = "2025-07-15T00:00:00Z"
MOST = 1000
Many: Any = Field(default_factory=list, max_length=MOST)


class LowestTable(Table):
    """`[[network.lowest]]`."""

    radar: RadarKey
    el_min_deg: Annotated[float, number(ge=0.0, lt=90.0)]


class HeardTable(Table):
    """`[[network.heard]]`."""

    body: Name
    from_s: AfterStartS = 0.0
    until_s: AfterStartS | None = None


class NetworkTable(Table):
    """`[network]`."""

    date_utc: Utc | None = None
    satellites: list[SatelliteKey] | None = None
    radars: list[RadarKey] | None = None
    hypothetical: bool = True
    doubtful: bool = True
    lowest: list[LowestTable] = Field(default_factory=list, max_length=100)
    heard: list[HeardTable] = Field(default_factory=list, max_length=MOST)


class RadioBurstTable(Table):
    """`[[nature.radio_burst]]`."""

    start_s: AfterStartS
    duration_s: DurationS
    flux_sfu: Annotated[float, number(gt=0.0, le=1e7)]


class BrightCloudTable(Table):
    """`[[nature.bright_cloud]]`."""

    lat_deg: LatDeg
    lon_deg: LonDeg
    height_km: Annotated[float, number(gt=0.0, le=20.0)] = 12.0
    start_s: AfterStartS
    duration_s: DurationS
    brightness: Annotated[float, number(ge=1.0, le=1000.0)]


class NatureTable(Table):
    """`[nature]`."""

    cloud_top_km: Annotated[float, number(ge=0.0, le=20.0)] | None = None
    sunlit_cloud: bool = True
    flashes: bool = True
    hot_spots: bool = True
    meteor_trails: bool = False
    aurora: Annotated[float, number(ge=0.0, le=1.0)] = 0.0
    moon: MoonChoice = "rejected"
    radio_burst: list[RadioBurstTable] = Field(default_factory=list, max_length=100)
    bright_cloud: list[BrightCloudTable] = Field(default_factory=list, max_length=100)


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
    """A whole event file; what flies is in the order of `plan.KINDS`."""

    name: Text
    start_utc: Utc = DEFAULT_START_UTC
    notes: list[Text] = Field(default_factory=list)
    duration_s: DurationS | None = None
    protected: Annotated[list[CountryCode], Field(min_length=1, max_length=100)] | None = None
    flight: Annotated[list[Flight], Many]
    space_launch: Annotated[list[SpaceLaunch], Many]
    satellite: Annotated[list[SatelliteTable], Many]
    reentry: Annotated[list[Reentry], Many]
    meteor: Annotated[list[Meteor], Many]
    path: Annotated[list[GivenPath], Many]
    ascent: Annotated[list[Ascent], Many]
    network: NetworkTable = NetworkTable()
    nature: NatureTable = NatureTable()
    published: PublishedTable | None = None


TABLES: dict[tuple[str, ...], type[Table]] = {
    (): EventTable,
    ("flight",): Flight,
    ("flight", "launch"): Place,
    ("flight", "impact"): Place,
    ("flight", "release"): ReleaseTable,
    ("flight", "debris"): ReleaseTable,
    ("flight", "glide"): GlideTable,
    ("space_launch",): SpaceLaunch,
    ("space_launch", "launch"): Place,
    ("satellite",): SatelliteTable,
    ("satellite", "elements"): ElementsTable,
    ("reentry",): Reentry,
    ("reentry", "elements"): ElementsTable,
    ("meteor",): Meteor,
    ("path",): GivenPath,
    ("ascent",): Ascent,
    ("ascent", "launch"): Place,
    ("network",): NetworkTable,
    ("network", "lowest"): LowestTable,
    ("network", "heard"): HeardTable,
    ("nature",): NatureTable,
    ("nature", "bright_cloud"): BrightCloudTable,
    ("nature", "radio_burst"): RadioBurstTable,
    ("published",): PublishedTable,
    ("published", "claim"): ClaimTable,
}
