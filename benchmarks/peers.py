"""A raid of 100 and 1,000 objects: Stone Soup with three associators, and Tocsin, on the same looks."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import final

import numpy as np
from contest.contestant import Contestant, Follow
from contest.metrics import gospa, purity
from contest.raid import FRAMES, raid
from contest.scene import Known, Labelled, Scene
from contest.stone import StoneSoup

SEED = 2026
CUTOFF_M = 20e3
SETTLED = 10  # the scan from which figures are taken
WHOLE_MOST = 100  # objects up to which plain assignment runs every scan
HANDED, MEASURED = (
    14,
    2,
)  # above that: the scan at which it is handed the tracks, and how many scans it then runs

OURS = "Tocsin: follow"
KD, TPR, PLAIN = "Stone Soup: KD tree, GNN", "Stone Soup: TPR tree, NN", "Stone Soup: GNN"
CONTESTANTS: dict[str, Callable[[Known], Contestant]] = {
    OURS: Follow,
    KD: lambda known: StoneSoup(known, "KD tree, GNN"),
    TPR: lambda known: StoneSoup(known, "TPR tree, NN"),
    PLAIN: lambda known: StoneSoup(known, "GNN"),
}


@final
@dataclass(slots=True)
class Run:
    """One contestant on its way: CPU seconds, confirmed tracks and GOSPA m of each scan that it ran."""

    contestant: Contestant
    cpu: dict[int, float] = field(default_factory=dict)
    tracks: dict[int, int] = field(default_factory=dict)
    gospa: dict[int, float] = field(default_factory=dict)

    def step(self, k: int, frame: Labelled) -> None:
        """Run one scan, timed, and judge it, not timed; what others left to be collected is not its own."""
        gc.collect()
        begun = time.process_time()
        found = self.contestant.step(frame.scan.t, frame.scan)
        self.cpu[k] = time.process_time() - begun
        self.tracks[k] = len(found)
        self.gospa[k] = gospa(found, frame.truth[:, :3], CUTOFF_M)


def run(scene: Scene, names: tuple[str, ...]) -> dict[str, Run]:
    """All contestants through the scene, scan by scan, the order reversed every scan."""
    runs = {name: Run(CONTESTANTS[name](scene.known)) for name in names}
    whole = scene.count <= WHOLE_MOST
    for k, frame in enumerate(scene.frames):
        if not whole and k == HANDED and PLAIN in runs:
            plain, kd = runs[PLAIN].contestant, runs[KD].contestant
            assert isinstance(plain, StoneSoup)
            assert isinstance(kd, StoneSoup)
            plain.take_over(kd)
        for name in names[:: -1 if k % 2 else 1]:
            if whole or name != PLAIN or HANDED <= k < HANDED + MEASURED:
                runs[name].step(k, frame)
    return runs


def told(scene: Scene, runs: dict[str, Run]) -> None:
    """Print what each did once the tracks had settled."""
    ours = statistics.median(list(runs[OURS].cpu.values())[SETTLED:])
    for name, one in runs.items():
        settled = [k for k in one.cpu if k >= SETTLED]
        cpu = statistics.median(one.cpu[k] for k in settled)
        print(
            f"{scene.count:5} objects, {name:26}{cpu * 1e3:12.2f} ms a scan, {cpu / ours:9.0f} times ours; "
            f"tracks {one.tracks[settled[-1]]:5}, "
            f"GOSPA {np.mean([one.gospa[k] for k in settled]) / 1e3:7.1f} km, "
            f"at the end {one.gospa[settled[-1]] / 1e3:7.1f} km, "
            f"purity {purity(one.contestant.claims(), scene):.4f}, {len(settled)} scans",
            flush=True,
        )


def main() -> None:
    """See that the metric is Stone Soup's own; warm every contestant; then run both raids."""
    rng = np.random.default_rng(SEED)
    a, b = rng.normal(0.0, 20e3, (30, 3)), rng.normal(0.0, 20e3, (25, 3))
    assert abs(gospa(a, b, CUTOFF_M) - gospa(a, b, CUTOFF_M, plain=True)) < 1e-6
    run(raid(8, SEED), tuple(CONTESTANTS))
    for objects in (100, 1000):
        scene = raid(objects, SEED)
        assert len(scene.frames) == FRAMES
        told(scene, run(scene, tuple(CONTESTANTS)))


if __name__ == "__main__":
    main()
