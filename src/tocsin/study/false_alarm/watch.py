"""A small network of one centre, and what it says of a scene: the same tracker, ladder and centre as ever."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final, final

import numpy as np

from tocsin.assess.territory import Territories
from tocsin.catalogue import Network, borders, network
from tocsin.centre.centre import Centre
from tocsin.centre.event import CentreEvent
from tocsin.centre.journal import NullJournal
from tocsin.centre.setup import Setup, setup
from tocsin.earth.time import tai_from_utc
from tocsin.exchange.codec import encode_report, encode_scan
from tocsin.exchange.envelope import seal
from tocsin.exchange.keys import KeyRing, simulated_key
from tocsin.exchange.report import TrackReport
from tocsin.motion.path import Path
from tocsin.sensor.radar import Radar
from tocsin.sensor.radiosun import RadioSun
from tocsin.sensor.scan import Scan
from tocsin.sensor.telescope import Telescope
from tocsin.simulate.nature import LIGHT_S, nature
from tocsin.study.false_alarm.history import Moment, moments_of

START_UTC = "2025-07-15T14:00:00Z"  # both satellites high above the north
SATELLITES, RADARS = ("cosmos-2541", "cosmos-2546"), ("LEK", "YEN", "MIS1", "ARM2", "YIY2")
FALSE_LOOKS_PER_SCAN, FALSE_LOOKS_PER_FRAME = 20.0, 30.0  # as in benchmarks/raid-1000.toml: assumed
CENTRE: Final = "russia"
PARTNER: Final = "china"
START_T = tai_from_utc(START_UTC)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What there is to see from START_T on for lasts_s: by every sensor, and by one channel alone.

    Fireballs, lightning and hot spots are there beside it, as `simulate.nature` has them, and are not named.

    late_s: by how much the times of all telescopes are off; reports: (TAI s, a partner's report); bursts:
    of the Sun, as `RadioSun` takes them; satellites: whether the picture has any.
    """

    lasts_s: float
    common: tuple[Path, ...] = ()
    alone: dict[str, tuple[Path, ...]] = field(default_factory=dict)
    late_s: float = 0.0
    reports: tuple[tuple[float, TrackReport], ...] = ()
    bursts: tuple[tuple[float, float, float], ...] = ()
    satellites: bool = True


@cache
def watching(satellites: bool = True) -> Setup:
    """The centre's set-up, its false looks those of the raid."""
    table = network(START_UTC, SATELLITES if satellites else (), RADARS)
    eyes = tuple((replace(s, false_looks_per_frame=FALSE_LOOKS_PER_FRAME), e) for s, e in table.satellites)
    sites = tuple(replace(r, centre=CENTRE, false_looks_per_scan=FALSE_LOOKS_PER_SCAN) for r in table.radars)
    made: Network = replace(table, satellites=eyes, radars=sites)
    return setup(CENTRE, made, _ground())


@cache
def _ground() -> Territories:
    return Territories(borders())


def watch(
    scene: Scene, noise: Sequence[int], until: Callable[[CentreEvent], bool] = lambda _: False
) -> tuple[Moment, ...]:
    """What the centre said of a scene, to its end or to the first line that `until` is content with.

    noise: seeds, of nature's noise and of each sensor's; those left over are of no sensor here.
    """
    made = watching(scene.satellites)
    names = (*(c.name for c in made.channels), PARTNER)
    keys = {name: simulated_key("simulated", name) for name in names}
    ring = KeyRing(key.public for key in keys.values())
    centre = Centre(made, ring, "simulated", NullJournal())
    sent = dict.fromkeys(keys, 0)
    events: list[CentreEvent] = []
    for t, what in _arriving(scene, made, noise):
        producer = what.sensor if isinstance(what, Scan) else PARTNER
        sent[producer] += 1
        payload = encode_scan(what) if isinstance(what, Scan) else encode_report(what)
        subject = "scan" if isinstance(what, Scan) else "report"
        told = centre.receive(seal(keys[producer], subject, sent[producer], t, payload))
        centre.outbox.clear()
        events += told
        if any(until(e) for e in told):
            break
    return moments_of(events, made.territories)


def _arriving(scene: Scene, made: Setup, noise: Sequence[int]) -> list[tuple[float, Scan | TrackReport]]:
    """Scans and reports in the order in which they come."""
    sun = RadioSun(scene.bursts) if scene.bursts else None
    sensors: list[Telescope | Radar] = [Telescope(s, e) for s, e in made.network.satellites]
    sensors += [Radar(site, sun=sun) for site in made.network.radars]
    background = nature(START_T - LIGHT_S, START_T + scene.lasts_s, np.random.default_rng(noise[0]))
    common = (*scene.common, *background)
    out: list[tuple[float, Scan | TrackReport]] = list(scene.reports)
    for sensor, own in zip(sensors, noise[1:], strict=False):
        rng = np.random.default_rng(own)
        paths = (*common, *scene.alone.get(sensor.key, ()))
        late = scene.late_s if isinstance(sensor, Telescope) else 0.0
        for scan in sensor.scans(
            paths, START_T, START_T + scene.lasts_s, sensor.draw_bias(rng), "simulated", rng
        ):
            out.append((scan.t + late, replace(scan, t=scan.t + late, t_look=scan.t_look + late)))
    return sorted(out, key=lambda pair: (pair[0], str(getattr(pair[1], "sensor", ""))))
