"""The assessment: everything an event must tell, at one moment, with how sure it is."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tocsin.track.solution import Phase

EventState = Literal["quiet", "notice", "probable", "confirmed", "confirmed (degraded)", "closed"]
ThreatState = Literal["none", "possible", "probable", "confirmed"]
Picture = Literal["alone", "joint"]
Phenomenology = Literal["infrared", "radar"]
Expectation = Literal["will see", "may have seen", "should have seen", "blind", "dead"]


class Ellipse(Struct, frozen=True, gc=False):
    """Semi-axes in km, and the azimuth of the major one in degrees clockwise from north."""

    semi_major_km: float
    semi_minor_km: float
    azimuth_deg: float


class Place(Struct, frozen=True, kw_only=True, gc=False):
    """A point on the ground with its time and its regions; t is TAI s."""

    lat_deg: float
    lon_deg: float
    t: float
    sigma_s: float
    ellipse_50_km: Ellipse
    ellipse_90_km: Ellipse


class Evidence(Struct, frozen=True, kw_only=True, gc=False):
    """What one channel contributes: its looks, when they began and ended, and what they say.

    llr: ln of how much better a moving body explains the looks than chance; slow, still: ln of how much
    better a nuisance of the channel, and something natural, explain how it moves than a launch does; by: the
    partner that told of it, None of an own sensor.
    """

    channel: str
    phenomenology: Phenomenology
    looks: int
    first_t: float
    last_t: float
    llr: float
    slow: float = 0.0
    still: float = 0.0
    by: str | None = None


class Rule(Struct, frozen=True, kw_only=True, gc=False):
    """One rule of the ladder, and whether it is met."""

    name: str
    met: bool


class Expected(Struct, frozen=True, kw_only=True, gc=False):
    """A sensor that has not seen an event: t, TAI s, when it is to have made a track of it, None if never.

    share: of the ways that the event may go that it will have in view; by_now: chance that it should have
    made a track already, which is evidence against the event unless it is blind or dead.
    """

    channel: str
    phenomenology: Phenomenology
    state: Expectation
    t: float | None
    share: float
    by_now: float


class StateEstimate(Struct, frozen=True, kw_only=True, gc=False):
    """Earth-fixed position and velocity with covariance at t: m, m/s; P in rows, (6, 6) flattened."""

    t: float
    x: tuple[float, ...]
    P: tuple[float, ...]


class DragEstimate(Struct, frozen=True, kw_only=True, gc=False):
    """An unpowered body's drag at its state's t: inv_beta, Cd A / m in m2/kg, and the covariances of ln beta
    with the six of the state, its own variance last."""

    inv_beta: float
    P: tuple[float, ...]


class Sample(Struct, frozen=True, gc=False):
    """One point of the predicted trajectory: TAI s, place, height, speed, and 1-sigma position error."""

    t: float
    lat_deg: float
    lon_deg: float
    height_km: float
    speed_m_s: float
    sigma_km: float


class Assessment(Struct, frozen=True, kw_only=True, gc=False):
    """One track of one centre's picture at time t; None until known; every `t` is TAI s.

    factors: log10 of each hypothesis's likelihood over that of nothing, `rival` the best of those that are no
    launch, and `launch_factor` log10 of a launch over it; protected: P(impact) by protected area, None
    before there is a region; threat_range: the threat at the least and the greatest prior of attack of the
    stated range; posterior: of attack, where the user set a prior; closed_by: what closed the event.
    classes: P(class), and loft: P(depressed, normal, lofted) if it is a ballistic missile; each sums to one.
    drag: with the state, all that is held of a body on a ballistic arc; None of any other.
    """

    track: str
    t: float
    picture: Picture
    event_state: EventState
    threat_state: ThreatState
    phase: Phase
    model: str
    launch: Place | None
    heading_deg: float | None
    heading_sigma_deg: float | None
    impact: Place | None
    landed: float
    orbit: float
    territory: dict[str, float]
    classes: dict[str, float]
    loft: dict[str, float] = {}
    apogee_km: float | None
    apogee_sigma_km: float | None
    range_km: float | None
    flight_time_s: float | None
    speed_m_s: float | None
    height_km: float | None
    time_to_target_s: float | None
    first_satellite_t: float | None
    stereo_t: float | None
    burnout_t: float | None
    first_radar_t: float | None
    confirmed_t: float | None
    objects: int
    state: StateEstimate | None
    trajectory: tuple[Sample, ...]
    evidence: tuple[Evidence, ...]
    reasons: tuple[str, ...]
    factors: dict[str, float] = {}
    rival: str = "nothing"
    launch_factor: float = 0.0
    rules: tuple[Rule, ...] = ()
    expected: tuple[Expected, ...] = ()
    protected: dict[str, float] | None = None
    threat_range: tuple[ThreatState, ThreatState] = ("none", "none")
    posterior: float | None = None
    closed_by: str | None = None
    drag: DragEstimate | None = None
