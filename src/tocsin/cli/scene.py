"""A run as the picture shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from tocsin.assess.assessment import Assessment
from tocsin.catalogue import Network
from tocsin.centre.setup import centres_of
from tocsin.cli.asked import clouds_named
from tocsin.cli.knownby import histories
from tocsin.cli.pictures import known_by_then
from tocsin.cli.report import Report
from tocsin.cli.whichflight import flight_of_first_track
from tocsin.cli.world import Run
from tocsin.console.picture.scene import Flown, Overhead, Scene
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.flight.flight import Flight
from tocsin.motion.orbit import satellite_states
from tocsin.motion.path import Path

MILESTONES = (
    "launch",
    "cloud break",
    "first satellite look",
    "stereo",
    "burnout",
    "first radar look",
    "confirmed",
    "confirmed (degraded)",
    "apogee",
    "impact",
    "burnt up",
)
LEAST_SAMPLES, SAMPLE_S = 600, 20.0


def scene_of(run: Run, report: Report) -> Scene:
    """The scene of a run, cut where its report is."""
    start, at = run.event.start_t_tai, report["at_s"]
    known: dict[str, tuple[Assessment, ...]] = {f"{c}_alone": () for c in centres_of(run.network)}
    if report["tracks"]:
        heard = known_by_then(run.events, np.inf if at is None else start + at)
        known = histories(report["tracks"][0]["track"], heard)
    evidence = [e for made in known.values() if made for e in made[-1].evidence]
    first = flight_of_first_track(report)
    ordered = sorted(run.flights, key=lambda f: f is not run.flights[first])
    looks = [t["first_satellite_s"] for t in report["tracks"] if t["first_satellite_s"] is not None]
    return Scene(
        title=run.event.title,
        date=f"{report['start_utc'][:10]}  {report['start_utc'][11:16]} UTC",
        origin=report["origin"],
        seed=run.seed,
        until="" if at is None else f"as known {at:,g} s after the start",
        start=start,
        flights=flown(ordered, start),
        radars=run.network.radars,
        saw=frozenset(e.channel for e in evidence if e.phenomenology == "radar"),
        satellites=_overhead(
            run.network,
            start + min(looks, default=0.0),
            {e.channel for e in evidence if e.phenomenology == "infrared"},
        ),
        known=known,
        milestones=_milestones(report),
        footer=_footer(run.network),
        watched_s=run.event.duration_s or 0.0,
        spots=tuple((c.lat_deg, c.lon_deg, name) for c, name in clouds_named(run.event)),
    )


def flown(flights: Iterable[Flight], start: float) -> tuple[Flown, ...]:
    """Flights as a picture takes them: every body first, then the companions of all."""
    flights = tuple(flights)
    bodies = [
        replace(
            _sampled(f.path, start),
            begin="launch" if f.launch else "",
            end=f.end if f.end in ("impact", "burnt up") else "",
            name=f.vehicle,
        )
        for f in flights
    ]
    return (*bodies, *(replace(_sampled(p, start), thin=True) for f in flights for p in f.companions))


def _sampled(path: Path, start: float) -> Flown:
    """Some hundreds of a path's samples, more of a long one; its ends without names."""
    t = path.t
    count = max(LEAST_SAMPLES, int((t[-1] - t[0]) / SAMPLE_S))
    pick = np.unique(np.linspace(0, len(t) - 1, count).round().astype(int))
    lat, lon, height = geodetic_from_ecef(path.r_ecef[pick])
    return Flown(t[pick] - start, np.degrees(lat), np.degrees(lon), height / 1e3, begin="", end="")


def _overhead(network: Network, t: float, saw: set[str]) -> tuple[Overhead, ...]:
    out = []
    for satellite, elements in network.satellites:
        lat, lon, height = geodetic_from_ecef(satellite_states(elements, [t])[0])
        place = float(np.degrees(lat[0])), float(np.degrees(lon[0])), float(height[0]) / 1e3
        out.append(Overhead(satellite.name, *place, satellite.key in saw))
    return tuple(out)


def _milestones(report: Report) -> tuple[tuple[float, str], ...]:
    """The first of each milestone, of the truth or of the first track, and when sensors were blind."""
    first = report["tracks"][0]["track"] if report["tracks"] else None
    found: dict[str, float] = {}
    for line in report["timeline"]:
        told = line["what"] in MILESTONES or line["what"].startswith("bright cloud")
        if (told or line["what"].endswith((" blind", " sees again"))) and line["track"] in (None, first):
            found.setdefault(line["what"], line["t_s"])
    return tuple((t, what) for what, t in found.items())


def _footer(network: Network) -> tuple[str, ...]:
    out = [
        "Assumed: every accuracy of these telescopes and radars, the cloud top, the radar cross-section "
        "and the notional vehicle; none of it is published."
    ]
    if any(r.hypothetical for r in network.radars):
        out.append(
            "Hypothetical: the stations with dashed sectors and hollow marks; no radar of this kind in "
            "China is published."
        )
    if any(s.hypothetical for s, _ in network.satellites):
        out.append(
            "Hypothetical: a satellite that never flew, put there to ask what two channels would have said."
        )
    return tuple(out)
