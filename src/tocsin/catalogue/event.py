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
class Lowest:
    """What an event supposes of a radar: its lowest elevation, in place of the catalogue's."""

    radar: str
    el_min_deg: float


@dataclass(frozen=True, slots=True)
class Heard:
    """What an event supposes that radars hear: a body, by its name, from and until s after the start."""

    body: str
    from_s: float
    until_s: float | None


@dataclass(frozen=True, slots=True)
class NetworkChoice:
    """The network an event asks for; None for `satellites` or `radars` means those of the date.

    lowest: radars that look lower, or less low, than the catalogue says; heard: the bodies that its radars
    have looks of, and when; all there are, where none is named.
    """

    date_utc: str | None
    satellites: tuple[str, ...] | None
    radars: tuple[str, ...] | None
    hypothetical: bool
    doubtful: bool = True
    lowest: tuple[Lowest, ...] = ()
    heard: tuple[Heard, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One event; `key` is the name of its file, `title` its `name`.

    duration_s: how long it is watched; None is until three minutes after the last body has come down.
    protected: whose ground counts as threatened, by ISO 3166-1 code; None for the default, Russia and China.
    """

    key: str
    title: str
    start_utc: str
    start_t_tai: float
    flights: tuple[Plan, ...]
    network: NetworkChoice
    published: Published | None
    notes: tuple[str, ...]
    nature: NatureChoice = NATURE
    duration_s: float | None = None
    protected: tuple[str, ...] | None = None
