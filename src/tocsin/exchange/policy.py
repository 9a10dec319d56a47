"""The release policy: which tracks are told to whom, when, and how exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from msgspec import structs

from tocsin.assess.assessment import EventState, Place, StateEstimate
from tocsin.assess.ladder.event import ORDER
from tocsin.exchange.coarsen import coarse_place, coarse_state
from tocsin.exchange.report import WITHHELD, TrackReport, radar_place

Releasable = Literal[
    "state",
    "model",
    "launch",
    "heading_deg",
    "classes",
    "infrared",
    "radars",
    "first_satellite_t",
    "stereo_t",
    "burnout_t",
    "first_radar_t",
    "objects",
    "evidence",
]
FIELDS: tuple[Releasable, ...] = get_args(Releasable)
FROM_STATES: tuple[EventState, ...] = ("notice", "probable", "confirmed (degraded)", "confirmed")
_EMPTY = {"model": WITHHELD, "classes": {}, "infrared": 0, "radars": (), "objects": 1, "evidence": ()}


@dataclass(frozen=True, slots=True)
class ReleasePolicy:
    """What `centre` tells `to`: tracks from `from_state` on, `delay_s` late, and of a report only `fields`.

    Every other field of a report but who, which track, when, both states, boosting and what closed the event
    is withheld. Positions
    are rounded to `position_step_m`; the state's covariance and the launch region are at least the floors.
    """

    centre: str
    to: str
    from_state: EventState
    delay_s: float
    fields: tuple[Releasable, ...]
    withhold_radar_names: bool
    position_step_m: float
    position_floor_m: float
    velocity_floor_m_s: float


def release(report: TrackReport, policy: ReleasePolicy) -> TrackReport | None:
    """What of a report may leave, from its new issued_t on; None where nothing may.

    A closed track is told whatever state it had reached: a cancellation travels as far as the warning did.
    ValueError where the report is not of the policy's centre.
    """
    if report.centre != policy.centre:
        raise ValueError(f"a report of {report.centre!r} under the policy of {policy.centre!r}")
    if ORDER.index(report.event_state) < ORDER.index(policy.from_state):
        return None
    withheld = {name: _EMPTY.get(name) for name in FIELDS if name not in policy.fields}
    out = structs.replace(report, issued_t=report.issued_t + policy.delay_s, **withheld)
    return structs.replace(
        out,
        state=_state(out.state, policy),
        launch=_launch(out.launch, policy),
        radars=_nameless(out.radars) if policy.withhold_radar_names else out.radars,
    )


def _state(state: StateEstimate | None, policy: ReleasePolicy) -> StateEstimate | None:
    if state is None:
        return None
    return coarse_state(state, policy.position_step_m, policy.position_floor_m, policy.velocity_floor_m_s)


def _launch(place: Place | None, policy: ReleasePolicy) -> Place | None:
    return None if place is None else coarse_place(place, policy.position_step_m, policy.position_floor_m)


def _nameless(radars: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The bands alone, one for each site: without names two arrays of one site would pass for two sites."""
    sites: dict[object, str] = {}
    for key, band in radars:
        sites.setdefault(radar_place(key) or key, band)
    return tuple((WITHHELD, band) for band in sorted(sites.values()))
