"""When each sensor of a centre has watched: what its silence is worth."""

from __future__ import annotations

import numpy as np

from tocsin.assess.case import Duty
from tocsin.assess.evidence.absence import Spans, Watching
from tocsin.centre.setup import Setup
from tocsin.sensor.scan import Scan
from tocsin.track.picture import Picture

KEPT_S = 7200.0  # no flight and no wait is longer
GAP_FRAMES = 3.0
BEFORE_S = 300.0  # a launch may have been seen so long before anything else was


def watched(spans: Spans, scan: Scan, frame_s: float) -> Spans:
    """A sensor's times of duty (begin, end) with one more scan; a blind one adds nothing."""
    if scan.blind:
        return spans
    begin, end = scan.t - frame_s, scan.t
    kept = tuple(s for s in spans if s[1] >= end - KEPT_S)
    if kept and kept[-1][0] <= end <= kept[-1][1]:
        return kept
    if kept and 0.0 <= begin - kept[-1][1] <= GAP_FRAMES * frame_s:
        return (*kept[:-1], (kept[-1][0], end))
    return tuple(sorted((*kept, (begin, end))))


def busy_with(picture: Picture, setup: Setup, system: int | None, since: float) -> frozenset[str]:
    """The channels that have had another track than this system track's (row) since a time.

    It may yet turn out to be the same thing, so that they are not silent about it.
    """
    m = picture.members
    other = (m.last_t >= since - BEFORE_S) & (m.system != (-1 if system is None else system))
    return frozenset(setup.channels[c].name for c in np.unique(m.channel[other]))


def duty_of(setup: Setup, spans: dict[str, Spans], picture: Picture) -> Duty:
    """The centre's own sensors as they have watched up to the picture's time."""
    return Duty(
        setup.network,
        {
            channel.name: Watching(
                frame_s=float(setup.frames[c]),
                detection=float(setup.detection[c]),
                spans=spans.get(channel.name, ()),
                silent=bool(picture.silent[c]),
                blind=bool(np.isfinite(picture.blind[c])),
            )
            for c, channel in enumerate(setup.channels)
        },
    )
