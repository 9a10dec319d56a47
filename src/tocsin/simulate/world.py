"""The stand-in for the world: flights drawn, sensors looking, scans in the order in which they end."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

import numpy as np

from tocsin.catalogue import Event, Network
from tocsin.errors import TocsinError
from tocsin.flight.flight import Flight
from tocsin.flight.fly import fly
from tocsin.sensor.radar import Radar
from tocsin.sensor.scan import Scan, Sensor
from tocsin.sensor.telescope import Telescope
from tocsin.simulate.nature import nature

# Long enough for a picture without radars, sure of the impact's time to half a minute, to close its event.
AFTER_END_S = 180.0


@dataclass(frozen=True, slots=True)
class Simulation:
    """The truth and what the sensors made of it; the truth never travels with the scans."""

    flights: tuple[Flight, ...]
    scans: tuple[Scan, ...]


def sensors(network: Network) -> tuple[Sensor, ...]:
    """The sensors of a network: a telescope for each satellite, a radar for each array."""
    telescopes = [Telescope(satellite, elements) for satellite, elements in network.satellites]
    return (*telescopes, *(Radar(site) for site in network.radars))


def generator(seed: int, purpose: str) -> np.random.Generator:
    """A stream of its own for each purpose, so that removing one sensor leaves the others' draws alone."""
    return np.random.default_rng([seed, crc32(purpose.encode())])


def _flown(event: Event, number: int, rng: np.random.Generator) -> Flight:
    """One flight of an event; TocsinError with the flight's number where it cannot be flown."""
    try:
        return fly(event.flights[number], event.start_t_tai, rng)
    except TocsinError as error:
        raise TocsinError(f"flight {number + 1}: {problem}" for problem in error.problems) from None


def simulate(event: Event, network: Network, seed: int) -> Simulation:
    """Fly an event and look at it with a network: one seed, one set of scans."""
    flights = tuple(_flown(event, i, generator(seed, f"flight {i}")) for i in range(len(event.flights)))
    t1 = max(f.t_end for f in flights) + AFTER_END_S
    others = nature(event.start_t_tai, t1, generator(seed, "nature"))
    paths = (*(path for f in flights for path in f.paths), *others)
    scans: list[Scan] = []
    for sensor in sensors(network):
        rng = generator(seed, f"sensor {sensor.key}")
        bias = sensor.draw_bias(rng)
        scans.extend(sensor.scans(paths, event.start_t_tai, t1, bias, "simulated", rng))
    scans.sort(key=lambda scan: (scan.t, scan.sensor))
    return Simulation(flights, tuple(scans))
