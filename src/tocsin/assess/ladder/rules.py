"""The ladder's rules, each by its name: none is hidden, and whether each is met goes with the event."""

from __future__ import annotations

import math

from tocsin.assess.assessment import Rule
from tocsin.assess.evidence.hypotheses import Weighed
from tocsin.assess.ladder.grounds import Grounds

# Of a launch over whatever else explains it best: assumed, and shown with every event.
PROBABLE_FACTOR, CONFIRMED_FACTOR = 100.0, 1e4
EXPLAINED_FACTOR, AGAIN_FACTOR = 100.0, 10.0
INFRARED_LOOKS = 20

NOTICE, PROBABLE, CONFIRMED, DEGRADED, EXPLAINED, OVER, LOST = (
    "a sensor's looks form a track",
    f"two telescopes, one for {INFRARED_LOOKS} looks, or a radar's ballistic arc",
    "infrared and radar agree on one motion",
    "no satellite in this picture; two radars of different site and band agree on one arc",
    f"something else explains it {EXPLAINED_FACTOR:g} times better than a launch",
    "the predicted impact has passed",
    "no sensor has seen it for 45 minutes",
)
# What ends an event for good; what was explained may come again.
ENDED = (OVER, LOST)
LIKELY, SURE, OWN = (
    f"a launch explains it {PROBABLE_FACTOR:g} times better than anything else of one channel",
    f"a launch explains it {CONFIRMED_FACTOR:,.0f} times better than anything else",
    "a sensor of the centre's own sees it",
)

_EITHER = {
    name: (Rule(name=name, met=False), Rule(name=name, met=True))
    for name in (NOTICE, PROBABLE, LIKELY, CONFIRMED, DEGRADED, SURE, OWN, EXPLAINED, OVER, LOST)
}


def rules(grounds: Grounds, weighed: Weighed) -> tuple[Rule, ...]:
    """Every rule of the event state, met or not."""
    enough = grounds.enough
    met = {
        NOTICE: bool(grounds.infrared or grounds.radars),
        PROBABLE: grounds.infrared >= 2
        or grounds.infrared_looks >= INFRARED_LOOKS
        or (grounds.ballistic and bool(enough)),
        LIKELY: weighed.factor >= math.log(PROBABLE_FACTOR),
        CONFIRMED: bool(grounds.infrared and enough and grounds.agrees),
        DEGRADED: not grounds.satellites_by_date and grounds.ballistic and _apart(enough),
        SURE: weighed.factor >= math.log(CONFIRMED_FACTOR),
        OWN: grounds.own,
        EXPLAINED: weighed.factor <= -math.log(EXPLAINED_FACTOR),
        OVER: grounds.over,
        LOST: grounds.lost,
    }
    return tuple([_EITHER[name][so] for name, so in met.items()])


def _apart(radars: tuple[tuple[str, str, int], ...]) -> bool:
    """Whether they stand at more than one site and look in more than one band."""
    return len({site for site, _, _ in radars}) > 1 and len({band for _, band, _ in radars}) > 1
