"""What a tracker tells as it happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, final

What = Literal[
    "begun",
    "joined",
    "split",
    "burnout",
    "merged",
    "lost",
    "again",
    "silent",
    "heard",
    "absent",
    "manoeuvred",
]


@final
@dataclass(frozen=True, slots=True, order=True)
class TrackEvent:
    """Something at t (TAI s), with the scan of channel `channel`.

    begun, joined (a sensor's own track to a system track), split (part of a group, from `other`), burnout,
    merged (into `other`), lost (no sensor sees it), again (one does): of the system track that `track`
    founded, the number of a sensor's own track, which says when and where it was first seen whatever came
    first. silent, heard: of the channel. absent, manoeuvred: of the known object `other`.
    """

    t: float
    channel: int
    what: What
    track: int = -1
    other: int = -1
