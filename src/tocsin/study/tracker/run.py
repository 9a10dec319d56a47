"""One run of the whole tracker, and of the same solver that is told which looks are the body's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.vehicle import vehicles
from tocsin.estimate.boost import plume_end
from tocsin.estimate.boost.template import template_of
from tocsin.estimate.gaussian import Gaussian, transported
from tocsin.estimate.looks import Looks
from tocsin.motion.ballistic import propagate
from tocsin.study.accuracy.bank import LIKE
from tocsin.study.accuracy.draw import Draw, compared, nothing
from tocsin.study.accuracy.reference import burnout
from tocsin.study.tracker.limit import boost_limit, limit_at, shares, thinned
from tocsin.study.tracker.world import INV_BETA, Plan, World, drawn, plan
from tocsin.track.boost import Bank
from tocsin.track.due import MISSED_FRAMES
from tocsin.track.solution import Solution
from tocsin.track.solve import solve
from tocsin.track.tracker import Tracker

Array = NDArray[np.float64]

TOLD_S = 15.0  # after burnout, when the boost's state is asked for
RADAR_S = (30.0, 60.0, 120.0, 300.0, 600.0)  # after the first frame in which a radar has the body in view
MOMENTS = ("burnout", *(f"{s:.0f} s of radar" for s in RADAR_S))
UNTIL_S = 1460.0  # when the last radar still has it


@final
@dataclass(frozen=True, slots=True)
class Moment:
    """What is told at one moment of a run.

    phase: of the track of the most looks, "none" without one; tracks: how many there are; whole: it against
    the bound; known: the solver told which looks are the body's, against the same; had: the whole against the
    bound of the looks that were had in this run, each known for what it is; lost: looks of the body that the
    track has not; wrong: looks of others that it has; looks: that the body gave.
    """

    phase: str
    tracks: int
    whole: Draw
    known: Draw
    had: Draw
    lost: int
    wrong: int
    looks: int


@cache
def strange_bank() -> Bank:
    """Every class of missile but that whose engines are near the reference's."""
    kinds = [v for v in vehicles() if v.role == "missile" and v.key != LIKE]
    return Bank(tuple(template_of(v) for v in kinds), INV_BETA, tuple(v.post_boost_m_s for v in kinds))


def moments(detection: float, clutter: float, rng: np.random.Generator) -> tuple[Moment, ...]:
    """One run at its moments, in order of `MOMENTS`."""
    told = plan(clutter)
    world = drawn(told, detection, UNTIL_S, rng)
    due = thinned(world.due, shares(told, detection, world.due))
    boost = boost_limit(told, detection)
    out: list[Moment] = []
    before: Solution | None = None
    for tracker, now in folded(told, world, detection):
        own = world.own.where(world.own.t <= now)
        before = solve(own, told.channels, strange_bank(), _burnout(told, own, detection, now), before)
        members = tracker.members
        looks_of = [sum(m.hits for m in each) for each in members]
        system = int(np.argmax(looks_of)) if members else None
        found = None if system is None else tracker.solution(system)
        if not out:
            t0, x0 = burnout()
            states = [_of_boost(s, t0) for s in (found, before)]
            limits = [boost, boost]
            truth = [propagate(t0, x0, INV_BETA, np.array([s.t]))[0] if s else x0 for s in states]
        else:
            x = propagate(*world.start, INV_BETA, np.array([now]))[0]
            states = [None if s is None else s.state for s in (found, before)]
            limits = [limit_at(told, world, boost, looks, now) for looks in (due, own)]
            truth = [x, x]
        taken = tracker.looks(tuple(m.local for m in members[system])) if system is not None else None
        mine = np.isin(taken.z[:, 0], own.z[:, 0]) if taken is not None else np.zeros(0, bool)
        out.append(
            Moment(
                phase="none" if found is None else found.phase,
                tracks=len(members),
                whole=_against(states[0], truth[0], limits[0]),
                known=_against(states[1], truth[1], limits[0]),
                had=_against(states[0], truth[0], limits[1]),
                lost=len(own) - int(mine.sum()),
                wrong=int((~mine).sum()),
                looks=len(own),
            )
        )
    return tuple(out)


def folded(told: Plan, world: World, detection: float) -> Iterator[tuple[Tracker, float]]:
    """The tracker at each moment, folded once through the run's scans."""
    n = len(told.channels)
    tracker = Tracker(told.channels, told.frames, np.full(n, detection), told.density, strange_bank())
    first = float(world.due.of(told.channels, False).t[0])
    left = [burnout()[0] + TOLD_S, *(first + s + 1e-6 for s in RADAR_S)]
    for scan in world.scans:
        while left and scan.t > left[0]:
            yield tracker, left.pop(0)
        tracker.step(scan)
    for now in left:
        yield tracker, now


def _burnout(told: Plan, own: Looks, detection: float, now: float) -> tuple[float, float] | None:
    """The plume's end as the tracker would have it of these looks."""
    eyes = [c for c, channel in enumerate(told.channels) if channel.telescope and (own.channel == c).any()]
    last = np.array([own.t[own.channel == c].max() for c in eyes])
    return plume_end(last, told.frames[eyes], np.full(len(eyes), detection), now, MISSED_FRAMES)


def _of_boost(found: Solution | None, t0: float) -> Gaussian | None:
    """The boost's state, not before burnout: a fit that ends too early lacks most of its error there."""
    if found is None or found.boost is None or found.boost.state is None:
        return None
    return transported(found.boost.state, max(found.boost.state.t, t0), INV_BETA)


def _against(state: Gaussian | None, x: Array, limit: Gaussian) -> Draw:
    """A state carried to the bound's time, or the bound to the state's where that is of the boost."""
    if state is None:
        return nothing("none")
    if state.t < limit.t - 1e-6 or limit.t > burnout()[0]:
        state = transported(state, limit.t, INV_BETA)
    else:
        limit = transported(limit, state.t, INV_BETA)
    return compared(state, x, limit.P, INV_BETA)
