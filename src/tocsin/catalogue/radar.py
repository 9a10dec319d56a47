"""Early-warning radars: where they stand, what they cover, and what is assumed of their accuracy."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from tocsin.catalogue.figures import load_table, with_defaults

PARTNERS = ("russia", "china")
"""The centres whose radars are the network of a date; those of others are in none that does not name them."""


@dataclass(frozen=True, slots=True)
class RadarSite:
    """One radar face or sector, to 0.05 deg.

    The sector runs clockwise from `az_start_deg` to `az_end_deg`, its boresight in the middle.
    `reference_range_km` is where one look at 1 m2 on the boresight has `reference_snr_db`.
    `coupling_rate_m_s` is the 1-sigma error of the range rate that corrects the coupling of a chirp of
    `pulse_s`, 0 where it is declared corrected. Biases, `clock_s` and the scales, the parts of the
    refraction left uncorrected, are 1-sigma priors. `status` is the newest
    one published: what stood on duty on a date is `network`'s to say. A figure without a note in `notes`
    comes from `source`; `ranges` are the spans of what is assumed.
    """

    key: str
    name: str
    country: str
    centre: Literal["russia", "china", "america"]
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
    frequency_hz: float
    bandwidth_hz: float
    pulse_s: float
    coupling_rate_m_s: float
    noise_temperature_k: float
    beamwidth_deg: float
    tilt_deg: float
    reference_range_km: float
    reference_snr_db: float
    bias_range_m: float
    bias_angle_deg: float
    clock_s: float
    troposphere_scale: float
    ionosphere_scale: float
    surface_refractivity: float
    tecu: float
    revisit_s: float
    fence_el_deg: float
    capacity: int
    false_looks_per_scan: float
    false_alarm_probability: float
    source: str
    notes: dict[str, str]
    ranges: dict[str, tuple[float, float]]

    @property
    def sector_deg(self) -> float:
        """Width of the sector, 360 where it goes all the way round."""
        return (self.az_end_deg - self.az_start_deg) % 360.0 or 360.0

    @property
    def boresight_deg(self) -> float:
        """Azimuth of the middle of the sector."""
        return (self.az_start_deg + self.sector_deg / 2.0) % 360.0


@cache
def radars() -> tuple[RadarSite, ...]:
    """Every radar of the built-in catalogue, whatever its status."""
    return tuple(radar_of(row) for row in load_table("radars.toml")["radar"])


def radar_of(row: dict[str, Any]) -> RadarSite:
    """A radar of a row's figures; what it does not give is as assumed for its band."""
    return RadarSite(**with_defaults(row, radar_defaults(row["band"])))


@cache
def radar_defaults(band: str) -> dict[str, Any]:
    """What is assumed of a radar of one band, with notes and ranges."""
    defaults = load_table("radars.toml")["defaults"]
    common = {"in_service_from_utc": None, "in_service_until_utc": None, **defaults["all"]}
    return with_defaults(defaults[band], common)
