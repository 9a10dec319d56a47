"""What a tracker is made with: its sensors' figures, what may fly, and its own rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.assumed import assumed, check_assumed
from tocsin.estimate.looks import Channel
from tocsin.track.boost import Bank
from tocsin.track.hypotheses.watch import Watch
from tocsin.track.score import SequentialTest

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]


@final
@dataclass(frozen=True, slots=True)
class Rules:
    """How late a scan may come, when a sensor is dead, how much is done in one step, what is forgotten."""

    lateness_s: float = assumed(10.0, 0.0, 120.0, "s", "age at which what a scan told is settled", zero=True)
    ahead_s: float = assumed(60.0, 10.0, 600.0, "s", "jump in time that one scan alone is not believed")
    silent_frames: float = assumed(5.0, 2.0, 20.0, "", "frames without a scan after which a sensor is dead")
    most_looks: float = assumed(4000.0, 500.0, 1e5, "", "looks of a scan that are followed, strongest first")
    tried: float = assumed(2.0, 1.0, 10.0, "", "times so many are tried as known objects' before")
    solves: float = assumed(2.0, 1.0, 100.0, "", "system tracks solved anew with one scan, at most")
    undecided_s: float = assumed(60.0, 10.0, 120.0, "s", "a sensor's own track may wait to be judged")

    forgotten_s: float = assumed(10800.0, 3600.0, 86400.0, "s", "since a track's last look, then it is gone")

    def __post_init__(self) -> None:
        check_assumed(self)


@final
@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """channels (c,); frames (c,): seconds between scans; detection (c,); watches (c,); bank; test; rules."""

    channels: tuple[Channel, ...]
    frames: Array
    detection: Array
    watches: tuple[Watch, ...]
    bank: Bank
    test: SequentialTest
    rules: Rules
    telescope: Bools = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "telescope", np.array([c.telescope for c in self.channels], dtype=bool))
