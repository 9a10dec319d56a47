"""A satellite at a false alarm of the past, its orbit reconstructed."""

from dataclasses import dataclass
from functools import cache
from typing import final

from tocsin.catalogue.figures import load_table
from tocsin.earth.time import tai_from_utc


@final
@dataclass(frozen=True, slots=True)
class Incident:
    """A reconstructed Keplerian orbit (true equator, mean equinox of date) at an epoch, and where it looked.

    `true_anomaly_deg` is assumed within `true_anomaly_range_deg`. The area is a wide one about its centre;
    `area_height_km` is the height above it that the satellite would have watched. Which figure is published,
    reconstructed or assumed is in `notes`, the rest in `source`.
    """

    name: str
    norad: int
    epoch_utc: str
    a_km: float
    eccentricity: float
    inclination_deg: float
    raan_deg: float
    argp_deg: float
    true_anomaly_deg: float
    true_anomaly_range_deg: tuple[float, float]
    area: str
    area_lat_deg: float
    area_lon_deg: float
    area_height_km: float
    source: str
    notes: dict[str, str]

    @property
    def epoch_t(self) -> float:
        """The epoch, TAI s."""
        return tai_from_utc(self.epoch_utc)


@cache
def cosmos_1382() -> Incident:
    """Cosmos 1382 on 25 September 1983."""
    table = load_table("cosmos-1382.toml")
    low, high = table.pop("true_anomaly_range_deg")
    return Incident(true_anomaly_range_deg=(low, high), **table)
