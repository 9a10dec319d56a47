"""What lies ahead at a report's moment, in plain figures: the raid, and each open track's further looks."""

from __future__ import annotations

import math
from typing import Any

from tocsin.assess.ahead import ASSUMED_RCS_M2
from tocsin.assess.assessment import Assessment
from tocsin.assess.decision import SURE, Effect
from tocsin.assess.further import Further
from tocsin.assess.raid import Raid, When
from tocsin.assess.scatter import Spread
from tocsin.assess.territory import Territories
from tocsin.catalogue import Network
from tocsin.centre.event import CentreEvent
from tocsin.centre.outlook import PictureOutlook, outlook_of, partners_of
from tocsin.centre.setup import setups
from tocsin.cli.figures import ellipse, rounded, seconds, utc
from tocsin.cli.pictures import told_picture, told_tracks


def outlook_told(
    known: tuple[CentreEvent, ...], network: Network, territories: Territories, until: float
) -> PictureOutlook | None:
    """The outlook of the told picture at `until` (TAI s), or at the last assessment where that is endless.

    None where no track is open. In the joint picture the partner's radars count as well.
    """
    last = [made[-1] for made in told_tracks(known).values()]
    if not any(_open(a) for a in last):
        return None
    centre, picture = told_picture(known)
    made = setups(network, territories)
    own = next(s for s in made if s.name == centre)
    partners = partners_of(own, made) if picture == "joint" else ()
    t = max(a.t for a in last) if math.isinf(until) else until
    return outlook_of(last, own, t, partners)


def assumed(ahead: PictureOutlook | None) -> list[str]:
    """What the further looks rest on, where there are any."""
    if ahead is None or not any(f.looks for f in ahead.further.values()):
        return []
    return [
        f"further looks: of a body of {ASSUMED_RCS_M2:g} m2, by each radar alone, the first a revisit after "
        f"it comes into view; one decides where the threat is then none or confirmed with {SURE:g}"
    ]


def raid(r: Raid, start: float) -> dict[str, Any]:
    """A raid, every probability to four decimals."""
    return {
        "t_s": seconds(r.t, start),
        "tracks": r.tracks,
        "states": dict(r.states),
        "reported": r.reported,
        "closed": r.closed,
        "threat_free": r.threat_free,
        "undetermined": r.undetermined,
        "objects_resolved": r.objects_resolved,
        "objects_at_least": r.objects_at_least,
        "classes": _shares(r.classes),
        "launches": r.launches,
        "launches_per_min": rounded(r.launches_per_min, 3),
        "launches_per_min_low": rounded(r.launches_per_min_low, 3),
        "launches_per_min_high": rounded(r.launches_per_min_high, 3),
        "first_launch": _when(r.first_launch, start),
        "last_launch": _when(r.last_launch, start),
        "launch_spread": _spread(r.launch_spread),
        "first_impact": _when(r.first_impact, start),
        "last_impact": _when(r.last_impact, start),
        "impact_spread": _spread(r.impact_spread),
        "territory": _shares(r.territory),
        "protected": rounded(r.protected, 4),
        "protected_low": rounded(r.protected_low, 4),
        "protected_high": rounded(r.protected_high, 4),
    }


def further(f: Further, start: float) -> dict[str, Any]:
    """The further looks of a track."""
    return {
        "t_s": seconds(f.t, start),
        "semi_major_90_km": rounded(f.semi_major_90_km, 3),
        "protected": rounded(f.protected, 4),
        "looks": [
            {
                "radar": o.radar,
                "first_s": seconds(o.first_t, start),
                "in_view_s": rounded(o.in_view_s, 1),
                "detection": rounded(o.detection, 4),
                "look": _effect(o.look, start),
                "minute": _effect(o.minute, start),
            }
            for o in f.looks
        ],
        "standing": f.standing,
        "decides": f.decides,
        "decides_s": seconds(f.decides_t, start),
        "reason": f.reason,
    }


def _effect(e: Effect, start: float) -> dict[str, Any]:
    return {
        "t_s": seconds(e.t, start),
        "looks": e.looks,
        "semi_major_90_km": rounded(e.semi_major_90_km, 3),
        "bits": rounded(e.bits, 2),
        "none": rounded(e.none, 4),
        "confirmed": rounded(e.confirmed, 4),
    }


def _when(w: When | None, start: float) -> dict[str, Any] | None:
    if w is None:
        return None
    return {
        "t_s": seconds(w.t, start),
        "utc": utc(w.t),
        "sigma_s": rounded(w.sigma_s, 3),
        "low_s": seconds(w.low_t, start),
        "high_s": seconds(w.high_t, start),
    }


def _spread(s: Spread | None) -> dict[str, Any] | None:
    if s is None:
        return None
    return {
        "lat_deg": rounded(s.lat_deg, 3),
        "lon_deg": rounded(s.lon_deg, 3),
        "ellipse_km": ellipse(s.ellipse_km),
        "sigma_s": rounded(s.sigma_s, 3),
    }


def _shares(shares: dict[str, float]) -> dict[str, float]:
    """Those that are left when rounded to four decimals."""
    return {name: round(p, 4) for name, p in shares.items() if round(p, 4) > 0.0}


def _open(a: Assessment) -> bool:
    return a.event_state != "closed"
