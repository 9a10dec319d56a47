"""A run made by hand: a lofted flight seen by both centres, with no sensor, fit or flight behind it."""

import math
from dataclasses import dataclass

import numpy as np

from tocsin.assess.assessment import Assessment, Ellipse, Evidence, Picture, Place, Sample
from tocsin.catalogue import Event, Network, event, network_of
from tocsin.centre.event import CentreEvent
from tocsin.cli.truth import Truth

APOGEE_KM, FLIGHT_S, BURNOUT_S = 2802.0, 2263.0, 291.0
LAUNCH, IMPACT = (39.87, 125.27), (40.2, 136.2)
# For each picture: first satellite look, first radar look, confirmed, and the 90 % axis at 600 s, km.
SEEN: dict[tuple[str, Picture], tuple[float | None, float | None, float | None, float]] = {
    ("russia", "alone"): (45.0, 620.0, 640.0, 400.0),
    ("russia", "joint"): (45.0, 180.0, 190.0, 30.0),
    ("china", "alone"): (None, 180.0, None, 60.0),
    ("china", "joint"): (45.0, 180.0, 192.0, 31.0),
}


@dataclass(frozen=True, slots=True)
class FakeRun:
    """What a run gives to the faces."""

    event: Event
    network: Network
    truths: tuple[Truth, ...]
    events: tuple[CentreEvent, ...]


def fake_run(key: str = "hwasong-14-2017-07-04") -> FakeRun:
    """The faked run, on a built-in event's date and network."""
    chosen = event(key)
    start = chosen.start_t_tai
    events = [e for (centre, picture), seen in SEEN.items() for e in _log(centre, picture, start, *seen)]
    return FakeRun(chosen, network_of(chosen.network), (_truth(start),), tuple(events))


def height_km(s: float) -> float:
    """A parabola from the ground to the apogee and back."""
    u = 2.0 * s / FLIGHT_S - 1.0
    return APOGEE_KM * (1.0 - u * u)


def position(s: float) -> tuple[float, float]:
    """Latitude and longitude, linear in time: nearly a parallel here."""
    w = s / FLIGHT_S
    return LAUNCH[0] + w * (IMPACT[0] - LAUNCH[0]), LAUNCH[1] + w * (IMPACT[1] - LAUNCH[1])


def _truth(start: float) -> Truth:
    return Truth(
        kind="ballistic",
        vehicle="icbm-liquid",
        end="impact",
        companions=0,
        launch_lat_deg=LAUNCH[0],
        launch_lon_deg=LAUNCH[1],
        impact_lat_deg=IMPACT[0],
        impact_lon_deg=IMPACT[1],
        t_begin=start,
        t_launch=start,
        t_cloud=start + 41.0,
        t_burnout=start + BURNOUT_S,
        t_apogee=start + FLIGHT_S / 2,
        t_impact=start + FLIGHT_S,
        t_end=start + FLIGHT_S,
        apogee_km=APOGEE_KM,
        range_km=933.0,
    )


def _place(at: tuple[float, float], t: float, major_km: float) -> Place:
    half = Ellipse(0.55 * major_km, 0.1 * major_km, 86.0)
    return Place(
        lat_deg=at[0],
        lon_deg=at[1],
        t=t,
        sigma_s=major_km / 5.0,
        ellipse_50_km=half,
        ellipse_90_km=Ellipse(major_km, 0.2 * major_km, 86.0),
    )


def _assessed(
    centre: str,
    picture: Picture,
    start: float,
    s: float,
    satellite: float | None,
    radar: float | None,
    confirmed: float | None,
    axis: float,
) -> Assessment:
    """The assessment s seconds after the start; regions shrink as the square of the time seen."""
    flying = s > BURNOUT_S and (radar is None or s >= radar or satellite is not None)
    major = axis * (600.0 / s) ** 2
    known = [t for t in (satellite, radar) if t is not None and t <= s]
    state = "confirmed" if confirmed is not None and s >= confirmed else "probable" if known else "notice"
    over = s > FLIGHT_S + 10.0

    def when(t: float | None) -> float | None:
        return None if t is None or t > s else start + t

    ahead = np.linspace(s, FLIGHT_S, 25) if flying and not over else []
    return Assessment(
        track=f"{centre}-1",
        t=start + s,
        picture=picture,
        event_state="closed" if over else state,
        threat_state="possible" if not flying else "none",
        phase="ballistic" if flying else "boost",
        model="ballistic arc and radar" if flying else "icbm-liquid",
        launch=_place(LAUNCH, start, 20.0) if known else None,
        heading_deg=86.0 if known else None,
        heading_sigma_deg=2.0 if known else None,
        impact=_place(IMPACT, start + FLIGHT_S, major) if flying else None,
        landed=1.0 if flying else 0.0,
        orbit=0.0,
        territory={"none": 1.0, "orbit": 0.0} if not flying else {"none": 0.9, "JP": 0.1, "orbit": 0.0},
        classes={"icbm-liquid": 0.98, "unknown": 0.02},
        apogee_km=APOGEE_KM + major / 10.0 if flying else None,
        apogee_sigma_km=major / 8.0 if flying else None,
        range_km=933.0 if flying else None,
        flight_time_s=FLIGHT_S if flying else None,
        speed_m_s=5000.0,
        height_km=max(height_km(s), 0.0),
        time_to_target_s=FLIGHT_S - s if flying else None,
        first_satellite_t=when(satellite),
        stereo_t=when(satellite),
        burnout_t=when(BURNOUT_S),
        first_radar_t=when(radar),
        confirmed_t=when(confirmed),
        objects=1,
        state=None,
        trajectory=tuple(
            Sample(start + float(t), *position(float(t)), height_km(float(t)), 5000.0, major / 5.0)
            for t in ahead
        ),
        evidence=tuple(
            Evidence(
                channel=name, phenomenology=kind, looks=20, first_t=start + t, last_t=start + s, llr=30.0
            )
            for name, kind, t in (("cosmos-2518", "infrared", satellite), ("MIS1", "radar", radar))
            if t is not None and t <= s
        ),
        reasons=("a sensor's looks form a track", "P(impact on protected ground: RU, CN) = 0.000"),
    )


def _log(
    centre: str,
    picture: Picture,
    start: float,
    satellite: float | None,
    radar: float | None,
    confirmed: float | None,
    axis: float,
) -> list[CentreEvent]:
    """A centre's log of one picture: its milestones, changes of state, and an assessment every 30 s."""
    begins = min(t for t in (satellite, radar) if t is not None)
    marks = [(satellite, "first satellite look"), (satellite, "stereo"), (BURNOUT_S, "burnout")]
    marks += [(radar, "first radar look"), (begins + 5.0, "probable"), (confirmed, "confirmed")]
    marks += [(FLIGHT_S + 20.0, "closed")]
    lines = [(t, what) for t, what in marks if t is not None]
    lines += [(float(s), "assessment") for s in np.arange(math.ceil(begins) + 5.0, FLIGHT_S + 30.0, 30.0)]
    out = []
    for s, what in sorted(lines):
        seen = max(s + 2.0, begins + 5.0) if what not in ("assessment", "confirmed") else s
        a = _assessed(centre, picture, start, seen, satellite, radar, confirmed, axis)
        out.append(
            CentreEvent(
                t=start + s,
                known_t=a.t,
                centre=centre,
                picture=picture,
                what=what,
                track=a.track,
                event_state=a.event_state,
                threat_state=a.threat_state,
                text="",
                assessment=a,
            )
        )
    return out
