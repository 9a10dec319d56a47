"""The sensor that a person named, on a date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from tocsin.catalogue import RadarSite, Satellite, network
from tocsin.catalogue import radars as all_radars
from tocsin.catalogue import satellites as all_satellites
from tocsin.catalogue.dates import normal_utc
from tocsin.catalogue.nearest import unknown
from tocsin.catalogue.network import MAX_ELEMENT_AGE_DAYS, nearest_elements
from tocsin.catalogue.own import own_sound
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError
from tocsin.sensor.infrared.cloud_looks import CLOUD_LOOKS
from tocsin.sensor.radar import Radar
from tocsin.sensor.telescope import Telescope

DATE_UTC = "2025-07-15T00:00:00Z"


@final
@dataclass(frozen=True, slots=True)
class ChosenSensor:
    """A sensor on a date, and what to know of its duty on it; dated: whether the date was asked for."""

    sensor: Radar | Telescope
    date_utc: str
    t_tai: float
    dated: bool
    notes: tuple[str, ...]

    @property
    def row(self) -> RadarSite | Satellite:
        """Its row of the catalogue."""
        return self.sensor.site if isinstance(self.sensor, Radar) else self.sensor.satellite


def sensor_of(name: str, date_utc: str | None = None) -> ChosenSensor:
    """The satellite or radar of that key, with the element set nearest the date.

    Without a date 2025-07-15, or that of the nearest element set where none is near. Raises TocsinError for
    a name that is none, a date that is none, and one more than 60 days from every element set.
    """
    date = _date(date_utc)
    mine = own_sound()
    satellites = {s.key: s for s in (*all_satellites(), *mine.satellites)}
    if name in satellites:
        return _telescope(satellites[name], date, date_utc is None)
    radars = {r.key: r for r in (*all_radars(), *mine.radars)}
    if name not in radars:
        raise TocsinError(unknown("sensor", name, (*satellites, *radars)), *mine.broken)
    notes = network(date, (), (name,)).notes
    return ChosenSensor(
        Radar(radars[name]), date, tai_from_utc(date), date_utc is not None, _without_absent(notes)
    )


def _telescope(satellite: Satellite, date: str, free: bool) -> ChosenSensor:
    elements, days = nearest_elements(satellite, tai_from_utc(date))
    if days > MAX_ELEMENT_AGE_DAYS:
        if not free:
            raise TocsinError(
                f"--date {date}: {satellite.name} has no element set within {MAX_ELEMENT_AGE_DAYS:.0f} days; "
                f"the nearest is of {elements.epoch_utc}, {days:,.0f} days away: give a date near it"
            )
        date = normal_utc(elements.epoch_utc)
    notes = _without_absent(network(date, (satellite.key,), ()).notes)
    telescope = Telescope(satellite, elements, sunlit=CLOUD_LOOKS)
    return ChosenSensor(telescope, date, tai_from_utc(date), not free, notes)


def _date(text: str | None) -> str:
    try:
        return normal_utc(DATE_UTC if text is None else text)
    except TocsinError as error:
        raise TocsinError(f"--date: {problem}" for problem in error.problems) from None


def _without_absent(notes: tuple[str, ...]) -> tuple[str, ...]:
    # The network of one sensor has none of the other kind, which says nothing of the sensor.
    return tuple(n for n in notes if n not in ("no satellites, as asked", "no radars, as asked"))
