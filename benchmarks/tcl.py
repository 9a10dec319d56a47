"""Two objects 50 m apart in range, after the TrackerComponentLibrary's ballistic demo: who mixes them up.

Argument: how many draws (20).
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
from contest.begun import FIRST, Begun, BegunFollow, BegunStoneSoup
from contest.scene import Array, Known, Scene
from contest.two import LOOKS, SITE, two

from tocsin.earth.frames import range_az_el
from tocsin.sensor.scan import Scan

LOST_M = 20e3  # an error at the end beyond any that looks leave

CONTESTANTS: dict[str, Callable[[Known, Scan, Scan], Begun]] = {
    "Tocsin: follow": BegunFollow,
    "Stone Soup: GNN": BegunStoneSoup,
}


def judged(scene: Scene, make: Callable[[Known, Scan, Scan], Begun]) -> tuple[Array, Array, float, float]:
    """Errors (k, 2, 3) and in range (k, 2) m; the shares of looks that are own and that are the other's."""
    contestant = make(scene.known, *(f.scan for f in scene.frames[:FIRST]))
    known, off, off_range = scene.known, [], []
    for frame in scene.frames[FIRST:]:
        found, true = contestant.step(frame.scan.t, frame.scan), frame.truth[:, :3]
        off.append(found - true)
        seen = (range_az_el(r, known.r_site, known.lat, known.lon)[:, 0] for r in (found, true))
        off_range.append(np.subtract(*seen))
    inside = [
        (own, scene.frames[k].bodies[row]) for own, each in enumerate(contestant.claims()) for k, row in each
    ]
    right = np.mean([own in bodies for own, bodies in inside])
    other = np.mean([1 - own in bodies for own, bodies in inside])
    return np.array(off), np.array(off_range), float(right), float(other)


def rms(a: Array) -> float:
    """Root of the mean square."""
    return float(np.sqrt(np.mean(np.square(a))))


def ends(off: Array) -> Array:
    """RMSE (d,) m over the last ten scans of each draw, of errors (d, k, 2, 3)."""
    return np.sqrt(np.mean(np.sum(off[:, -10:] ** 2, axis=-1), axis=(1, 2)))


def main() -> None:
    """Print what each contestant makes of the same draws."""
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    scenes = [two(seed) for seed in range(draws)]
    lasts = scenes[0].frames[-1].scan.t - scenes[0].frames[0].scan.t
    looks = np.mean([len(f.scan) for s in scenes for f in s.frames[FIRST:]])
    print(f"{LOOKS} scans in {lasts:.0f} s from {SITE}; {looks:.2f} looks a scan, {draws} draws")
    for name, make in CONTESTANTS.items():
        each = [judged(scene, make) for scene in scenes]
        off = np.array([e[0] for e in each])
        own, other, last = np.array([e[2] for e in each]), np.array([e[3] for e in each]), ends(off)
        whole = np.median([rms(np.linalg.norm(e[0], axis=-1)) for e in each])
        in_range = np.median([rms(e[1]) for e in each])
        print(
            f"{name:16} RMSE of the median draw {whole:8.0f} m, at the end {np.median(last):8.0f} m, "
            f"in range {in_range:6.1f} m; draws lost {np.mean(last > LOST_M):.2f}; "
            f"own looks {own.mean():.3f}, the other's {other.mean():.3f}, "
            f"draws with over 0.9 own {np.mean(own > 0.9):.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
