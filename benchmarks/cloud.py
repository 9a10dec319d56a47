"""Objects released close together: how near each tracker comes to one that is told which look is whose.

Arguments: how many draws of each cloud (1), then which contestants beside the first and the last (all). The
first is ours but for looking back: what that and nothing else is worth shows beside it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import final

import numpy as np
from contest.cloud import RADARS, cloud
from contest.contestant import Contestant, Follow
from contest.metrics import gospa, purity
from contest.multiframe import MultiFrame
from contest.oracle import Oracle
from contest.scene import Scene
from contest.single import Single
from contest.stone import StoneSoup

SEED = 2026
OBJECTS, SPREADS_M = (10, 20), (500.0, 1000.0, 2000.0, 6000.0)
CUTOFF_M = 5e3
SETTLED = 10  # the scan from which figures are taken

SINGLE, ORACLE = "one scan at a time", "told the labels"
CONTESTANTS: dict[str, Callable[[Scene], Contestant]] = {
    SINGLE: lambda scene: Single(scene.known),
    "Tocsin: follow": lambda scene: Follow(scene.known),
    "Stone Soup: GNN": lambda scene: StoneSoup(scene.known, "GNN"),
    "Stone Soup: MFA": lambda scene: MultiFrame(scene.known),
    ORACLE: Oracle,
}


@final
@dataclass(frozen=True, slots=True)
class Figures:
    """Over the settled scans: GOSPA m, wrong count of tracks; over all: purity, CPU s a scan."""

    gospa: float
    count: float
    purity: float
    cpu: float


def judged(scene: Scene, contestant: Contestant) -> Figures:
    """One contestant through a scene."""
    distance, wrong, cpu = [], [], 0.0
    for k, frame in enumerate(scene.frames):
        begun = time.process_time()
        found = contestant.step(frame.scan.t, frame.scan)
        cpu += time.process_time() - begun
        if k >= SETTLED:
            distance.append(gospa(found, frame.truth[:, :3], CUTOFF_M))
            wrong.append(abs(len(found) - scene.count))
    return Figures(
        float(np.mean(distance)),
        float(np.mean(wrong)),
        purity(contestant.claims(), scene),
        cpu / len(scene.frames),
    )


def mean(each: list[Figures]) -> Figures:
    """The mean of several draws."""
    return Figures(*(float(np.mean([getattr(f, name) for f in each])) for name in Figures.__slots__))


def main() -> None:
    """Warm every contestant; then print each cloud's figures as they come."""
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    chosen = [name for name in CONTESTANTS if name in (SINGLE, ORACLE, *(sys.argv[2:] or CONTESTANTS))]
    for name in chosen:
        small = cloud("UHF", 3, 6000.0, SEED)
        judged(Scene(small.known, small.frames[: SETTLED + 2], small.count), CONTESTANTS[name](small))
    for band in RADARS:
        for objects in OBJECTS:
            for spread_m in SPREADS_M:
                scenes = [cloud(band, objects, spread_m, SEED + d) for d in range(draws)]
                looks = np.mean([len(f.scan) for s in scenes for f in s.frames])
                by_name = {n: mean([judged(s, CONTESTANTS[n](s)) for s in scenes]) for n in chosen}
                worst = by_name[SINGLE].gospa
                gap = worst - by_name[ORACLE].gospa
                print(f"{band}, {objects} objects, {spread_m / 1e3:g} km: {looks:.1f} looks a scan")
                for name, f in by_name.items():
                    print(
                        f"    {name:18} GOSPA {f.gospa / 1e3:6.2f} km, closes {(worst - f.gospa) / gap:6.2f}"
                        f"; count off by {f.count:5.2f}, purity {f.purity:.3f}, {f.cpu * 1e3:8.1f} ms a scan",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
