"""An ascent read off a webcast: time, speed and height from lift-off on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.errors import TocsinError
from tocsin.interchange.launch_events import LaunchEvents, read_launch_events
from tocsin.interchange.telemetry_rows import Row, csv_rows, json_rows

Array = NDArray[np.float64]

LONGEST_GAP_S = 10.0
FEWEST = 10
GROUND_M = 5e3  # higher than any launch site, and than what climbs for LONGEST_GAP_S
LEAST_CLIMB_M = 1e3
LEAST_S = 20.0


@final
@dataclass(frozen=True, slots=True, eq=False)
class Telemetry:
    """Time after lift-off t (n,) s, Earth-relative speed (n,) m/s, height (n,) m; and what is told of it."""

    file: Path
    t: Array
    speed: Array
    height: Array
    events: LaunchEvents

    @property
    def name(self) -> str:
        """The file's name without its endings."""
        return _bare(self.file)


def read_telemetry(file: Path) -> Telemetry:
    """The table of a JSON file (time s, velocity m/s, altitude km) or CSV (time_s, speed_m_s, height_km).

    NAME.events.json beside NAME.json, NAME.analysed.json or NAME.csv may tell what the engines did. Raises
    TocsinError, as `path: where: what, what to do`, for what is no such table, and for what is no ascent: one
    that begins more than 10 s after lift-off or off the ground, has a gap of more than 10 s, tells of less
    than 20 s, or never climbs by 1 km.
    """
    rows = json_rows(file) if file.suffix.lower() == ".json" else csv_rows(file)
    if len(rows) < FEWEST:
        raise TocsinError(f"{file}: {len(rows)} samples are no ascent; give at least {FEWEST}")
    _refuse_gaps(rows)
    t, speed, height = np.array([row[1:] for row in rows]).T
    if t[0] > LONGEST_GAP_S or height[0] > GROUND_M:
        raise TocsinError(
            f"{rows[0][0]}: begins {t[0]:g} s after lift-off at {height[0] / 1e3:g} km; an ascent is "
            f"given from the ground on, from {LONGEST_GAP_S:g} s at the latest"
        )
    if t[-1] - t[0] < LEAST_S:
        raise TocsinError(
            f"{file}: tells of {t[-1] - t[0]:g} s only; give {LEAST_S:g} s or more of an ascent"
        )
    if height.max() < height[0] + LEAST_CLIMB_M or not speed.any():
        raise TocsinError(f"{file}: never climbs by {LEAST_CLIMB_M:g} m; give an ascent, its height in km")
    beside = file.with_name(f"{_bare(file)}.events.json")
    return Telemetry(file, t, speed, height, read_launch_events(beside))


def _bare(file: Path) -> str:
    return file.stem.removesuffix(".analysed")


def _refuse_gaps(rows: list[Row]) -> None:
    for (_, before, *_), (where, now, *_) in pairwise(rows):
        if now <= before:
            raise TocsinError(
                f"{where}: the time {now:g} s does not come after {before:g} s; "
                "put the samples in order of time, each once"
            )
        if now - before > LONGEST_GAP_S:
            raise TocsinError(
                f"{where}: a gap of {now - before:g} s before it; "
                f"give a sample every {LONGEST_GAP_S:g} s or oftener"
            )
