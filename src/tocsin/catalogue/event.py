"""An event: what flies, the network that watches, what else there is, and what was published of it."""

from dataclasses import dataclass

from tocsin.catalogue.nature import NATURE, NatureChoice
from tocsin.catalogue.plan import Plan


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
    doubtful: bool = True


@dataclass(frozen=True, slots=True)
class Event:
    """One event; `key` is the name of its file, `title` its `name`."""

    key: str
    title: str
    start_utc: str
    start_t_tai: float
    flights: tuple[Plan, ...]
    network: NetworkChoice
    published: Published | None
    notes: tuple[str, ...]
    nature: NatureChoice = NATURE
