"""A centre's sensors and knowledge, drawn up from the network of a date."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.territory import Territories
from tocsin.catalogue import Network, borders, vehicles
from tocsin.catalogue.radar import PARTNERS
from tocsin.estimate.boost.template import template_of
from tocsin.estimate.looks import Channel
from tocsin.motion.elementsets import ElementSets
from tocsin.sensor.errors import LAG_SIGMA
from tocsin.sensor.radar import Radar
from tocsin.sensor.scan import Sensor
from tocsin.sensor.telescope import Telescope
from tocsin.track.boost import Bank
from tocsin.track.known import Known

Array = NDArray[np.float64]
CENTRES = PARTNERS
SATELLITES_OF = "russia"
ASSUMED_BETA = 9000.0


@dataclass(frozen=True, slots=True)
class Setup:
    """What a centre is made with: its sensors, its channels and their figures (c,), its template bank, the
    borders.

    cells (c, 2): a radar's resolution in range, m, and angle, rad; nought of a telescope. people: whose
    remarks on tracks it takes. known: the objects overhead, where it is told of any.
    """

    name: str
    network: Network
    channels: tuple[Channel, ...]
    frames: Array
    detection: Array
    density: Array
    cells: Array
    bank: Bank
    territories: Territories
    people: tuple[str, ...] = ()
    known: Known | None = None


def setup(
    name: str,
    network: Network,
    territories: Territories,
    overhead: ElementSets | None = None,
    rcs_m2: Array | None = None,
) -> Setup:
    """The set-up of one centre: the satellites are Russia's, each radar belongs to its site's centre.

    overhead (N,): the catalogue's objects in orbit; rcs_m2 (N,): their cross-sections, as in `Known.of`.
    """
    own = replace(
        network,
        satellites=network.satellites if name == SATELLITES_OF else (),
        radars=tuple(site for site in network.radars if site.centre == name),
    )
    telescopes = [Telescope(s, e) for s, e in own.satellites]
    radars = [Radar(site) for site in own.radars]
    channels = [Channel(t.key, True, (*t.bias_sigma, LAG_SIGMA), "infrared", (0.0, 0.0)) for t in telescopes]
    channels += [
        Channel(r.key, False, tuple(r.bias_sigma), r.site.band, (r.site.lat_deg, r.site.lon_deg), r.air)
        for r in radars
    ]
    sensors: list[Sensor] = [*telescopes, *radars]
    missiles = [v for v in vehicles() if v.role == "missile"]
    bank = tuple(template_of(v) for v in missiles)
    return Setup(
        name=name,
        network=own,
        channels=tuple(channels),
        frames=np.array([s.frame_s for s in sensors]),
        detection=np.array([s.detection for s in sensors]),
        density=np.array([s.false_density for s in sensors]),
        cells=np.array(
            [(0.0, 0.0)] * len(telescopes) + [(r.beam.range_cell_m, r.beam.beamwidth) for r in radars]
        ).reshape(-1, 2),
        bank=Bank(bank, 1.0 / ASSUMED_BETA, tuple(v.post_boost_m_s for v in missiles)),
        territories=territories,
        people=(f"{name} duty officer",),
        known=None
        if overhead is None
        else Known.of(overhead, tuple(channels), tuple(r.site for r in radars), rcs_m2=rcs_m2),
    )


def centres_of(network: Network) -> tuple[str, ...]:
    """The centres of a network: Russia's and China's, with sensors or without; or, where a sensor is of
    another country's centre, those alone that have any.
    """
    others = dict.fromkeys(r.centre for r in network.radars if r.centre not in CENTRES)
    if not others:
        return CENTRES
    there = {r.centre for r in network.radars} | ({SATELLITES_OF} if network.satellites else set())
    return (*(name for name in CENTRES if name in there), *others)


def setups(network: Network, territories: Territories | None = None) -> tuple[Setup, ...]:
    """The set-ups of all centres of a network; the built-in borders and the default settings unless others
    are given.
    """
    territories = territories or Territories(borders())
    return tuple(setup(name, network, territories) for name in centres_of(network))
