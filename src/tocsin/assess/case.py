"""A track put before the assessment: what its centre knows of it beside its solution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import final

from tocsin.assess.assessment import Assessment, Evidence, Picture
from tocsin.assess.evidence.absence import Watching
from tocsin.assess.evidence.stereo import Climb
from tocsin.assess.ladder.grounds import Grounds
from tocsin.catalogue import Network
from tocsin.track.solution import Solution

NO_TIMES: dict[str, float | None] = dict.fromkeys(
    ("first_satellite_t", "stereo_t", "burnout_t", "first_radar_t")
)


@final
@dataclass(frozen=True, slots=True)
class Duty:
    """The centre's own sensors and when each of them has watched."""

    network: Network
    watching: Mapping[str, Watching]


@final
@dataclass(frozen=True, slots=True)
class Case:
    """One track of one picture at `now`, TAI s.

    milestones: first_satellite_t, stereo_t, burnout_t and first_radar_t as far as known; before: the last
    assessment of it; place: (lat, lon) rad over which a plume was seen, where nothing better is known; climb:
    of what several telescopes see together; duty: None where nobody's silence counts; busy: channels that
    saw something else meanwhile; objects: at the least.
    """

    track: str
    picture: Picture
    now: float
    solution: Solution
    grounds: Grounds
    evidence: tuple[Evidence, ...] = ()
    milestones: dict[str, float | None] = field(default_factory=lambda: dict(NO_TIMES))
    before: Assessment | None = None
    place: tuple[float, float] | None = None
    climb: Climb | None = None
    duty: Duty | None = None
    busy: frozenset[str] = frozenset()
    objects: int = 1

    @property
    def heard(self) -> frozenset[str]:
        """The channels whose silence says nothing: they see it, or something that may yet be it."""
        return self.busy | {e.channel for e in self.evidence}

    @property
    def first_t(self) -> float:
        """The first look of any channel; now, where there is none."""
        return min((e.first_t for e in self.evidence), default=self.now)

    @property
    def last_t(self) -> float:
        """The last look of any channel; now, where there is none."""
        return max((e.last_t for e in self.evidence), default=self.now)
