"""A centre that is told what is overhead says nothing of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.track.overhead import Sky, low_sky, times
from tocsin.assess.territory import Territories
from tocsin.catalogue import borders, network
from tocsin.centre.centre import Centre
from tocsin.centre.event import CentreEvent
from tocsin.centre.joint import simulated_ring
from tocsin.centre.journal import NullJournal
from tocsin.centre.setup import setup
from tocsin.exchange.codec import encode_scan
from tocsin.exchange.envelope import seal
from tocsin.exchange.keys import simulated_key


@pytest.fixture(scope="module")
def sky() -> Sky:
    return low_sky(700, 12)


def said(sky: Sky, told: bool) -> list[CentreEvent]:
    net = replace(network("2025-05-05T00:00:00Z", (), ("LEK",)), radars=sky.sites)
    made = setup("russia", net, Territories(borders()), sky.elements if told else None)
    centre = Centre(made, simulated_ring((made,), "simulated"), "simulated", NullJournal())
    key, rng = simulated_key("simulated", "LEK"), np.random.default_rng(12)
    events: list[CentreEvent] = []
    for number, t in enumerate(times(70.0).tolist(), start=1):
        scan, _ = sky.scan(t, rng)
        events += centre.receive(seal(key, "scan", number, scan.t, encode_scan(scan)))
    return events


def test_of_objects_in_its_catalogue_a_centre_says_nothing(sky: Sky) -> None:
    assert said(sky, told=True) == []


def test_of_objects_that_it_does_not_know_it_does(sky: Sky) -> None:
    assert len({event.track for event in said(sky, told=False)}) > 10
