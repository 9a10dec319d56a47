"""Lines of a centre's log, made by hand."""

from tocsin.assess.assessment import Assessment, Ellipse, EventState, Picture, Place, ThreatState
from tocsin.centre.event import CentreEvent

UNKNOWN = (
    "launch heading_deg heading_sigma_deg apogee_km apogee_sigma_km range_km flight_time_s speed_m_s "
    "height_km time_to_target_s first_satellite_t stereo_t burnout_t first_radar_t confirmed_t state"
)
NOTHING = dict.fromkeys(UNKNOWN.split())


def line(
    t: float,
    event: EventState,
    threat: ThreatState = "none",
    *,
    what: str = "assessment",
    track: str = "russia-1",
    picture: Picture = "joint",
    known_t: float | None = None,
    impact_t: float | None = None,
    closed_by: str | None = None,
) -> CentreEvent:
    """One line at t, of the centre in the track's name; the impact, where it is known, at impact_t."""
    small = Ellipse(1.0, 1.0, 0.0)
    impact = None
    if impact_t is not None:
        impact = Place(
            lat_deg=65.0, lon_deg=100.0, t=impact_t, sigma_s=1.0, ellipse_50_km=small, ellipse_90_km=small
        )
    assessment = Assessment(
        track=track, t=t, picture=picture, event_state=event, threat_state=threat, phase="ballistic",
        model="", impact=impact, landed=0.0, orbit=0.0, territory={}, classes={}, objects=1, trajectory=(),
        evidence=(), reasons=(), closed_by=closed_by, **NOTHING,
    )  # fmt: skip
    return CentreEvent(
        t=t,
        known_t=t if known_t is None else known_t,
        centre=track.split("-")[0],
        picture=picture,
        what=what,
        track=track,
        event_state=event,
        threat_state=threat,
        text="",
        assessment=assessment,
    )
