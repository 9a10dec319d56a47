"""What a picture shows, as plain data; times are seconds after the event's start."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.assessment import Assessment
from tocsin.catalogue import RadarSite

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Flown:
    """One object as it was flown: t_s, lat_deg, lon_deg and height_km, each (n,).

    begin and end: what the ends of its path are called, nothing where an end is only where it is first or
    last followed; thin: one of the companions, drawn as a thin line; name: its class or its own name.
    """

    t_s: Array
    lat_deg: Array
    lon_deg: Array
    height_km: Array
    begin: str = "launch"
    end: str = "impact"
    thin: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Overhead:
    """One satellite at the first look: the point below it, its height, and whether it saw the launch."""

    name: str
    lat_deg: float
    lon_deg: float
    height_km: float
    saw: bool


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """One run as the picture tells it.

    start: TAI s; flights: first the one that the first track is, then the others, then companions;
    known: the assessments of the first track by `russia_alone` and so on, and `together`;
    saw: keys of the radars that saw it; milestones: (t_s, words);
    until: up to when it is told, in words, or nothing; footer: lines of what is assumed; watched_s: for how
    long it was watched, where that was asked for; spots: places to be marked, lat_deg, lon_deg and words.
    """

    title: str
    date: str
    origin: str
    seed: int
    until: str
    start: float
    flights: tuple[Flown, ...]
    radars: tuple[RadarSite, ...]
    saw: frozenset[str]
    satellites: tuple[Overhead, ...]
    known: dict[str, tuple[Assessment, ...]]
    milestones: tuple[tuple[float, str], ...]
    footer: tuple[str, ...]
    watched_s: float = 0.0
    spots: tuple[tuple[float, float, str], ...] = ()

    @property
    def end_s(self) -> float:
        """The end of the last flight, companions apart; where nothing flew, of the watch."""
        return max((float(f.t_s[-1]) for f in self.flights if not f.thin), default=self.watched_s)


def moments(made: tuple[Assessment, ...], factor: float = 0.5, most: int = 7) -> tuple[Assessment, ...]:
    """The assessments at which the 90 % impact region had shrunk by the factor again, and the last.

    A region may grow again where looks disagree: such an assessment is not among them. Of more than `most`
    some are left out, evenly.
    """
    landed = [a for a in made if a.impact is not None and a.event_state != "closed"]
    chosen: list[Assessment] = []
    for a in landed:
        if not chosen or _axis(a) <= factor * _axis(chosen[-1]):
            chosen.append(a)
    if landed and landed[-1] is not chosen[-1] and _axis(landed[-1]) < _axis(chosen[-1]):
        chosen.append(landed[-1])
    keep = np.linspace(0, len(chosen) - 1, most).round().astype(int) if chosen else ()
    return tuple(chosen[k] for k in sorted(set(keep)))


def _axis(a: Assessment) -> float:
    return a.impact.ellipse_90_km.semi_major_km if a.impact is not None else np.inf
