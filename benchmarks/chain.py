"""The whole chain on one event, against real time: flying and looking, two centres, and their replay."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from tocsin.catalogue import event, network_of
from tocsin.centre.joint import run_joint
from tocsin.centre.replay import replay
from tocsin.simulate.world import simulate

EVENT = "hwasong-14-2017-07-04"
ROUNDS = 3


def main() -> None:
    """Medians of three rounds after one that compiles; the ratio is the event's own duration over each."""
    told = event(EVENT)
    network = network_of(told.network, told.start_utc)
    times: dict[str, list[float]] = {"simulate": [], "two centres, with journals": [], "replay": []}
    lasted = 0.0
    for number in range(ROUNDS + 1):
        with tempfile.TemporaryDirectory() as folder:
            marks = [time.perf_counter()]
            world = simulate(told, network, number)
            marks.append(time.perf_counter())
            run_joint(network, world.scans, Path(folder))
            marks.append(time.perf_counter())
            assert replay(network, Path(folder)).identical
            marks.append(time.perf_counter())
        lasted = world.scans[-1].t - told.start_t_tai
        if number > 0:
            for name, begin, end in zip(times, marks, marks[1:], strict=False):
                times[name].append(end - begin)
    scans, radars = len(world.scans), len(network.radars)
    print(f"{EVENT}: {lasted:,.0f} s, {scans:,} scans of {radars} radars and 2 satellites")
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name:30}{median:7.2f} s {lasted / median:8.0f} times real time")


if __name__ == "__main__":
    main()
