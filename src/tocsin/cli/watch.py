"""How each sensor watched a run: its scans and looks, what it had in view, and when it was blind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tocsin.catalogue import Network
from tocsin.cli.figures import seconds, utc
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.earth.frames import enu_from_ecef
from tocsin.flight.flight import Flight
from tocsin.sensor.scan import Scan
from tocsin.sensor.view import radar_sees, satellite_sees

Array = NDArray[np.float64]


class Watch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One sensor over a run: scans, looks (false ones, too), scans with a flown body in view, and when it was
    blind, each from and until TAI s; until is None where it still was at the end.

    In view of a telescope counts while the body shines.
    """

    sensor: str
    kind: Literal["telescope", "radar"]
    scans: int
    looks: int
    in_view: int
    blind: tuple[tuple[float, float | None], ...]


def watched(network: Network, scans: Iterable[Scan], flights: Sequence[Flight]) -> tuple[Watch, ...]:
    """How each sensor of a network watched, from its scans and the flights' bodies."""
    by_sensor: dict[str, list[Scan]] = {}
    for scan in scans:
        by_sensor.setdefault(scan.sensor, []).append(scan)
    return tuple(_watch(network, sorted(mine, key=lambda s: s.t), flights) for mine in by_sensor.values())


def blind_spans(scans: Sequence[Scan]) -> tuple[tuple[float, float | None], ...]:
    """From and until (TAI s) when a sensor was blind, of its scans in order of time."""
    out: list[tuple[float, float | None]] = []
    since: float | None = None
    for scan in scans:
        if scan.blind and since is None:
            since = scan.t
        elif since is not None and not scan.blind:
            out.append((since, scan.t))
            since = None
    return tuple(out) if since is None else (*out, (since, None))


def watch_rows(watches: Iterable[Watch], start: float) -> list[dict[str, Any]]:
    """The watches in plain figures, times in s after the start."""
    return [
        {
            "sensor": w.sensor,
            "kind": w.kind,
            "scans": w.scans,
            "looks": w.looks,
            "in_view": w.in_view,
            "blind": [[seconds(a, start), None if b is None else seconds(b, start)] for a, b in w.blind],
        }
        for w in watches
    ]


def blind_marks(watches: Iterable[Watch]) -> list[tuple[float, str]]:
    """When each radar went blind and saw again, for a timeline."""
    out = []
    for w in watches:
        for since, until in w.blind if w.kind == "radar" else ():
            out.append((since, f"{w.sensor} blind"))
            if until is not None:
                out.append((until, f"{w.sensor} sees again"))
    return out


def blind_lines(watches: Iterable[Watch], until: float) -> list[str]:
    """When each radar was blind, in words, as far as it was known at a time, TAI s."""
    out = []
    for w in watches:
        for since, then in w.blind if w.kind == "radar" else ():
            if since <= until:
                over = f"to {utc(then)[11:19]}" if then is not None and then <= until else "on"
                out.append(f"{w.sensor} was blind from {utc(since)[11:19]} {over} UTC: the Sun's radio noise")
    return out


def why_no_track(row: dict[str, Any]) -> str:
    """Why a sensor that watched made no track, in words."""
    who, shone = row["sensor"], " while it shone" if row["kind"] == "telescope" else ""
    if not row["in_view"]:
        return f"{who}: nothing that flew came into its view{shone}"
    seen = f"{who}: in its view{shone} in {row['in_view']:,} of {row['scans']:,} scans"
    if not row["looks"]:
        return f"{seen}, and no look: too faint for it, or it was blind"
    return f"{seen}; {row['looks']:,} looks, false ones among them: too few that fit together"


def _watch(network: Network, scans: list[Scan], flights: Sequence[Flight]) -> Watch:
    first = scans[0]
    kind: Literal["telescope", "radar"] = "radar" if first.kind == "radar" else "telescope"
    t = np.array([s.t for s in scans])
    there = np.zeros(len(t), dtype=bool)
    for flight in flights:
        r = flight.path.position(t)
        up_there = np.isfinite(r[:, 0])
        if kind == "telescope":
            up_there[up_there] &= flight.path.burning(t[up_there])
        if up_there.any():
            place = np.stack([s.r_ecef for s in scans])[up_there]
            there[up_there] |= _in_view(network, first.sensor, place, r[up_there])
    return Watch(
        sensor=first.sensor,
        kind=kind,
        scans=len(scans),
        looks=sum(len(s) for s in scans),
        in_view=int(there.sum()),
        blind=blind_spans(scans),
    )


def _in_view(network: Network, key: str, place: Array, r: Array) -> NDArray[np.bool_]:
    """Whether points r (n, 3) are in view (n,) of a sensor at place (n, 3)."""
    for site in network.radars:
        if site.key == key:
            return radar_sees(site, r)
    satellite = next(s for s, _ in network.satellites if s.key == key)
    lat, lon, height = geodetic_from_ecef(r)
    up = np.stack([enu_from_ecef(a, b)[2] for a, b in zip(lat, lon, strict=True)])
    return satellite_sees(satellite, place, r, up, height)
