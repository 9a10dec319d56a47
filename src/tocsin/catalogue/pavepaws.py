"""PAVE PAWS: published figures of a real warning radar, for validation."""

from dataclasses import dataclass
from functools import cache

from tocsin.catalogue.figures import load_table


@dataclass(frozen=True, slots=True)
class PavePaws:
    """One site. Each figure has a note that begins `published`, `recalled` or `assumed`.

    `elements` and powers are of one face; `aperture_m` is the diameter of its active part; the fence's
    azimuths are those of both faces. `range_km` is the published range for `rcs_m2`. `ranges` are the
    plausible spans of what is not published, or published with two figures.
    """

    faces: int
    sector_deg: float
    tilt_deg: float
    elements: int
    element_peak_w: float
    duty_most: float
    aperture_m: float
    frequency_hz: float
    gain_db: float
    beamwidth_deg: float
    pulse_least_s: float
    pulse_most_s: float
    listening_s: float
    chirp_hz: float
    fence_azimuths: int
    fence_el_deg: float
    fence_revisit_s: float
    range_km: float
    rcs_m2: float
    search_pulse_s: float
    noise_temperature_k: float
    loss_db: float
    required_snr_db: float
    notes: dict[str, str]
    ranges: dict[str, tuple[float, float]]


@cache
def pave_paws() -> PavePaws:
    """The published, recalled and assumed figures of PAVE PAWS."""
    table = load_table("pave_paws.toml")
    ranges = {name: (low, high) for name, (low, high) in table.pop("ranges").items()}
    return PavePaws(**table, ranges=ranges)
