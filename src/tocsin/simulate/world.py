"""The stand-in for the world: flights drawn, sensors looking, scans in the order in which they end."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

import numpy as np

from tocsin.catalogue import Event, Network
from tocsin.catalogue.nature import NatureChoice
from tocsin.errors import TocsinError
from tocsin.flight.flight import Flight
from tocsin.flight.fly import fly
from tocsin.motion.path import Path
from tocsin.sensor.infrared.cloud_looks import CLOUD_LOOKS
from tocsin.sensor.infrared.cover import CloudCover, draw_cover, even_cover
from tocsin.sensor.moonecho import MoonEcho
from tocsin.sensor.radar import Radar
from tocsin.sensor.radiosun import RadioSun
from tocsin.sensor.scan import Scan, Sensor
from tocsin.sensor.surroundings import solar_hour, surroundings
from tocsin.sensor.telescope import Telescope
from tocsin.simulate.heard import heard
from tocsin.simulate.nature import glints_of, nature

# Long enough for a picture without radars, sure of the impact's time to half a minute, to close its event.
AFTER_END_S = 180.0


@dataclass(frozen=True, slots=True)
class Simulation:
    """The truth and what the sensors made of it; the truth never travels with the scans."""

    flights: tuple[Flight, ...]
    clouds: CloudCover
    scans: tuple[Scan, ...]


def generator(seed: int, purpose: str) -> np.random.Generator:
    """A stream of its own for each purpose, so that removing one sensor leaves the others' draws alone."""
    return np.random.default_rng([seed, crc32(purpose.encode())])


def sensors(network: Network) -> tuple[Sensor, ...]:
    """The sensors of a network: a telescope for each satellite, a radar for each array."""
    telescopes = [Telescope(satellite, elements) for satellite, elements in network.satellites]
    return (*telescopes, *(Radar(site) for site in network.radars))


def cover_of(asked: NatureChoice, rng: np.random.Generator) -> CloudCover:
    """The clouds that an event asks for, drawn where it leaves them to the climatology."""
    return draw_cover(rng) if asked.cloud_top_km is None else even_cover(asked.cloud_top_km * 1e3)


def sensors_in(network: Network, asked: NatureChoice, t_tai: float, clouds: CloudCover) -> tuple[Sensor, ...]:
    """The sensors of a network in the nature of a time, the same clouds over all telescopes.

    Meteors come at each radar's own hour of the day. The Moon gives no look unless it is asked for: since
    1960 radars change their interval from pulse to pulse (assumed of all).
    """
    sunlit = CLOUD_LOOKS if asked.sunlit_cloud else None
    glints = glints_of(asked.bright_clouds, t_tai)
    moon = MoonEcho() if asked.moon == "heard" else None
    sun = RadioSun(tuple((t_tai + b.start_s, b.duration_s, b.flux_sfu) for b in asked.radio_bursts))
    telescopes = [
        Telescope(s, elements, clouds=clouds, sunlit=sunlit, glints=glints)
        for s, elements in network.satellites
    ]
    radars = [
        Radar(
            site,
            clutter=surroundings(
                site, asked.aurora, solar_hour(t_tai, site.lon_deg), trails=asked.meteor_trails
            ),
            sun=sun,
            moon=moon,
        )
        for site in network.radars
    ]
    return (*telescopes, *radars)


def _flown(event: Event, number: int, rng: np.random.Generator) -> Flight:
    """One flight of an event; TocsinError with the flight's number where it cannot be flown."""
    try:
        return fly(event.flights[number], event.start_t_tai, rng)
    except TocsinError as error:
        raise TocsinError(f"flight {number + 1}: {problem}" for problem in error.problems) from None


def _until(event: Event, flights: tuple[Flight, ...]) -> float:
    """When the sensors stop looking, TAI s."""
    if event.duration_s is not None:
        return event.start_t_tai + event.duration_s
    return max(f.t_end for f in flights) + AFTER_END_S


def simulate(event: Event, network: Network, seed: int) -> Simulation:
    """Fly an event and look at it with a network: one seed, one set of scans."""
    flights = tuple(_flown(event, i, generator(seed, f"flight {i}")) for i in range(len(event.flights)))
    bodies = tuple(path for f in flights for path in f.paths)
    echoes = heard(bodies, event.network.heard, event.start_t_tai)
    until = _until(event, flights)
    clouds, scans = looked_at(bodies, echoes, network, event.nature, (event.start_t_tai, until), seed)
    return Simulation(flights, clouds, scans)


def looked_at(
    bodies: tuple[Path, ...],
    echoes: tuple[Path, ...],
    network: Network,
    asked: NatureChoice,
    times: tuple[float, float],
    seed: int,
) -> tuple[CloudCover, tuple[Scan, ...]]:
    """The clouds, and every scan of a network between two times (TAI s) in order.

    bodies: what telescopes see; echoes: what radars hear, the same bodies but where an event supposes less.
    Every sensor draws from a stream of its own, so that one more or less leaves the others' looks alone.
    """
    start, t1 = times
    others = nature(start, t1, generator(seed, "nature"), flashes=asked.flashes, hot_spots=asked.hot_spots)
    scans: list[Scan] = []
    clouds = cover_of(asked, generator(seed, "clouds"))
    for sensor in sensors_in(network, asked, start, clouds):
        rng = generator(seed, f"sensor {sensor.key}")
        bias = sensor.draw_bias(rng)
        paths = (*(echoes if isinstance(sensor, Radar) else bodies), *others)
        scans.extend(sensor.scans(paths, start, t1, bias, "simulated", rng))
    scans.sort(key=lambda scan: (scan.t, scan.sensor))
    return clouds, tuple(scans)
