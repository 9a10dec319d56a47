"""How figures are written in JSON: times in seconds after the start and in UTC, rounded below any meaning."""

from __future__ import annotations

from typing import Any

from tocsin.assess.assessment import Assessment, Ellipse, Place
from tocsin.cli.truth import Truth
from tocsin.earth.time import utc_from_tai


def rounded(value: float | None, digits: int) -> float | None:
    """The value to so many decimals; None stays None."""
    return None if value is None else round(float(value), digits)


def seconds(t: float | None, start: float) -> float | None:
    """Seconds after the start, to milliseconds."""
    return None if t is None else rounded(t - start, 3)


def utc(t: float) -> str:
    """UTC to a tenth of a second."""
    return utc_from_tai(t, 1)


def spot(lat_deg: float, lon_deg: float, t: float) -> dict[str, Any]:
    """A point with its time."""
    return {"lat_deg": rounded(lat_deg, 5), "lon_deg": rounded(lon_deg, 5), "utc": utc(t)}


def place(p: Place | None) -> dict[str, Any] | None:
    """A place with its time and regions."""
    if p is None:
        return None
    return {
        **spot(p.lat_deg, p.lon_deg, p.t),
        "sigma_s": rounded(p.sigma_s, 3),
        "ellipse_50_km": ellipse(p.ellipse_50_km),
        "ellipse_90_km": ellipse(p.ellipse_90_km),
    }


def ellipse(e: Ellipse) -> dict[str, Any]:
    """Semi-axes in km and the major one's azimuth in degrees."""
    return {
        "semi_major": rounded(e.semi_major_km, 3),
        "semi_minor": rounded(e.semi_minor_km, 3),
        "azimuth": rounded(e.azimuth_deg, 2),
    }


def truth(flown: Truth) -> dict[str, Any]:
    """One flight as it was flown; null stands for what its kind has not."""
    flown_s = None if flown.t_impact is None or flown.t_launch is None else flown.t_impact - flown.t_launch
    return {
        "kind": flown.kind,
        "name": flown.vehicle,
        "end": flown.end,
        "companions": flown.companions,
        "launch": _spot_or_none(flown.launch, flown.t_launch),
        "impact": _spot_or_none(flown.impact, flown.t_impact),
        "apogee_km": rounded(flown.apogee_km, 3),
        "range_km": rounded(flown.range_km, 3),
        "flight_time_s": rounded(flown_s, 3),
        "duration_s": rounded(flown.t_end - flown.t_begin, 3),
    }


def flown(name: str, flight: Truth, start: float) -> dict[str, Any]:
    """One flight as it was flown, under its plan's name in the event, with its times after the start."""
    return {
        "plan": name,
        **truth(flight),
        "lift_off_s": seconds(flight.t_launch, start),
        "burnout_s": seconds(flight.t_burnout, start),
        "apogee_s": seconds(flight.t_apogee, start),
        "begin_s": seconds(flight.t_begin, start),
        "end_s": seconds(flight.t_end, start),
    }


def _spot_or_none(at: tuple[float, float] | None, t: float | None) -> dict[str, Any] | None:
    return None if at is None or t is None else spot(*at, t)


def track(name: str, a: Assessment, start: float) -> dict[str, Any]:
    """One track as it stands."""
    return {
        "track": name,
        "launch": place(a.launch),
        "impact": place(a.impact),
        "territory": dict(a.territory),
        "class": dict(a.classes),
        "loft": dict(a.loft),
        "event_state": a.event_state,
        "threat_state": a.threat_state,
        "model": a.model,
        "heading_deg": rounded(a.heading_deg, 3),
        "heading_sigma_deg": rounded(a.heading_sigma_deg, 3),
        "apogee_km": rounded(a.apogee_km, 3),
        "apogee_sigma_km": rounded(a.apogee_sigma_km, 4),
        "range_km": rounded(a.range_km, 3),
        "flight_time_s": rounded(a.flight_time_s, 3),
        "speed_m_s": rounded(a.speed_m_s, 2),
        "height_km": rounded(a.height_km, 3),
        "time_to_target_s": rounded(a.time_to_target_s, 3),
        "first_satellite_s": seconds(a.first_satellite_t, start),
        "stereo_s": seconds(a.stereo_t, start),
        "burnout_s": seconds(a.burnout_t, start),
        "first_radar_s": seconds(a.first_radar_t, start),
        "confirmed_s": seconds(a.confirmed_t, start),
        "assessed_s": seconds(a.t, start),
        "objects": a.objects,
        "trajectory": [
            {
                "t_s": seconds(s.t, start),
                "lat_deg": rounded(s.lat_deg, 5),
                "lon_deg": rounded(s.lon_deg, 5),
                "height_km": rounded(s.height_km, 3),
                "speed_m_s": rounded(s.speed_m_s, 2),
                "sigma_km": rounded(s.sigma_km, 4),
            }
            for s in a.trajectory
        ],
        "evidence": [
            {
                "channel": e.channel,
                "phenomenology": e.phenomenology,
                "looks": e.looks,
                "first_s": seconds(e.first_t, start),
                "last_s": seconds(e.last_t, start),
                "llr": rounded(e.llr, 2),
                "slow": rounded(e.slow, 2),
                "still": rounded(e.still, 2),
                "by": e.by,
            }
            for e in a.evidence
        ],
        "factors_log10": {name: rounded(value, 3) for name, value in a.factors.items()},
        "launch_factor_log10": rounded(a.launch_factor, 3),
        "rival": a.rival,
        "rules": [{"rule": r.name, "met": r.met} for r in a.rules],
        "expected": [
            {
                "channel": x.channel,
                "phenomenology": x.phenomenology,
                "state": x.state,
                "t_s": seconds(x.t, start),
                "share": rounded(x.share, 4),
                "by_now": rounded(x.by_now, 4),
            }
            for x in a.expected
        ],
        "protected": None if a.protected is None else dict(a.protected),
        "threat_range": list(a.threat_range),
        "posterior": a.posterior,
        "closed_by": a.closed_by,
        "reasons": list(a.reasons),
    }
