"""Every built-in event through both centres, with all sensors of its date and without satellites."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import final

from tocsin.assess.territory import Territories
from tocsin.catalogue import Event, Network, WarningSettings, borders, event, network_of, warning_settings
from tocsin.catalogue.protected import guarding
from tocsin.centre.joint import run_joint
from tocsin.simulate.world import simulate
from tocsin.study.ladder.times import Times, joint_pictures, soonest
from tocsin.study.pool import each


@final
@dataclass(frozen=True, slots=True)
class Ran:
    """One event with one network, by the joint picture of whichever centre is first. start: TAI s."""

    key: str
    degraded: bool
    start: float
    satellites: int
    radars: int
    times: Times


def settings_of(told: Event) -> WarningSettings:
    """The warning settings of an event: the default, or with the countries that it names."""
    chosen = warning_settings()
    return chosen if told.protected is None else guarding(chosen, told.protected, borders())


def network_for(told: Event, degraded: bool) -> Network:
    """The network that an event asks for; degraded: without its satellites."""
    whole = network_of(told.network, told.start_utc)
    return replace(whole, satellites=()) if degraded else whole


def ran(told: Event, degraded: bool, seed: int, until_s: float | None = None) -> Ran:
    """One event run through, or only its first seconds."""
    net = network_for(told, degraded)
    scans = simulate(told, net, seed).scans
    if until_s is not None:
        scans = tuple(s for s in scans if s.t <= told.start_t_tai + until_s)
    events = run_joint(net, scans, None, territories=Territories(borders(), settings_of(told)))
    times = soonest(joint_pictures(events))
    return Ran(told.key, degraded, told.start_t_tai, len(net.satellites), len(net.radars), times)


def every(
    keys: tuple[str, ...],
    seed: int,
    processes: int,
    tell: Callable[[float], None] = lambda share: None,
) -> Iterator[Ran]:
    """Each event with its whole network, and without satellites where it has any; over a process pool."""
    jobs = [(key, degraded) for key in keys for degraded in (False, True)]
    jobs = [(k, d) for k, d in jobs if not d or network_for(event(k), False).satellites]
    return each(_one, [(key, degraded, seed) for key, degraded in jobs], processes, tell)


def _one(key: str, degraded: bool, seed: int) -> Ran:
    return ran(event(key), degraded, seed)
