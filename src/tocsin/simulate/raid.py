"""A raid: many notional flights between open areas, alone and in groups, and a network that looks at them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue import Network, network
from tocsin.catalogue.plan import FlightPlan
from tocsin.earth.ellipsoid import geodesic_direct, geodesic_inverse
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError
from tocsin.flight.ballistic import fly_ballistic
from tocsin.motion.path import Path
from tocsin.sensor.labels import Labels
from tocsin.sensor.radar import Radar
from tocsin.sensor.scan import Scan
from tocsin.sensor.telescope import Telescope
from tocsin.simulate.raidfile import RaidTable, RegionTable, SalvoTable
from tocsin.simulate.world import generator

Ints = NDArray[np.int64]
TRIES = 200
ALONE = -1
Place = tuple[float, float]  # lat, lon rad


@final
@dataclass(frozen=True, slots=True, eq=False)
class Raid:
    """What flies: the paths, and the salvo and group (n,) that each belongs to, group -1 for one alone."""

    paths: tuple[Path, ...]
    salvo: Ints
    group: Ints


def fly_raid(asked: RaidTable) -> Raid:
    """Fly every flight of a raid; the members of a group share one vehicle as drawn, and its steering's aim.

    TocsinError where a salvo's region, range and loft cannot be flown.
    """
    t0, regions = tai_from_utc(asked.start_utc), {r.key: r for r in asked.region}
    paths: list[Path] = []
    of_salvo: list[int] = []
    of_group: list[int] = []
    groups = 0
    for s, (salvo, count) in enumerate(zip(asked.salvo, _counts(asked), strict=True)):
        grouped = min(round(count * asked.group.share / asked.group.size), count // asked.group.size)
        alone = count - grouped * asked.group.size
        for unit, size in enumerate([asked.group.size] * grouped + [1] * alone):
            stream = f"raid salvo {s} unit {unit}"
            flown = _unit(asked, salvo, regions, size, t0, stream)
            paths += [
                replace(p, name=f"raid {len(paths) + k + 1} {salvo.vehicle}") for k, p in enumerate(flown)
            ]
            of_salvo += [s] * size
            of_group += [groups if size > 1 else ALONE] * size
            groups += size > 1
    return Raid(tuple(paths), np.array(of_salvo, dtype=np.int64), np.array(of_group, dtype=np.int64))


def _counts(asked: RaidTable) -> list[int]:
    """Flights of each salvo, by largest remainder."""
    exact = np.array([s.share for s in asked.salvo]) * asked.flights
    count = np.floor(exact).astype(np.int64)
    count[np.argsort(count - exact, kind="stable")[: asked.flights - int(count.sum())]] += 1
    return [int(c) for c in count]


def _unit(
    asked: RaidTable, salvo: SalvoTable, regions: dict[str, RegionTable], size: int, t0: float, stream: str
) -> list[Path]:
    """One flight, or the members of one group, drawn until it can be flown."""
    rng = generator(asked.seed, stream)
    told: TocsinError | None = None
    for draw in range(TRIES):
        launch, aim = _in(regions[salvo.launch], rng), _in(regions[salvo.aim], rng)
        launch_s, loft = asked.launch_window_s * rng.random(), float(rng.uniform(*salvo.loft))
        if not salvo.range_km[0] * 1e3 <= geodesic_inverse(*launch, *aim)[0] <= salvo.range_km[1] * 1e3:
            continue
        apart = _apart(size, asked.group.apart_km[0] * 1e3, asked.group.apart_km[1] * 1e3, rng)
        plans = [_plan(salvo, *_shifted(launch, aim, *offset), loft, launch_s) for offset in apart]
        vehicle = f"{stream} vehicle {draw}"
        try:
            return [fly_ballistic(p, t0, generator(asked.seed, vehicle)).path for p in plans]
        except TocsinError as error:
            told = error
    why = f"no draw is {salvo.range_km[0]:g} to {salvo.range_km[1]:g} km" if told is None else str(told)
    raise TocsinError(
        f"{salvo.vehicle} from {salvo.launch} to {salvo.aim}: none of {TRIES} draws flies ({why}); "
        "change range_km, loft or the regions"
    )


def _in(region: RegionTable, rng: np.random.Generator) -> Place:
    """A place in a region, even over its area."""
    low, high = np.sin(np.radians(region.lat_deg))
    return float(np.arcsin(rng.uniform(low, high))), math.radians(rng.uniform(*region.lon_deg))


def _apart(size: int, least_m: float, most_m: float, rng: np.random.Generator) -> list[Place]:
    """Offsets along and across (m) of a group's members, every pair between the two distances apart."""
    if size == 1:
        return [(0.0, 0.0)]
    width = rng.uniform(min(2.0 * least_m, most_m), most_m)
    members: list[Place] = []
    for tries in range(100_000):
        if len(members) == size:
            return members
        if tries % 200 == 199:
            # So narrow a disc may not hold them all.
            width, members = min(1.1 * width, most_m), []
        radius, angle = 0.5 * width * math.sqrt(rng.random()), rng.uniform(0.0, 2.0 * math.pi)
        here = (radius * math.cos(angle), radius * math.sin(angle))
        if all(math.dist(here, other) >= least_m for other in members):
            members.append(here)
    raise TocsinError(
        f"group: no {size} members fit {least_m / 1e3:g} to {most_m / 1e3:g} km apart; make size smaller"
    )


def _shifted(launch: Place, aim: Place, along: float, across: float) -> tuple[Place, Place]:
    """Launch and aim both moved along and across the way between them (m): a flight beside the first."""
    out = geodesic_inverse(*launch, *aim)[1]
    back = geodesic_inverse(*aim, *launch)[1] + math.pi
    distance, turn = math.hypot(along, across), math.atan2(across, along)
    return geodesic_direct(*launch, out + turn, distance), geodesic_direct(*aim, back + turn, distance)


def _plan(salvo: SalvoTable, launch: Place, aim: Place, loft: float, launch_s: float) -> FlightPlan:
    lat, lon, aim_lat, aim_lon = (math.degrees(v) for v in (*launch, *aim))
    return FlightPlan(salvo.vehicle, lat, lon, aim_lat, aim_lon, None, None, None, loft, launch_s)


def network_of_raid(asked: RaidTable) -> Network:
    """The satellites and radars that look, with the raid's figures in place of the catalogue's."""
    chosen = asked.network
    table = network(asked.start_utc, tuple(chosen.satellites), tuple(r.key for r in chosen.radar))
    more = {r.key: r.signal_db for r in chosen.radar}
    satellites = tuple(
        (replace(s, false_looks_per_frame=chosen.false_looks_per_frame), e) for s, e in table.satellites
    )
    radars = tuple(
        replace(
            r,
            reference_snr_db=r.reference_snr_db + more[r.key],
            false_looks_per_scan=chosen.false_looks_per_scan,
        )
        for r in table.radars
    )
    return replace(table, satellites=satellites, radars=radars)


def look(
    asked: RaidTable, paths: tuple[Path, ...], until_s: float | None = None
) -> tuple[tuple[Scan, Labels], ...]:
    """Every scan of the network with its labels (index in `paths`), in the order in which they end.

    paths: the raid's and whatever else there is, such as satellites; until_s: after the start, s.
    """
    t0 = tai_from_utc(asked.start_utc)
    t1 = t0 + (asked.duration_s if until_s is None else until_s)
    seen: list[tuple[Scan, Labels]] = []
    table = network_of_raid(asked)
    sensors: list[Telescope | Radar] = [
        *(Telescope(s, e) for s, e in table.satellites),
        *map(Radar, table.radars),
    ]
    for sensor in sensors:
        rng = generator(asked.seed, f"sensor {sensor.key}")
        seen.extend(sensor.labelled(paths, t0, t1, sensor.draw_bias(rng), "simulated", rng))
    return tuple(sorted(seen, key=lambda pair: (pair[0].t, pair[0].sensor)))
