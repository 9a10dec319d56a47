"""A raid of 1,000 objects for half an hour, looked at by the whole joint network."""

from __future__ import annotations

import time

import numpy as np

from tocsin.catalogue import network
from tocsin.earth.time import tai_from_utc
from tocsin.motion.ballistic import propagate_many
from tocsin.motion.path import Path
from tocsin.sensor.radar import Radar
from tocsin.simulate.world import sensors

# Burnout of the reference flight of an 8,220 km arc: metres and metres a second, Earth-fixed.
BURNOUT = np.array([-1350140.475, -3973436.638, 5072099.975, 2265.6147, 2304.5919, 5683.8499])
OBJECTS, SECONDS, BURNS = 1000, 1800.0, 180.0
ROUNDS = 3


def raid(t0: float) -> tuple[Path, ...]:
    """Objects around one arc, a tenth of which shine as upper stages do for their first three minutes."""
    rng = np.random.default_rng(2026)
    start = np.tile(BURNOUT, (OBJECTS, 1))
    start[:, :3] += rng.normal(0.0, 20e3, (OBJECTS, 3))
    start[:, 3:] *= 1.0 + rng.normal(0.0, 0.01, (OBJECTS, 1))
    t = t0 + np.arange(0.0, SECONDS + 1.0)
    x = propagate_many(t0, start, 0.0, t)
    shine = np.where(t < t0 + BURNS, 1e5, 0.0)
    return tuple(
        Path(f"object {i}", t, x[i, :, :3], x[i, :, 3:], shine * (i % 10 == 0), 0.5) for i in range(OBJECTS)
    )


def main() -> None:
    """Time each kind of sensor over the whole raid, and one radar's scan."""
    t0 = tai_from_utc("2025-07-15T12:00:00Z")
    paths = raid(t0)
    watching = sensors(network("2025-07-15"))
    for round_ in range(ROUNDS + 1):
        begun, by_kind = time.perf_counter(), {True: 0.0, False: 0.0}
        most, looks, shed = (0.0, "", 0), 0, 0
        for sensor in watching:
            rng = np.random.default_rng(1)
            start = time.perf_counter()
            scans = sensor.scans(paths, t0, t0 + SECONDS, sensor.draw_bias(rng), "simulated", rng)
            took = time.perf_counter() - start
            by_kind[isinstance(sensor, Radar)] += took
            looks += sum(len(s) for s in scans)
            shed += sum(s.shed for s in scans)
            if isinstance(sensor, Radar):
                busy = sum(len(s) > 100 for s in scans)
                if busy > most[2]:
                    most = (took / len(scans) * 1e3, sensor.key, busy)
        if round_:
            print(
                f"{len(watching)} sensors: {time.perf_counter() - begun:.1f} s, radars {by_kind[True]:.1f}; "
                f"{looks:,} looks, {shed:,} shed; {most[1]}: {most[0]:.2f} ms a scan"
            )


if __name__ == "__main__":
    main()
