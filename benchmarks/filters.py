"""What a look costs the filters that the fit is compared with: a VHF radar's 170 looks of one body, warm."""

from __future__ import annotations

import math
import statistics
import time

import numpy as np

from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.estimate.looks import Channel, Looks
from tocsin.motion.ballistic import propagate
from tocsin.motion.forces import GATING, STANDARD
from tocsin.study.accuracy.looks import radar_looks
from tocsin.study.accuracy.reference import GRADES
from tocsin.study.filters.run import NAMES, USED, filtered, run_filter
from tocsin.study.filters.start import fitted

BURNOUT = np.array([-1350140.475, -3973436.638, 5072099.975, 2265.6147, 2304.5919, 5683.8499])
T_BURNOUT, FIRST, REVISIT, LOOKS = 181.358, 818.0, 4.0, 170
SITE = ecef_from_geodetic(math.radians(68.114), math.radians(33.91), 0.0)
GRADE = GRADES["VHF"]
RADAR = Channel("VHF", False, (), "VHF", (68.1, 33.9))  # without fixed errors
ROUNDS, TIMES = 15, 20
NEAR = 1.0  # of a standard deviation, between filters at the end


def looks(rng: np.random.Generator) -> Looks:
    """One body's looks."""
    t = FIRST + REVISIT * np.arange(LOOKS)
    return radar_looks(0, RADAR, SITE, GRADE, t, propagate(T_BURNOUT, BURNOUT, 0.0, t), rng)


def main() -> None:
    """See that all filters end together; then alternate them round by round and print medians a look."""
    seen = looks(np.random.default_rng(2026))
    for field, forces in (("8 x 8", STANDARD), ("J2", GATING)):
        begun = fitted(seen.where(np.arange(USED)), forces)
        rest = seen.where(np.arange(USED, LOOKS))
        ends = {name: run_filter(name, seen, forces=forces) for name in NAMES}
        one = ends["unscented"]
        for name, other in ends.items():
            off = np.abs(other.x[-1] - one.x[-1]) / np.sqrt(np.diag(one.P[-1]))
            print(f"{field}, {name}: ends {off.max():.2f} sigma from the unscented filter")
        assert np.all(np.abs(ends["iterated"].x[-1] - one.x[-1]) < NEAR * np.sqrt(np.diag(one.P[-1])))
        taken: dict[str, list[float]] = {name: [] for name in NAMES}
        for number in range(ROUNDS + 1):
            for name in NAMES[:: -1 if number % 2 else 1]:
                start = time.perf_counter()
                for _ in range(TIMES):
                    filtered(name, begun, rest, forces)
                if number:
                    taken[name].append((time.perf_counter() - start) / TIMES / len(rest))
        for name in NAMES:
            median = statistics.median(taken[name])
            print(
                f"{field}, {name:18}{median * 1e6:8.2f} us a look, {median * len(rest) * 1e3:7.2f} ms a track"
            )


if __name__ == "__main__":
    main()
