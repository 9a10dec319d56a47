"""Early-warning radars: where they stand, what they cover, and what is assumed of their accuracy."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from tocsin.catalogue.figures import load_table, with_defaults


@dataclass(frozen=True, slots=True)
class RadarSite:
    """One radar face or sector, to 0.05 deg.

    The sector runs clockwise from `az_start_deg` to `az_end_deg`. `reference_range_km` is where one
    look at 1 m2 has `reference_snr_db`; the sigmas hold at that signal-to-noise ratio, and the biases
    are 1-sigma priors. `status` is the newest one published: what stood on duty on a date is
    `network`'s to say. A figure without a note in `notes` comes from `source`.
    """

    key: str
    name: str
    country: str
    centre: Literal["russia", "china"]
    type: str
    band: Literal["VHF", "UHF"]
    lat_deg: float
    lon_deg: float
    height_m: float
    az_start_deg: float
    az_end_deg: float
    el_min_deg: float
    el_max_deg: float
    range_min_km: float
    range_max_km: float
    status: Literal["duty", "building", "closed", "planned"]
    in_service_from_utc: str | None
    in_service_until_utc: str | None
    hypothetical: bool
    reference_range_km: float
    reference_snr_db: float
    sigma_range_m: float
    sigma_angle_deg: float
    bias_range_m: float
    bias_angle_deg: float
    revisit_s: float
    false_looks_per_scan: float
    false_alarm_probability: float
    source: str
    notes: dict[str, str]


@cache
def radars() -> tuple[RadarSite, ...]:
    """Every radar of the catalogue, whatever its status."""
    table = load_table("radars.toml")
    common = {"in_service_from_utc": None, "in_service_until_utc": None, **table["defaults"]["all"]}
    by_band = {band: with_defaults(table["defaults"][band], common) for band in ("VHF", "UHF")}
    return tuple(RadarSite(**with_defaults(row, by_band[row["band"]])) for row in table["radar"])
