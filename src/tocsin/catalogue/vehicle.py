"""Notional vehicle classes: round figures that fly like their class and describe no real weapon."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from tocsin.catalogue.figures import load_table, with_defaults
from tocsin.catalogue.nearest import unknown
from tocsin.errors import TocsinError

Role = Literal["missile", "sounding", "launcher"]
Propellant = Literal["solid", "liquid"]


@dataclass(frozen=True, slots=True)
class Stage:
    """One rocket stage: its own loaded and propellant mass, vacuum thrust and exhaust speed."""

    mass_kg: float
    propellant_kg: float
    thrust_n: float
    exhaust_m_s: float

    @property
    def burn_s(self) -> float:
        """Burn time, propellant * exhaust / thrust."""
        return self.propellant_kg * self.exhaust_m_s / self.thrust_n


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A notional class; spreads are the 1-sigma fractions by which a real flight differs from it.

    `role` says what it is for: a missile, a sounding rocket, or a launcher of satellites.
    `cd` is the subsonic drag coefficient on pi d^2 / 4 and `cd_peak` its transonic peak; `beta_kg_m2`
    is m/(Cd A) of the re-entering body; `post_boost_m_s` is the 1-sigma, on each axis, of the velocity that
    it may gain between burnout and free flight. Flight is vertical until `vertical_s`, then pitches over
    until `pitch_over_end_s`. A figure without a note in `notes` comes from `source`.
    """

    key: str
    role: Role
    title: str
    propellant: Propellant
    stages: tuple[Stage, ...]
    payload_kg: float
    diameter_m: float
    cd: float
    cd_peak: float
    beta_kg_m2: float
    post_boost_m_s: float
    vertical_s: float
    pitch_over_end_s: float
    rcs_m2: float
    spread_thrust: float
    spread_exhaust: float
    spread_pitch_rate: float
    source: str
    notes: dict[str, str]


@cache
def vehicles() -> tuple[Vehicle, ...]:
    """Every vehicle class of the catalogue."""
    table = load_table("vehicles.toml")
    rows = (with_defaults(row, table["defaults"]) for row in table["vehicle"])
    return tuple(Vehicle(**{**row, "stages": tuple(Stage(**s) for s in row["stages"])}) for row in rows)


def vehicle(key: str) -> Vehicle:
    """The vehicle class called `key`; TocsinError with the nearest name when there is none."""
    for candidate in vehicles():
        if candidate.key == key:
            return candidate
    raise TocsinError((unknown("vehicle", key, tuple(v.key for v in vehicles())),))
