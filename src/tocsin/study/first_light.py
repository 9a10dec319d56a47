"""How well the last picture agrees with the truth, over many seeds of one event."""

from __future__ import annotations

import math
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

from tocsin.assess.assessment import Assessment
from tocsin.catalogue import Event, event, network_of
from tocsin.centre.joint import run_joint
from tocsin.earth.ellipsoid import geodesic_inverse
from tocsin.errors import TocsinError
from tocsin.simulate.world import simulate


@dataclass(frozen=True, slots=True)
class Outcome:
    """One seed: the joint picture's last assessment against the flight that was simulated.

    known_t: seconds after launch at which the 90 % impact region first fell under 100 km; calibrated_90:
    whether that first region held the truth. None where it never came to it.
    """

    seed: int
    tracks: int
    apogee_error_percent: float | None
    impact_error_km: float | None
    duration_error_s: float | None
    confirmed_s: float | None
    event_state: str
    threat_state: str
    known_s: float | None
    first_held_90: bool | None
    true_duration_s: float


def outcome(name: str, seed: int, hypothetical: bool) -> Outcome:
    """Run one seed of a built-in event and compare the last joint assessment with its truth."""
    known: Event = event(name)
    network = network_of(replace(known.network, hypothetical=hypothetical), known.start_utc)
    world = simulate(known, network, seed)
    flight = world.flights[0]
    told = [e for e in run_joint(network, world.scans, None) if (e.centre, e.picture) == ("russia", "joint")]
    gone = {e.track for e in told if e.what == "merged"}
    joint = [e.assessment for e in told if e.track not in gone]
    last: dict[str, Assessment] = {a.track: a for a in joint}
    # The object's own track is the one with the most evidence; the others would be false.
    best = max(last.values(), key=lambda a: sum(e.looks for e in a.evidence), default=None)
    if flight.impact is None or flight.t_impact is None or flight.t_launch is None:
        raise TocsinError(
            f"{name}: its first flight has no launch or no impact; give an event whose flight has"
        )
    duration = flight.t_impact - flight.t_launch
    if best is None or best.impact is None:
        return Outcome(seed, len(last), None, None, None, None, "quiet", "none", None, None, duration)
    first = next(
        (a for a in joint if a.impact is not None and a.impact.ellipse_90_km.semi_major_km < 100.0), None
    )
    return Outcome(
        seed=seed,
        tracks=len(last),
        apogee_error_percent=100.0 * ((best.apogee_km or math.nan) * 1e3 / flight.apogee_m - 1.0),
        impact_error_km=_miss_km(best, flight.impact),
        duration_error_s=best.impact.t - flight.t_impact,
        confirmed_s=best.confirmed_t - flight.t_launch if best.confirmed_t is not None else None,
        event_state=best.event_state,
        threat_state=best.threat_state,
        known_s=first.t - flight.t_launch if first is not None else None,
        first_held_90=_holds(first, flight.impact) if first is not None else None,
        true_duration_s=duration,
    )


def _miss_km(a: Assessment, impact: tuple[float, float]) -> float:
    assert a.impact is not None
    return geodesic_inverse(math.radians(a.impact.lat_deg), math.radians(a.impact.lon_deg), *impact)[0] / 1e3


def _holds(a: Assessment, impact: tuple[float, float]) -> bool:
    """Whether the 90 % ellipse holds a point (lat, lon) rad."""
    assert a.impact is not None
    lat, lon = math.radians(a.impact.lat_deg), math.radians(a.impact.lon_deg)
    distance, azimuth = geodesic_inverse(lat, lon, *impact)
    e = a.impact.ellipse_90_km
    turn = azimuth - math.radians(e.azimuth_deg)
    along, across = distance / 1e3 * math.cos(turn), distance / 1e3 * math.sin(turn)
    return (along / e.semi_major_km) ** 2 + (across / e.semi_minor_km) ** 2 <= 1.0


def outcomes(name: str, seeds: Iterable[int], hypothetical: bool, processes: int) -> list[Outcome]:
    """Many seeds over a pool of processes, in the order of the seeds."""
    with ProcessPoolExecutor(processes) as pool:
        jobs = [pool.submit(outcome, name, seed, hypothetical) for seed in seeds]
        return [job.result() for job in jobs]


def quantile(values: list[float], share: float) -> float:
    """The smallest value that at least this share of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
