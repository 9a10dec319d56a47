"""When the engine went out, by the last looks at its plume."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

# -ln of the chance that a frame without the plume has a look in its place, and that a telescope cannot see
# what others see (assumed).
STRAY, UNSEEN = 4.0, 10.0


def plume_end(
    last: Array, frames: Array, detection: Array, now: float, misses: int
) -> tuple[float, float] | None:
    """Time and sigma at which a plume went out, by telescopes' last looks at it (c,) TAI s; None while any of
    them may still see it.

    Out is what every telescope that saw it has missed for `misses` frames (c,) s in a row. How likely the
    misses were, had it burnt until t, is prod_c (1 - p_c)^m_c(t) with m_c the frames between a telescope's
    last look and t, and p_c (c,) its probability of a look: the mean and sigma of that density from the last
    look of all until now. While it burns nothing is known of its end.
    """
    if len(last) == 0 or np.any(now - last <= misses * frames + 1e-6):
        return None
    since = float(last.max())
    # The density is constant between frames.
    edges = [c + f * np.arange(1, int((now - c) / f) + 1) for c, f in zip(last, frames, strict=True)]
    cuts = np.unique(np.concatenate([[since, now], *edges]))
    cuts = cuts[(cuts >= since) & (cuts <= now)]
    low, high = cuts[:-1], cuts[1:]
    middle = 0.5 * (low + high)
    missed = np.floor((middle[:, None] - last) / frames)
    # By logarithms: one that lost sight of it long before the others makes all of these small.
    log = missed @ np.log(np.clip(1.0 - detection, 1e-9, 1.0))
    weight = (high - low) * np.exp(log - log.max())
    mean = float(weight @ middle / weight.sum())
    second = float(weight @ ((high - low) ** 2 / 12.0 + (middle - mean) ** 2) / weight.sum())
    return mean, second**0.5


def last_of_plume(t: Array, channel: Ints, frames: Array, detection: Array, gap_s: float) -> float:
    """When a plume was last seen: of its looks at t (n,), in order, that after which the others are strays.

    A telescope whose own track finds one false look in a few frames, after the plume is out, would have it
    burn on. The moment T is that of the least cost, sum over telescopes c of STRAY for each look after T and
    -ln(1 - p_c) for each frame missed until T, of those since its last look UNSEEN at most; p_c is the share
    of frames until then in which it saw it, detection (c,) at most. channel (n,): row of frames (c,) s. What
    was seen before a gap of so many seconds is an earlier stage's.
    """
    start = int(np.flatnonzero(np.diff(t, prepend=-np.inf) > gap_s)[-1])
    ends = t[start:]
    cost = np.zeros(len(ends))
    for c in np.unique(channel[start:]):
        own = ends[channel[start:] == c]
        seen = np.searchsorted(own, ends, side="right")
        last = own[np.maximum(seen, 1) - 1]
        gone = np.floor(np.maximum(ends - last, 0.0) / frames[c] + 0.01)
        due = np.maximum(np.round((last - own[0]) / frames[c]) + 1.0, seen)
        missed = due - seen
        # A dim plume is missed more often than a usual one: by as much as it was seen.
        p = np.minimum(detection[c], (seen + 0.5) / (due + 0.5))
        miss = -np.log(np.clip(1.0 - p, 1e-9, 1.0))
        cost += (len(own) - seen) * STRAY + np.where(
            seen > 0, missed * miss + np.minimum(gone * miss, UNSEEN), 0.0
        )
    # Of moments as good the last: a look that costs nothing is the plume's.
    return float(ends[np.flatnonzero(cost <= cost.min() + 1e-9)[-1]])
