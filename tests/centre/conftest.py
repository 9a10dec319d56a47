"""One run of the Hwasong-14 event, kept for all tests of the centres."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tocsin.catalogue import Network, event, network_of
from tocsin.centre.event import CentreEvent
from tocsin.centre.joint import run_joint
from tocsin.simulate.world import Simulation, simulate

EVENT = "hwasong-14-2017-07-04"


@dataclass(frozen=True, slots=True)
class Run:
    """An event run by both centres, with what was simulated and where the journals are."""

    network: Network
    start: float
    world: Simulation
    folder: Path
    events: tuple[CentreEvent, ...]


@pytest.fixture(scope="session")
def hwasong(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Seed 0 of the event with the network of its day."""
    told = event(EVENT)
    network = network_of(told.network, told.start_utc)
    world = simulate(told, network, 0)
    folder = tmp_path_factory.mktemp("hwasong")
    return Run(network, told.start_t_tai, world, folder, run_joint(network, world.scans, folder))
