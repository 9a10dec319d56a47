"""What a background costs: of the tracker's time, in looks, and in warning."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from following.present import Taken

from tocsin.sensor.labels import Labels
from tocsin.sensor.scan import Scan
from tocsin.study.association.purity import owners
from tocsin.study.association.record import Record
from tocsin.track import sense


@dataclass(frozen=True)
class Share:
    """Seconds of each step, and of the known objects in each scan of a radar."""

    steps: np.ndarray
    known: list[float]


@contextmanager
def clocked() -> Iterator[list[float]]:
    """Meanwhile, the seconds that `known_step` takes for each scan of a radar, as a list that grows."""
    spent: list[float] = []
    inner = sense.known_step

    def timed(known, scan, channel, *more):  # type: ignore[no-untyped-def]
        start = time.perf_counter()
        out = inner(known, scan, channel, *more)
        if known.radar[channel] >= 0:
            spent.append(time.perf_counter() - start)
        return out

    sense.known_step = timed
    try:
        yield spent
    finally:
        sense.known_step = inner


def tell_others(share: Share, aside: np.ndarray, record: Record, flights: int) -> None:
    """What the known objects took of the time, which looks were set aside, and what was left of theirs."""
    room = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(f"memory: {room:,.0f} MB at most, looks and all")
    if not share.known:
        return
    ms = 1e3 * np.array(share.known)
    p50, p99 = np.percentile(ms, [50, 99])
    print(
        f"known objects: {ms.sum() / 1e3:.1f} s of {share.steps.sum():.1f}; a radar's scan "
        f"{ms.mean():.2f} ms in the mean, one {p50:.2f}, 99 of 100 under {p99:.1f}, longest {ms.max():.0f}"
    )
    labels = record.labels
    look = np.repeat(np.arange(len(labels)), labels.count)
    mine = np.bincount(look, labels.body < flights, minlength=len(labels)) > 0
    other = np.bincount(look, labels.body >= flights, minlength=len(labels)) > 0
    false, own, track = labels.count == 0, mine & ~other, record.track >= 0
    alone = other & ~mine
    print(
        f"looks of others alone {int(alone.sum()):,}: set aside {int((aside & alone).sum()):,}, "
        f"left {int((~aside & alone).sum()):,}, in tracks {int((track & alone).sum()):,}"
    )
    print(
        f"set aside wrongly: {int((aside & own).sum()):,} of {int(own.sum()):,} looks of flights, "
        f"{int((aside & false).sum()):,} false ones; {int((aside & mine & other).sum()):,} of "
        f"{int((mine & other).sum()):,} of both"
    )
    founded = owners(record).body >= flights
    print(f"tracks of others: {int(founded.sum()):,}")


def tell_crowded(
    alone: tuple[tuple[Scan, Labels], ...], seen: tuple[tuple[Scan, Labels], ...], flights: int
) -> None:
    """What the others cost of the radars' looks at flights, and of the time of the first, which is drawn anew
    in each of the two.
    """
    print(
        "radar looks at flights, and seconds by which the first comes later than with nothing else overhead:"
    )
    (n0, first0), (n1, first1) = _first_looks(alone, flights), _first_looks(seen, flights)
    both = np.isfinite(first0) & np.isfinite(first1)
    later = first1[both] - first0[both]
    shed = sum(int((labels.shed < flights).sum()) for _, labels in seen)
    print(f"  {n0:,} alone, {n1:,} among others, shed {shed:,}")
    print(
        f"  seen {int(np.isfinite(first0).sum())} alone, {int(np.isfinite(first1).sum())} among others; "
        f"later {later.mean() if len(later) else np.nan:+.1f} s in the mean, "
        f"{int((later > 30.0).sum())} by more than 30 s, {int((later < -30.0).sum())} as much earlier"
    )


def _first_looks(seen: tuple[tuple[Scan, Labels], ...], flights: int) -> tuple[int, np.ndarray]:
    """How many looks of radars are at flights, and the time of the first at each, infinite where none."""
    first, count = np.full(flights, np.inf), 0
    for scan, labels in seen:
        if scan.kind == "radar":
            mine = labels.body[labels.body < flights]
            count += len(mine)
            first[mine] = np.minimum(first[mine], scan.t)
    return count, first


def tell_warning(
    taken: tuple[Taken, ...], record: Record, seen: tuple[tuple[Scan, Labels], ...], flights: int
) -> None:
    """How long after the first look at it a flight has a confirmed track, most of whose looks are its own."""
    t = np.repeat([scan.t for scan, _ in seen], [len(scan) for scan, _ in seen])
    radar = np.repeat([scan.kind == "radar" for scan, _ in seen], [len(scan) for scan, _ in seen])
    look = np.repeat(np.arange(len(record.labels)), record.labels.count)
    body = record.labels.body
    shed = np.concatenate([labels.shed for _, labels in seen])
    for name, which in (("a sensor", np.ones(len(t), bool)), ("a radar", radar)):
        first, warned = np.full(flights, np.inf), np.full(flights, np.inf)
        mine = (body < flights) & which[look]
        np.minimum.at(first, body[mine], t[look[mine]])
        for track in taken:
            if name == "a radar" and not track.radar:
                continue
            names, votes = np.unique(record.labels.where(track.looks).body, return_counts=True)
            if len(names) and names[np.argmax(votes)] < flights:
                b = names[np.argmax(votes)]
                warned[b] = min(warned[b], track.t)
        looked = np.isfinite(first)
        told = looked & np.isfinite(warned)
        late = warned[told] - first[told]
        half, most = np.percentile(late, [50, 95]) if len(late) else (np.nan, np.nan)
        print(
            f"warning by {name}: {int(looked.sum())} flights seen, {int((looked & ~told).sum())} never "
            f"confirmed; from first look to confirmation {half:.1f} s, 95 of 100 within {most:.1f}"
        )
    mine = (body < flights) & radar[look]
    print(f"radar looks at flights {int(mine.sum()):,}, shed {int((shed < flights).sum()):,}")
