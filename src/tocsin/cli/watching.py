"""How each sensor watched a run, by its scans and the bodies that flew: the truth is in hand here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import Network
from tocsin.cli.watch import Watch
from tocsin.earth.ellipsoid import geodetic_from_ecef, verticals
from tocsin.flight.flight import Flight
from tocsin.sensor.scan import Scan
from tocsin.sensor.view import radar_sees, satellite_sees

Array = NDArray[np.float64]


def watched(network: Network, scans: Iterable[Scan], flights: Sequence[Flight]) -> tuple[Watch, ...]:
    """How each sensor of a network watched, from its scans and the flights' bodies."""
    by_sensor: dict[str, list[Scan]] = {}
    for scan in scans:
        by_sensor.setdefault(scan.sensor, []).append(scan)
    return tuple(_watch(network, sorted(mine, key=lambda s: s.t), flights) for mine in by_sensor.values())


def blind_spans(scans: Sequence[Scan]) -> tuple[tuple[float, float | None], ...]:
    """From and until (TAI s) when a sensor was blind, of its scans in order of time.

    A single scan between two blind ones, into which a look came through, does not end it.
    """
    out: list[tuple[float, float | None]] = []
    since: float | None = None
    blind = [scan.blind for scan in scans]
    for k, scan in enumerate(scans):
        if scan.blind and since is None:
            since = scan.t
        elif since is not None and not (scan.blind or (len(scan) and any(blind[k + 1 : k + 2]))):
            out.append((since, scan.t))
            since = None
    return tuple(out) if since is None else (*out, (since, None))


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
    return satellite_sees(satellite, place, r, verticals(lat, lon), height)
