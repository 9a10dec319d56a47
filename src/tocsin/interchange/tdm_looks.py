"""A radar's looks out of the segments of a TDM: range and two angles of one tag, at the time of reception."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, final

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import C_LIGHT
from tocsin.earth.frames import enu_from_ecef
from tocsin.errors import TocsinError
from tocsin.interchange.looktable import FURTHEST_M, LookTable, refuse_unsound
from tocsin.interchange.refframe import FRAMES, to_itrs
from tocsin.interchange.tdm import Tracking
from tocsin.interchange.tdm_rates import RATES, read_rates, there_and_back, unread_rates

Array = NDArray[np.float64]
StationAt = Callable[[str], tuple[float, float]]
NoiseOf = Callable[[str], Array]
LOOK = ("RANGE", "ANGLE_1", "ANGLE_2")


class _Who(NamedTuple):
    """Segments of one of these make looks together: some give each keyword a segment of its own."""

    station: str
    body: str
    timetag: str


@final
@dataclass(slots=True)
class _Pile:
    """What the segments of one pair said: for each keyword the value and line by tag."""

    angles: tuple[str, str] = ("", "")
    said: dict[str, dict[float, tuple[float, int]]] = field(default_factory=dict)


def tdm_looks(
    path: str, segments: Sequence[Tracking], noise: NoiseOf, station: StationAt, round_trip: bool = False
) -> LookTable:
    """The looks (range, azimuth, elevation, range rate where told) that a TDM holds, in order of time.

    noise: 1 sigma (4,) m, rad, rad, m/s of a participant's looks, for the message tells none; station: its
    latitude and longitude, rad, which RADEC needs. round_trip: ranges and range rates are those of the way
    there and back. A tag of TRANSMIT is that of the pulse, whose echo comes 2 R / c later. Tags that lack a
    range or an angle make no look; what is no range rate of a look is told in `unread`. Raises TocsinError
    where nothing makes a look, and for what is foreign: another path than there and back, ambiguous ranges,
    units of range (RU), X-Y mounts, an unknown frame.
    """
    piles: dict[_Who, _Pile] = {}
    for segment in segments:
        if (segment.mode != "SINGLE_DIFF" and segment.series.keys() & set(LOOK)) or read_rates(segment):
            _pile(path, segment, piles)
    parts = [_looks(path, who, pile, station, 0.5 if round_trip else 1.0) for who, pile in piles.items()]
    rows = [row for part, _ in parts for row in part]
    lone = sum(count for _, count in parts)
    if not rows:
        raise TocsinError(f"{path}: {', '.join(LOOK)}: no tag has all three; give a TDM of a radar's looks")
    rows.sort(key=lambda row: row[2])
    names, bodies, t, values, rates, line = zip(*rows, strict=True)
    own = {name: noise(name) for name in dict.fromkeys(names)}
    rate, sigma = np.array(rates), np.stack([own[name] for name in names])
    alone = f"{path}: {lone} range rates: not fitted: no range and angles have their tag"
    table = LookTable(
        sensor=names,
        body=bodies,
        t=np.array(t),
        values=np.array(values),
        sigmas=sigma[:, :3],
        rate=rate,
        rate_sigma=np.where(np.isfinite(rate), sigma[:, 3], np.nan),
        place=tuple(f"{path}:{i}" for i in line),
        unread=(*unread_rates(path, segments), *((alone,) if lone else ())),
    )
    return refuse_unsound(table)


def _pile(path: str, s: Tracking, piles: dict[_Who, _Pile]) -> None:
    place = f"{path}:{s.line}"
    ranged = "RANGE" in s.series
    if not s.path or (ranged and not there_and_back(s)) or len(s.path) > 3:
        told = ",".join(map(str, s.path)) or "missing"
        raise TocsinError(f"{place}: PATH: is {told}; only a radar's way there and back, as 1,2,1, is fitted")
    if ranged and s.range_units == "RU":
        raise TocsinError(f"{place}: RANGE_UNITS: RU is known to its owner alone; give ranges in km or s")
    if ranged and 0.0 < s.range_modulus < FURTHEST_M:
        raise TocsinError(
            f"{place}: RANGE_MODULUS: {s.range_modulus / 1e3:g} km leaves ranges open by as much; "
            "resolve them, and give RANGE_MODULUS = 0"
        )
    who = _Who(s.participants[s.path[-1]], s.participants[s.path[-2]], s.timetag)
    pile = piles.setdefault(who, _Pile())
    if "ANGLE_1" in s.series:
        if s.angle_type not in ("AZEL", "RADEC"):
            told = s.angle_type or "missing"
            raise TocsinError(f"{place}: ANGLE_TYPE: is {told}; give angles as AZEL or RADEC")
        if pile.angles[0] and pile.angles != (s.angle_type, s.frame):
            raise TocsinError(
                f"{place}: ANGLE_TYPE: is another than in a segment before; give one for a station"
            )
        pile.angles = (s.angle_type, s.frame)
    for key in (*(key for key in LOOK if key in s.series), *read_rates(s)):
        series = s.series[key]
        rows = zip(series.t.tolist(), series.value.tolist(), series.line.tolist(), strict=True)
        pile.said.setdefault(key, {}).update({t: (value, line) for t, value, line in rows})


_Row = tuple[str, str, float, tuple[float, float, float], float, int]


def _looks(path: str, who: _Who, pile: _Pile, station: StationAt, part: float) -> tuple[list[_Row], int]:
    """The looks of a pile, and how many of its range rates are of none."""
    said = [pile.said.get(key, {}) for key in LOOK]
    tags = sorted(set(said[0]) & set(said[1]) & set(said[2]))
    rates = {**pile.said.get(RATES[1], {}), **pile.said.get(RATES[0], {})}
    lone = len(rates.keys() - set(tags))
    if not tags:
        return [], lone
    r, first, second = (np.array([one[t][0] for t in tags]) for one in said)
    r = r * part
    later = 2.0 * r / C_LIGHT if who.timetag == "TRANSMIT" else np.zeros(len(r))
    t = np.array(tags) + later
    if pile.angles[0] == "RADEC":
        first, second = _horizontal(path, t, first, second, pile.angles[1], station(who.station))
    return [
        (
            who.station,
            who.body,
            float(t[i]),
            (float(r[i]), float(first[i] % (2.0 * np.pi)), float(second[i])),
            rates[tag][0] * part if tag in rates else float("nan"),
            said[0][tag][1],
        )
        for i, tag in enumerate(tags)
    ], lone


def _horizontal(
    path: str, t: Array, ra: Array, dec: Array, frame: str, where: tuple[float, float]
) -> tuple[Array, Array]:
    """Azimuth and elevation (n,) at a place of directions (n,) in a celestial frame, about that place."""
    turn = to_itrs(frame.upper() or "EME2000")
    if turn is None:
        raise TocsinError(f"{path}: REFERENCE_FRAME: '{frame}' is foreign; give RADEC in one of {FRAMES}")
    u = np.stack([np.cos(dec) * np.cos(ra), np.cos(dec) * np.sin(ra), np.sin(dec)], axis=-1)
    e, n, up = enu_from_ecef(*where) @ turn(t, u, np.zeros_like(u))[0].T
    return np.arctan2(e, n), np.arcsin(np.clip(up, -1.0, 1.0))
