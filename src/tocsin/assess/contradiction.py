"""Two tracks that began at one place and time and cannot both be right: both are kept, and that is said."""

from __future__ import annotations

import math
from itertools import combinations

from msgspec import Struct

from tocsin.assess.assessment import Assessment, Place
from tocsin.earth.ellipsoid import geodesic_inverse

# Beyond what their own regions allow, by which two launches may still be one: assumed.
NEAR_KM, NEAR_S = 100.0, 60.0
SIGMAS = 4.0


class Contradiction(Struct, frozen=True, kw_only=True):
    """Tracks of one launch that differ: how far apart it is, and what each says of the apogee."""

    tracks: tuple[str, str]
    seen_by: tuple[str, str]
    apart_km: float
    apart_s: float
    apogee_km: tuple[float, float]
    sigma_km: tuple[float, float]

    @property
    def words(self) -> str:
        """In a sentence."""
        (a, b), (first, other), (h, s) = self.tracks, self.seen_by, (self.apogee_km, self.sigma_km)
        return (
            f"{a} ({first}) and {b} ({other}) were launched {self.apart_km:,.0f} km and "
            f"{self.apart_s:,.0f} s apart, within their errors, and rise to {h[0]:,.0f} +- {s[0]:,.0f} and "
            f"{h[1]:,.0f} +- {s[1]:,.0f} km: one of them is wrong, or they are two bodies of one launch; "
            "both are kept"
        )


def contradictions(made: tuple[Assessment, ...]) -> tuple[Contradiction, ...]:
    """Every pair of assessments of one launch whose apogees differ by more than four of their errors.

    The launches agree within their 90 % regions and times, and 100 km and a minute more.
    """
    found = (_between(a, b) for a, b in combinations(made, 2))
    return tuple(one for one in found if one is not None)


def _between(a: Assessment, b: Assessment) -> Contradiction | None:
    if a.launch is None or b.launch is None or a.apogee_km is None or b.apogee_km is None:
        return None
    km, s = _apart(a.launch, b.launch)
    reach = NEAR_KM + a.launch.ellipse_90_km.semi_major_km + b.launch.ellipse_90_km.semi_major_km
    late = NEAR_S + 2.0 * (a.launch.sigma_s + b.launch.sigma_s)
    sigma = a.apogee_sigma_km or 0.0, b.apogee_sigma_km or 0.0
    differ = abs(a.apogee_km - b.apogee_km) > SIGMAS * math.hypot(*sigma) + 1.0
    if km > reach or s > late or not differ:
        return None
    return Contradiction(
        tracks=(a.track, b.track),
        seen_by=(_who(a), _who(b)),
        apart_km=km,
        apart_s=s,
        apogee_km=(a.apogee_km, b.apogee_km),
        sigma_km=sigma,
    )


def _who(a: Assessment) -> str:
    kinds = sorted({e.phenomenology for e in a.evidence})
    return " and ".join(kinds) if kinds else "nobody"


def _apart(p: Place, q: Place) -> tuple[float, float]:
    points = (math.radians(v) for v in (p.lat_deg, p.lon_deg, q.lat_deg, q.lon_deg))
    return geodesic_inverse(*points)[0] / 1e3, abs(p.t - q.t)
