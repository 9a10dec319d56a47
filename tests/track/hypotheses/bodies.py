"""Bodies in free flight over one radar, its looks at them, and the tracks that are made of these."""

import math
from dataclasses import dataclass

import numpy as np

from tests.estimate.scenes import place
from tocsin.earth.frames import enu_from_ecef
from tocsin.motion.ballistic import propagate
from tocsin.sensor.measurement import range_azimuth_elevation
from tocsin.sensor.scan import Scan
from tocsin.track.hypotheses.chain import Chains
from tocsin.track.hypotheses.follow import Local, follow, no_local
from tocsin.track.hypotheses.radar_motion import place as placed
from tocsin.track.hypotheses.watch import Watch
from tocsin.track.local import confirmed
from tocsin.track.score import SequentialTest

LAT, LON = 60.0, 30.0
SITE = place(LAT, LON)
ENU = np.ascontiguousarray(enu_from_ecef(math.radians(LAT), math.radians(LON)))
SIGMA = np.array([30.0, 1e-3, 1e-3])
FRAME_S = 5.0
DENSITY = 1e-6
MIDDLE = np.array([1.5e6, 0.4, 0.5, -1500.0, 3000.0, 1000.0])  # a state as a radar has it


def looks_at(state, scans):
    """A radar's looks (k, 3) without noise at a body of that state at 0, in so many scans."""
    y, u = np.empty(6), np.empty((3, 3))
    placed(np.asarray(state, dtype=float), SITE, ENU, u, y)
    x = propagate(0.0, y, 0.0, FRAME_S * np.arange(scans))
    return range_azimuth_elevation(x[:, :3], x[:, 3:], np.tile(SITE, (scans, 1)))[0]


def scan(k, values, snr=None):
    """The k-th scan, of these looks (n, 3)."""
    n, t = len(values), FRAME_S * k
    return Scan(
        "radar", "radar", "simulated", t, SITE, np.full(n, t), np.reshape(values, (n, 3)),
        np.tile(SIGMA, (n, 1)), np.full(n, 20.0) if snr is None else snr,
    )  # fmt: skip


@dataclass
class Fold:
    """The tracker of one radar's scans."""

    watch: Watch
    local: Local
    chains: Chains
    test: SequentialTest
    rows: int = 0
    names: int = 0

    def step(self, k, values, snr=None):
        self.local = follow(
            self.local, scan(k, values, snr), self.watch, self.test, self.names, self.rows, self.chains
        )
        self.rows += len(values)
        self.names += 2 * len(values)
        return self.sure()

    def sure(self):
        """Each confirmed track with its looks' rows."""
        tracks = confirmed(self.local, 0)
        return {
            int(i): self.chains.rows(int(cell)).tolist()
            for i, cell in zip(tracks.id, tracks.cell, strict=True)
        }


def fold(detection=0.9, density=DENSITY, cell=(0.0, 0.0), **test):
    watch = Watch(True, detection, density, cell)
    return Fold(watch, no_local(watch), Chains(), SequentialTest(**test))
