"""What kind of vehicle flies: one that holds its thrust to its velocity, or one that steers aside of it."""

from __future__ import annotations

import math

import numpy as np

from tocsin.estimate.boost.knots import Frame, Room, Solved, of_noise, solve
from tocsin.estimate.boost.turn import PITCH, STEADY, STEERED, USUAL

KINDS_COST = 2.0 * math.log(3.0)  # in the evidence: any of the three is as likely before the looks (assumed)


def of_another_kind(frame: Frame, usual: tuple[float, Solved]) -> list[tuple[float, Solved]]:
    """The solution of another noise than the usual, with its evidence; none where it is not found.

    Which one is tried the usual solution tells: where its thrust deviates by more than the usual sigma on
    the whole, the vehicle steers, and else it may be steadier than that.
    """
    evidence, found = usual
    deviation = math.sqrt(float(np.mean(np.square(found.x[:, PITCH:]))))
    room = Room(of_noise(frame, STEERED if deviation > USUAL[0] else STEADY))
    other = solve(room, found.x, found.c, found.restart)
    if not other.sound:
        return []
    # What its stagings cost is what they cost there.
    return [(other.evidence + evidence - found.evidence, other)]
