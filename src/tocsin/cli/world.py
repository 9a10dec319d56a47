"""From an event to everything that a report is made of: the world, the two centres, the truth."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tocsin.assess.territory import Territories
from tocsin.catalogue import Event, Network, network_of
from tocsin.centre.event import CentreEvent
from tocsin.centre.joint import run_joint
from tocsin.cli.terminal import bar
from tocsin.cli.truth import ASSUMED_CLOUD_M, Truth, truth_of
from tocsin.cli.watch import Watch
from tocsin.cli.watching import watched
from tocsin.exchange.keys import Origin
from tocsin.flight.flight import Flight
from tocsin.sensor.infrared.cover import CloudCover
from tocsin.simulate.world import simulate

ORIGIN: Origin = "simulated"


@dataclass(frozen=True, slots=True)
class Run:
    """One event run through: the truth, every event of both centres, and how each sensor watched."""

    event: Event
    network: Network
    seed: int
    flights: tuple[Flight, ...]
    truths: tuple[Truth, ...]
    events: tuple[CentreEvent, ...]
    watches: tuple[Watch, ...]


def run_world(event: Event, seed: int, folder: Path | None, territories: Territories | None = None) -> Run:
    """Fly, look, and let both centres fold what was seen, with bars on stderr; journals go to the folder."""
    network = network_of(event.network)
    with bar("flying and looking"):
        world = simulate(event, network, seed)
    with bar("the centres, folding scans") as tell:
        events = run_joint(network, world.scans, folder, ORIGIN, tell, territories)
    truths = tuple(truth_of(f, _cloud_over(f, world.clouds)) for f in world.flights)
    watches = watched(network, world.scans, world.flights)
    return Run(event, network, seed, world.flights, truths, events, watches)


def _cloud_over(flight: Flight, clouds: CloudCover) -> float:
    """The cloud top over a launch, m."""
    return ASSUMED_CLOUD_M if flight.launch is None else float(clouds.top(*flight.launch))
