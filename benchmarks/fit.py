"""One track re-solved: 300 looks over 1,500 s with the radar's errors, beside the unscented filter there."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable

import numpy as np

from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.estimate.ballistic import BallisticFit, solve_arc
from tocsin.estimate.looks import Channel, Looks
from tocsin.estimate.problem import problem
from tocsin.motion.ballistic import propagate
from tocsin.motion.forces import STANDARD, ZONAL
from tocsin.study.accuracy.looks import radar_looks
from tocsin.study.accuracy.reference import GRADES
from tocsin.study.filters.run import USED, filtered
from tocsin.study.filters.start import fitted

BURNOUT = np.array([-1350140.475, -3973436.638, 5072099.975, 2265.6147, 2304.5919, 5683.8499])
T_BURNOUT, FIRST, REVISIT, LOOKS = 181.358, 200.0, 5.0, 300
SITE = ecef_from_geodetic(math.radians(68.114), math.radians(33.91), 0.0)
GRADE = GRADES["VHF"]
RADAR = Channel("VHF", False, GRADE.bias, "VHF", (68.1, 33.9))
FAR = np.array([3e3, 2e3, 1e3, 30.0, 20.0, 10.0])  # of a cold start from the truth
ROUNDS, TIMES = 15, 50


def looks(rng: np.random.Generator) -> Looks:
    """One body's looks."""
    t = FIRST + REVISIT * np.arange(LOOKS)
    return radar_looks(0, RADAR, SITE, GRADE, t, propagate(T_BURNOUT, BURNOUT, 0.0, t), rng)


def main() -> None:
    """See that warm and cold agree; then alternate them and the filter round by round and print medians."""
    seen = looks(np.random.default_rng(2026))
    start = propagate(T_BURNOUT, BURNOUT, 0.0, np.array([FIRST]))[0] + FAR
    whole, but_one = problem(seen, (RADAR,)), problem(seen.where(np.arange(LOOKS - 1)), (RADAR,))
    for field, forces in (("J2-J4", ZONAL), ("8 x 8", STANDARD)):
        before = solve_arc(but_one, FIRST, start, 0.0, forces=forces)

        def warm() -> BallisticFit:
            return solve_arc(whole, FIRST, before.state.x, 0.0, before.bias, forces)  # noqa: B023

        def cold() -> BallisticFit:
            return solve_arc(whole, FIRST, start, 0.0, forces=forces)  # noqa: B023

        def unscented() -> object:
            return filtered("unscented", begun, rest, forces)  # noqa: B023

        begun, rest = fitted(seen.where(np.arange(USED)), forces), seen.where(np.arange(USED, LOOKS))
        off = np.abs(warm().state.x - cold().state.x) / np.sqrt(np.diag(cold().state.P))
        print(
            f"{field}: warm in {warm().rounds} rounds, cold in {cold().rounds}, {off.max():.1e} sigma apart"
        )
        jobs: dict[str, Callable[[], object]] = {"warm": warm, "cold": cold, "unscented filter": unscented}
        taken: dict[str, list[float]] = {name: [] for name in jobs}
        for number in range(ROUNDS + 1):
            for name in list(jobs)[:: -1 if number % 2 else 1]:
                begin = time.perf_counter()
                for _ in range(TIMES):
                    jobs[name]()
                if number:
                    taken[name].append((time.perf_counter() - begin) / TIMES)
        for name, times in taken.items():
            print(f"{field}, {name:18}{statistics.median(times) * 1e6:8.0f} us a track")


if __name__ == "__main__":
    main()
