"""Where tracks come from, where they are and where they come down: all of a picture's arcs at once."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tocsin.assess.assessment import DragEstimate, Place, Sample, StateEstimate
from tocsin.assess.buses import bus_ahead
from tocsin.assess.case import Case
from tocsin.assess.launch import launch_by_templates, launches_by_arc
from tocsin.assess.region import place, places
from tocsin.assess.territory import Territories
from tocsin.assess.trajectory import (
    apogee_sigma,
    speed_and_height,
    speeds_and_heights,
    trajectories,
    trajectory,
)
from tocsin.estimate.body import Body
from tocsin.estimate.falls import Falls, predict_falls
from tocsin.estimate.footprint import footprint
from tocsin.estimate.predict import orbit_share

Array = NDArray[np.float64]
Launched = tuple[Place | None, tuple[float, float] | None]


class Whereabouts(Struct, frozen=True, gc=False):
    """Of one track; None of what is not known, as while its engine burns.

    body: as solved; learnt: that looks told its drag; bus (14,): by class the chance that a bus pushes it
    yet (`bus_ahead`); heading: with its sigma, deg; reach: that the impact
    region is what it may reach, not a distribution; territory and protected: P by territory and by protected
    area; places (k, 2): of the region, lat, lon rad, rows of NaN among them; height in km.
    """

    body: Body | None
    launch: Place | None
    heading: tuple[float, float] | None
    impact: Place | None = None
    reach: bool = False
    landed: float = 0.0
    orbit: float = 0.0
    territory: dict[str, float] | None = None
    protected: dict[str, float] | None = None
    places: Array | None = None
    learnt: bool = False
    bus: Array | None = None
    apogee_km: float | None = None
    apogee_sigma_km: float | None = None
    speed_m_s: float | None = None
    height_km: float | None = None
    state: StateEstimate | None = None
    drag: DragEstimate | None = None
    trajectory: tuple[Sample, ...] = ()


def whereabouts(cases: Sequence[Case], territories: Territories, inv_beta: float) -> list[Whereabouts]:
    """The whereabouts of each case, those on a ballistic arc in one batch; inv_beta: of bodies not learnt."""
    held = [case.solution.body(inv_beta) for case in cases]
    launched = _launches(cases, inv_beta)
    out: list[Whereabouts | None] = [None] * len(cases)
    flying: list[tuple[int, Body]] = []
    for i, (case, body) in enumerate(zip(cases, held, strict=True)):
        if body is not None and case.solution.phase == "ballistic":
            flying.append((i, body))
        elif body is not None and case.solution.phase == "manoeuvring":
            out[i] = _manoeuvring(case, body, launched[i], territories)
        else:
            out[i] = _not_free(case, body, launched[i])
    if flying:
        rows, bodies = [i for i, _ in flying], [body for _, body in flying]
        for i, made in zip(rows, _on_arcs(cases, rows, bodies, launched, territories), strict=True):
            out[i] = made
    return [made for made in out if made is not None]


def _launches(cases: Sequence[Case], inv_beta: float) -> list[Launched]:
    """From the templates if there are infrared looks, else back along the arc."""
    out: list[Launched] = [(None, None)] * len(cases)
    arcs = []
    for i, case in enumerate(cases):
        solution = case.solution
        if solution.boost is not None and solution.boost.best is not None:
            out[i] = launch_by_templates(solution.boost)
        elif solution.phase == "ballistic" and solution.state is not None:
            arcs.append((i, solution.state))
    if arcs:
        found = launches_by_arc([state for _, state in arcs], np.full(len(arcs), inv_beta))
        for (i, _), one in zip(arcs, found, strict=True):
            out[i] = one
    return out


def _on_arcs(
    cases: Sequence[Case],
    rows: list[int],
    bodies: list[Body],
    launched: list[Launched],
    territories: Territories,
) -> list[Whereabouts]:
    """Of bodies on ballistic arcs: each flown once, to now, to the last radar look and to the ground."""
    now = np.array([cases[i].now for i in rows])
    told = np.array([max(_last_radar_t(cases[i]), b.t) for i, b in zip(rows, bodies, strict=True)])
    falls = predict_falls(bodies, np.column_stack([now, told]))
    names = [area.name for area in territories.settings.protected]
    owned, on_areas = territories.told(falls.samples, falls.landed, falls.orbit)
    known = np.flatnonzero(falls.known)
    sigma, P = falls.sigma_t[known], falls.P[known]
    found = places(falls.lat[known], falls.lon[known], falls.t[known], sigma, P)
    impacts = dict(zip(known.tolist(), found, strict=True))
    landed, orbit, on = (v.tolist() for v in (falls.landed, falls.orbit, on_areas))
    apogee, apogee_sigma = ((v / 1e3).tolist() for v in (falls.apogee_m, falls.apogee_sigma_m))
    speeds, samples = speeds_and_heights(falls.asked_x[:, 0]), trajectories(falls, bodies)
    states = _estimates(bodies, falls, told)
    out = []
    for k, (i, body) in enumerate(zip(rows, bodies, strict=True)):
        (launch, heading), (speed, height) = launched[i], speeds[k]
        if k in impacts:
            where = Whereabouts(
                body=body,
                launch=launch,
                heading=heading,
                impact=impacts[k],
                landed=landed[k],
                orbit=orbit[k],
                territory=owned[k],
                protected=dict(zip(names, on[k], strict=True)),
                places=falls.samples[k],
                learnt=cases[i].solution.learnt is not None,
                bus=bus_ahead(cases[i], launch),
                apogee_km=_known(apogee[k]),
                apogee_sigma_km=_known(apogee_sigma[k]),
                speed_m_s=speed,
                height_km=height,
                state=states[k][0],
                drag=states[k][1],
                trajectory=samples[k],
            )
        else:
            where = Whereabouts(
                body=body,
                launch=launch,
                heading=heading,
                orbit=orbit[k],
                territory=_up(orbit[k]),
                # Of what is no number nothing is known, protected ground least of all.
                protected=dict.fromkeys(names, 0.0) if np.isfinite(body.P).all() else None,
                learnt=cases[i].solution.learnt is not None,
                speed_m_s=speed,
                height_km=height,
                state=states[k][0],
                drag=states[k][1],
            )
        out.append(where)
    return out


def _manoeuvring(case: Case, body: Body, launched: Launched, territories: Territories) -> Whereabouts:
    """Of a body on no arc: what it may yet reach."""
    region = footprint(body.state, body.inv_beta)
    speed, height = speed_and_height(body, case.now, True)
    names = [area.name for area in territories.settings.protected]
    if region is None:
        orbit = orbit_share(body)
        return Whereabouts(
            body, *launched, orbit=orbit, territory=_up(orbit), protected=dict.fromkeys(names, 0.0),
            speed_m_s=speed, height_km=height, state=_state(body),
        )  # fmt: skip
    shares = np.array([region.landed]), np.array([region.orbit])
    owned, on_areas = territories.told(region.samples[None], *shares)
    return Whereabouts(
        body,
        *launched,
        impact=place(region.lat, region.lon, region.t, region.sigma_t, region.P),
        reach=True,
        landed=region.landed,
        orbit=region.orbit,
        territory=owned[0],
        protected=dict(zip(names, on_areas[0].tolist(), strict=True)),
        places=region.samples,
        apogee_km=region.apogee_m / 1e3,
        apogee_sigma_km=apogee_sigma(body, region.t_apogee),
        speed_m_s=speed,
        height_km=height,
        state=_state(body),
        trajectory=trajectory(body, region.t),
    )


def _not_free(case: Case, body: Body | None, launched: Launched) -> Whereabouts:
    """While it burns, or is not known to do otherwise."""
    speed, height = speed_and_height(body, case.now, False)
    state = None if body is None else _state(body)
    return Whereabouts(body, *launched, speed_m_s=speed, height_km=height, state=state)


def _last_radar_t(case: Case) -> float:
    """The last look of an own radar, where the state is known best; -inf without one."""
    radar = (e.last_t for e in case.evidence if e.phenomenology == "radar" and e.by is None)
    return max(radar, default=-np.inf)


def _estimates(bodies: Sequence[Body], falls: Falls, told: Array) -> list[tuple[StateEstimate, DragEstimate]]:
    """States at the times told (n,), the second that were asked for; as solved where that is not later."""
    t, x, P = np.array([b.t for b in bodies]), falls.asked_x[:, 1], falls.asked_P[:, 1]
    later = (told > t) & np.isfinite(x).all(axis=1) & np.isfinite(P).all(axis=(1, 2))
    t = np.where(later, told, t)
    x = np.where(later[:, None], x, [b.x for b in bodies])
    P = np.where(later[:, None, None], P, np.array([b.P for b in bodies]))
    rows = zip(t.tolist(), x.tolist(), P[:, :6, :6].reshape(len(t), -1).tolist(), strict=True)
    states = [StateEstimate(t=when, x=tuple(state), P=tuple(spread)) for when, state, spread in rows]
    drags = [
        DragEstimate(inv_beta=b.inv_beta, P=tuple(row))
        for b, row in zip(bodies, P[:, 6].tolist(), strict=True)
    ]
    return list(zip(states, drags, strict=True))


def body_told(state: StateEstimate, drag: DragEstimate) -> Body:
    """The body of which an event tells state and drag."""
    P = np.zeros((7, 7))
    P[:6, :6] = np.array(state.P).reshape(6, 6)
    P[6] = P[:, 6] = drag.P
    return Body(state.t, np.array(state.x), P, drag.inv_beta)


def _state(body: Body) -> StateEstimate:
    return StateEstimate(t=body.t, x=tuple(body.x.tolist()), P=tuple(body.P[:6, :6].ravel().tolist()))


def _up(orbit: float) -> dict[str, float]:
    return {"orbit": orbit, "none": 1.0 - orbit}


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
