"""A day with nothing but what is always there: objects overhead and clutter. Does anything grow?

`python3 dev.py soak steady [HOURS]`: two radars and a satellite look at 30,000 objects and at what is false;
the tracker is told of 49 in 50 of the objects, as a catalogue has them. The others are no false tracks: they
are there, and each pass of one is told. Every hour: memory, times of steps, what is alive, what was told and
what is kept; at the end whether memory and times are flat.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path as File

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from tocsin.assess.territory import Territories
from tocsin.catalogue import Network, borders, network
from tocsin.catalogue.elementspread import ELEMENT_SPREAD
from tocsin.centre.setup import setup
from tocsin.earth.time import tai_from_utc
from tocsin.flight.catalogued import as_catalogued
from tocsin.flight.overhead import Dome, paths_overhead
from tocsin.flight.population import Population, draw_population
from tocsin.sensor.labels import Labels
from tocsin.sensor.radar import Radar
from tocsin.sensor.scan import Scan
from tocsin.sensor.telescope import Telescope
from tocsin.track.tracker import Tracker

START, HOURS, OBJECTS, UNKNOWN, SEED = "2025-07-15T14:00:00Z", 24, 30_000, 0.02, 2026
SATELLITES, RADARS = ("cosmos-2541",), ("LEK", "YEN")
FALSE_LOOKS_PER_SCAN, FALSE_LOOKS_PER_FRAME = 20.0, 30.0  # as in the raid: assumed
HOUR_S, KEPT_S = 3600.0, 600.0
FIRST_HOUR = 2  # from which on it should be flat: caches are full and the first passes are over
SURE = 3.0  # sigmas of a slope

Seen = tuple[Scan, Labels]


def watching() -> Network:
    """The sensors, all of one centre."""
    table = network(START, SATELLITES, RADARS)
    satellites = tuple(
        (replace(s, false_looks_per_frame=FALSE_LOOKS_PER_FRAME), e) for s, e in table.satellites
    )
    radars = tuple(
        replace(r, centre="russia", false_looks_per_scan=FALSE_LOOKS_PER_SCAN) for r in table.radars
    )
    return replace(table, satellites=satellites, radars=radars)


@dataclass(frozen=True)
class World:
    """What is overhead, the sensors, and the fixed error of each."""

    truth: Population
    sensors: tuple[Telescope | Radar, ...]
    bias: tuple[np.ndarray, ...]
    domes: tuple[Dome, ...]

    def hour(self, t0: float, rng: np.random.Generator) -> tuple[tuple[Seen, ...], np.ndarray]:
        """The scans of an hour from t0 in order, and which row of the population each path is."""
        paths = paths_overhead(self.truth, t0 - 1.0, t0 + HOUR_S + 1.0, self.domes)
        number = {int(n): i for i, n in enumerate(self.truth.elements.norad)}
        rows = np.array([number[int(p.name.rsplit(" ", 1)[1])] for p in paths], dtype=np.int64)
        seen: list[Seen] = []
        for sensor, bias in zip(self.sensors, self.bias, strict=True):
            seen += sensor.labelled(paths, t0, t0 + HOUR_S - sensor.frame_s, bias, "simulated", rng)
        return tuple(sorted(seen, key=lambda pair: (pair[0].t, pair[0].sensor))), rows


class Owners:
    """Whose the looks of the last minutes are: 0 nobody's, 1 a known object's, 2 an unknown one's."""

    def __init__(self) -> None:
        self._of: dict[tuple[str, float], tuple[np.ndarray, np.ndarray]] = {}

    def saw(self, scan: Scan, whose: np.ndarray) -> None:
        """Write a scan's down, and forget those of long before."""
        self._of = {key: held for key, held in self._of.items() if key[1] > scan.t - KEPT_S}
        self._of[scan.sensor, scan.t] = scan.values[:, 0], whose

    def of(self, tracker: Tracker, founder: int) -> int:
        """Whose most looks of a sensor's own track are."""
        looks, votes = tracker.looks((founder,)), [0, 0, 0]
        for channel, t, value in zip(looks.channel, looks.t, looks.z[:, 0], strict=True):
            values, whose = self._of.get(
                (tracker.channels[channel].name, float(t)), (np.empty(0), np.empty(0))
            )
            for one in whose[values == value]:
                votes[int(one)] += 1
        return int(np.argmax(votes))


def resident_mb() -> float:
    """What the process holds of memory now, MB; NaN where the system does not say."""
    file = File("/proc/self/statm")
    return int(file.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 if file.is_file() else np.nan


def kept(tracker: Tracker) -> dict[str, int]:
    """How many of each thing that might grow there are."""
    tables, picture = tracker._tables, tracker.picture
    known = picture.known
    assert known is not None
    return {
        "systems": len(picture.systems),
        "members": len(picture.members),
        "looks": len(tables.looks),
        "cells": len(tables.chains),
        "leaves": sum(len(s.local.leaves) for s in picture.sensed),
        "coasts": len(tables.coasts._held),
        "solves": len(tables.solves._held),
        "answers": len(tracker._answers),
        "near": len(known.working),
        "suspects": len(known.suspects),
    }


def flat(name: str, unit: str, hours: np.ndarray, values: np.ndarray) -> bool:
    """Print the slope of a straight line through hourly values, with its error; whether it is none."""
    own = hours >= FIRST_HOUR
    if own.sum() < 4:
        print(f"{name}: too few hours to say")
        return True
    (slope, _), cov = np.polyfit(hours[own], values[own], 1, cov=True)
    sigma, mean = float(np.sqrt(cov[0, 0])), float(values[own].mean())
    good = abs(slope) <= SURE * sigma or slope < 0.0
    print(
        f"{name}: {mean:.3g} {unit} in the mean, {slope:+.3g} +- {sigma:.2g} {unit} an hour: "
        f"{'flat' if good else 'GROWS'}"
    )
    return bool(good)


def main() -> int:
    """Hour by hour; then the slopes."""
    hours = int(sys.argv[1]) if len(sys.argv) > 1 else HOURS
    rng, net, t0 = np.random.default_rng(SEED), watching(), tai_from_utc(START)
    truth = draw_population(OBJECTS, t0, rng)
    told = np.sort(rng.choice(OBJECTS, round(OBJECTS * (1.0 - UNKNOWN)), replace=False))
    is_known = np.zeros(OBJECTS, bool)
    is_known[told] = True
    elements = as_catalogued(truth.elements.where(told), ELEMENT_SPREAD, rng)
    s = setup("russia", net, Territories(borders()), elements, truth.rcs_m2[told])
    tracker = Tracker(s.channels, s.frames, s.detection, s.density, s.bank, cells=s.cells, known=s.known)
    sensors = (*(Telescope(k, e) for k, e in net.satellites), *map(Radar, net.radars))
    world = World(truth, sensors, tuple(k.draw_bias(rng) for k in sensors), tuple(map(Dome.over, net.radars)))
    owners, rows = Owners(), []
    for hour in range(hours):
        seen, of = world.hour(t0 + hour * HOUR_S, rng)
        steps, told_now, before = [], Counter[str](), Counter(tracker.counts)
        for scan, labels in seen:
            first = labels.first
            whose = np.where(first < 0, 0, np.where(is_known[of[first]], 1, 2)) if len(of) else 0 * first
            owners.saw(scan, whose)
            start = time.perf_counter()
            tracker.step(scan)
            steps.append(time.perf_counter() - start)
            for event in tracker.settled():
                told_now[event.what] += 1
                if event.what == "begun":
                    whom = owners.of(tracker, event.track)
                    told_now[f"begun: {('false', 'known', 'unknown')[whom]}"] += 1
        p50, p99 = np.percentile(np.array(steps) * 1e3, [50, 99])
        m = tracker.picture.members
        alive = len(np.unique(m.system[m.live]))
        rows.append((hour, resident_mb(), p50, p99))
        print(
            f"hour {hour + 1}: {rows[-1][1]:.0f} MB; a step {p50:.2f} ms, 99 of 100 under {p99:.1f}, longest "
            f"{max(steps) * 1e3:.0f}, all {sum(steps):.1f} s; {alive} system tracks alive"
        )
        print("  told:", ", ".join(f"{k} {n:,}" for k, n in sorted(told_now.items())) or "nothing")
        print("  kept:", ", ".join(f"{k} {n:,}" for k, n in kept(tracker).items()))
        now = tracker.counts - before
        print("  counts:", ", ".join(f"{k} {n:,}" for k, n in now.items() if n) or "none", flush=True)
    table = np.array(rows)
    good = [
        flat("memory", "MB", table[:, 0], table[:, 1]),
        flat("a step, median", "ms", table[:, 0], table[:, 2]),
        flat("a step, 99 of 100", "ms", table[:, 0], table[:, 3]),
    ]
    print("all flat" if all(good) else "NOT all flat")
    return 0 if all(good) else 1


if __name__ == "__main__":
    raise SystemExit(main())
