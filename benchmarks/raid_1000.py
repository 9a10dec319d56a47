"""A raid of 1,000 flights followed by a tracker: what it costs, and how well it tells the flights apart.

`python3 dev.py bench raid-1000 [--flights N] [--minutes M] [--cache FOLDER] [--looks-only]
[--most-seconds S] [--background N] [--background-file CSV]`: with a cache folder the flights are flown once
and kept there, by the raid file's text and their number; throw it away when the code that flies them has
changed. A tracker whose steps have taken S seconds is given up, and judged by what it was fed.

With a background the radars look at what is overhead as well, and the tracker is told of it as a catalogue
would: N objects drawn, or those of a file of element sets, whose epochs are moved by whole days to the day
before the raid. Run it without as well: what the background costs in warning is the difference.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path as File

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from following.background import Background, made, of_file
from following.flights import flown
from following.overhead import Share, clocked, tell_crowded, tell_others, tell_warning
from following.present import Follower, Present
from following.scans import tell_scans

from tocsin.catalogue import Network
from tocsin.earth.time import tai_from_utc
from tocsin.motion.path import Path
from tocsin.sensor.labels import Labels, one_after_another
from tocsin.sensor.scan import Scan
from tocsin.simulate.raid import look, network_of_raid
from tocsin.simulate.raidfile import read_raid
from tocsin.study.association.gospa import Gospa, gospa
from tocsin.study.association.identity import switches
from tocsin.study.association.number import count_error
from tocsin.study.association.promptness import promptness
from tocsin.study.association.purity import completeness, owners
from tocsin.study.association.record import Record

RAID = File(__file__).parent / "raid-1000.toml"
EVERY_S = 10.0  # between two moments at which the picture is compared with the truth
KNOWN_LOOKS = 5  # from which on an object counts as one that the tracker should have
WARM_S = 420.0  # long enough for burnouts and arcs
WARM_OBJECTS = 2000


@dataclass(frozen=True)
class Followed:
    """A tracker's run: seconds of each step, and at each moment the time, places and tracks alive."""

    steps: np.ndarray
    t: np.ndarray
    places: list[np.ndarray]
    alive: np.ndarray
    record: Record


def follow(
    seen: tuple[tuple[Scan, Labels], ...], tracker: Follower, t0: float, most_s: float = np.inf
) -> Followed:
    """Feed the scans in order; between two of them, each EVERY_S, ask where everything is. It is given up
    once its steps have taken most_s.
    """
    steps, spent = [], 0.0
    at, places, alive, due = [], [], [], t0 + EVERY_S
    for scan, _ in seen:
        while scan.t > due:
            where, live = tracker.places(due)
            at.append(due)
            places.append(where)
            alive.append(live)
            due += EVERY_S
        start = time.perf_counter()
        tracker.step(scan)
        steps.append(time.perf_counter() - start)
        spent += steps[-1]
        if spent > most_s:
            break
    seen = seen[: len(steps)]
    sensor = {key: i for i, key in enumerate(sorted({scan.sensor for scan, _ in seen}))}
    record = Record(
        one_after_another(*(labels for _, labels in seen)),
        np.repeat([sensor[scan.sensor] for scan, _ in seen], [len(scan) for scan, _ in seen]),
        tracker.names(),
        *tracker.confirmed(),
        tracker.sizes(),
    )
    return Followed(np.array(steps), np.array(at), places, np.array(alive), record)


def truth_at(
    seen: tuple[tuple[Scan, Labels], ...], paths: tuple[Path, ...], flights: int, t: np.ndarray
) -> list[np.ndarray]:
    """Where (k, 3) the objects are, at each time, that a tracker should have: in flight and looked at
    KNOWN_LOOKS times by then; what else flies is known, and to be no track.
    """
    body = np.concatenate([labels.body for _, labels in seen])
    when = np.concatenate([np.full(len(labels.body), scan.t) for scan, labels in seen])
    body, when = body[body < flights], when[body < flights]
    out: list[list[np.ndarray]] = [[] for _ in t]
    for b in np.unique(body):
        looks = when[body == b]
        had = np.searchsorted(looks, t, side="right")
        known = (had >= KNOWN_LOOKS) & (t <= paths[b].t[-1])
        r = paths[b].position(t[known])
        for k, place in zip(np.flatnonzero(known), r, strict=True):
            out[k].append(place)
    return [np.array(places).reshape(-1, 3) for places in out]


def tell(run: Followed, truth: list[np.ndarray], flights: int, lasted: float) -> None:
    """The figures."""
    record, ms = run.record, run.steps * 1e3
    p50, p99 = np.percentile(ms, [50, 99])
    total = run.steps.sum()
    print(
        f"steps: {total:.1f} s for {lasted:,.0f} s, {lasted / total:.1f} times real time; "
        f"one {p50:.2f} ms, 99 of 100 under {p99:.1f}, the longest {ms.max():.0f}"
    )
    bodies = np.arange(flights)
    own, whole, moved = owners(record), completeness(record, bodies), switches(record, bodies)
    print(f"confirmed tracks {len(own.row):,}, of nobody {int(own.false.sum())}; purity {own.overall:.3f}")
    if len(own.row):
        low = np.quantile(own.purity, [0.05, 0.25, 0.5])
        print(f"  purity of a track, 5th, 25th and 50th of 100: {low[0]:.2f}, {low[1]:.2f}, {low[2]:.2f}")
    print(
        f"flights with a track {int(np.sum(whole.tracks > 0)):,} of {len(whole.body):,} seen; completeness "
        f"{whole.overall:.3f} in the best track, {whole.all_.sum() / whole.looks.sum():.3f} in all of its; "
        f"{whole.tracks.sum() / max(np.sum(whole.tracks > 0), 1):.2f} tracks a flight"
    )
    for name, by_sensor in (("of all sensors", False), ("of one sensor", True)):
        soon = promptness(record, bodies, by_sensor=by_sensor)
        print(f"confirmed within 5 detections {name}: {soon.share:.3f} of {len(soon.body):,} resolvable")
    print(f"identity switches {moved.total:,} in {int(moved.looks.sum()):,} looks")
    number = count_error(np.array([len(x) for x in truth]), run.alive)
    print(f"count: {number.mean:+.1f} in the mean, {number.rms:.1f} r.m.s.")
    made: list[Gospa] = [gospa(x, y) for x, y in zip(truth, run.places, strict=True)]
    print("GOSPA (c 20 km, p 2), km: t s, objects, tracks, distance, localisation, missed, false")
    for k in np.unique(np.linspace(0, len(made) - 1, 9).astype(int)) if made else []:
        g = made[k]
        parts = "".join(f"{v / 1e3:9.1f}" for v in (g.distance, g.localisation, g.missed, g.false))
        print(f"  {EVERY_S * (k + 1):6.0f}{len(truth[k]):7}{len(run.places[k]):7}{parts}")


def main(follower: Callable[[Network, Background | None], Follower] = Present) -> None:
    """Fly, look, follow and tell; follower: makes a tracker, which is told of what is overhead."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flights", type=int)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--cache", type=File)
    parser.add_argument("--most-seconds", type=float, default=np.inf)
    parser.add_argument("--looks-only", action="store_true")
    parser.add_argument("--background", type=int)
    parser.add_argument("--background-file", type=File)
    given = parser.parse_args()
    asked = read_raid(RAID)
    asked = asked.model_copy(update={"flights": given.flights or asked.flights})
    lasted = asked.duration_s if given.minutes is None else 60.0 * given.minutes
    t0, network = tai_from_utc(asked.start_utc), network_of_raid(asked)
    start = time.perf_counter()
    raid = flown(asked, RAID.read_bytes(), given.cache)
    flew = time.perf_counter()
    background = None
    if given.background_file is not None:
        background = of_file(given.background_file, t0)
    elif given.background is not None:
        background = made(given.background, t0)
    others = () if background is None else background.paths(network, t0, t0 + lasted)
    paths = (*raid.paths, *others)
    rose = time.perf_counter()
    seen = look(asked, paths, lasted)
    now = time.perf_counter()
    print(f"{len(raid.paths):,} flights: flown in {flew - start:.1f} s, seen in {now - rose:.1f} s")
    if background is not None:
        print(f"{len(others):,} of {len(background.truth):,} others in view, flown in {rose - flew:.1f} s")
    tell_scans(asked, raid, seen, paths)
    if background is not None:
        tell_crowded(look(asked, raid.paths, lasted), seen, len(raid.paths))
    if given.looks_only:
        return
    # Kernels are compiled in a run of one flight of each salvo that is thrown away.
    few = tuple(raid.paths[i] for i in np.unique(raid.salvo, return_index=True)[1])
    warm = None if background is None else made(WARM_OBJECTS, t0)
    if warm is not None:
        few = (*few, *warm.paths(network, t0, t0 + lasted))
    follow(look(asked, few, min(lasted, WARM_S)), follower(network, warm), t0)
    tracker = follower(network, background)
    with clocked() as known:
        run = follow(seen, tracker, t0, given.most_seconds)
    if len(run.steps) < len(seen):
        seen = seen[: len(run.steps)]
        lasted = seen[-1][0].t - t0
        print(f"given up after {len(seen):,} scans")
    tell(run, truth_at(seen, paths, len(raid.paths), run.t), len(raid.paths), lasted)
    tell_warning(tracker.taken_in(), run.record, seen, len(raid.paths))
    tell_others(Share(run.steps, known), tracker.aside(), run.record, len(raid.paths))


if __name__ == "__main__":
    main()
