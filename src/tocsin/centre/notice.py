"""What a centre notes beside its tracks: sensors that fall silent, input that was left out, known objects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from tocsin.track.event import TrackEvent

OF_A_SENSOR, OF_AN_OBJECT = frozenset({"silent", "heard"}), frozenset({"absent", "manoeuvred"})
# Set aside, with nearly every scan of a radar: no input that was left out.
EXPECTED = "looks of known objects"


class Notice(Struct, frozen=True, kw_only=True):
    """One line at t, TAI s.

    what: "silent" or "heard" of a sensor; "absent" or "manoeuvred" of an object of the catalogue, by its row;
    else what of a sensor's scan was left out, as `Tracker.counts` names it. about: the sensor, or the object;
    count: how many looks or scans.
    """

    t: float
    centre: str
    what: str
    about: str
    count: int = 1


def notices_of_events(
    centre: str, told: Iterable[TrackEvent], sensors: tuple[str, ...]
) -> tuple[Notice, ...]:
    """What settled events say of sensors and of known objects."""
    out = []
    for e in told:
        if e.what in OF_A_SENSOR:
            out.append(Notice(t=e.t, centre=centre, what=e.what, about=sensors[e.channel]))
        elif e.what in OF_AN_OBJECT:
            out.append(Notice(t=e.t, centre=centre, what=e.what, about=f"object {e.other}"))
    return tuple(out)


def notices_of_input(
    centre: str, t: float, sensor: str, before: Counter[str], after: Counter[str]
) -> tuple[Notice, ...]:
    """What of one scan was left out, by the tracker's counts before and after it."""
    grown = ((what, n - before[what]) for what, n in sorted(after.items()))
    return tuple(
        Notice(t=t, centre=centre, what=what, about=sensor, count=n)
        for what, n in grown
        if n > 0 and what != EXPECTED
    )
