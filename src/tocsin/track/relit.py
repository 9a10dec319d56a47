"""A plume that is seen again soon after its engine seemed to be out: the next stage of the same body."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.gaussian import transported
from tocsin.sensor.measurement import focal_angles
from tocsin.track.coasts import flies
from tocsin.track.correlate import squared_distance
from tocsin.track.hypotheses.chain import Chains
from tocsin.track.hypotheses.watch import ACCELERATION
from tocsin.track.looktable import LookTable
from tocsin.track.picture import Picture
from tocsin.track.setting import Setting

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]

DARK_S = 20.0  # between two stages, in which the plume is not seen, at most (assumed)
ASKED_S = 30.0  # since its first look, a track is asked whether it is such a stage
KNOWN_RAD = 0.01  # 1 sigma, 400 km from 40,000 km: an arc known no better says nothing of where it is
RELIT_GATE = 12.0  # of two values: one in 400 is farther off


def relit(
    picture: Picture, c: int, row: int, shut: Bools, setting: Setting, chains: Chains, looks: LookTable
) -> Array:
    """How far off (s,) a telescope's group began from where each dark system track was; inf of others.

    d2 = (z - h(x))' S^-1 (z - h(x)) of its first look z, x the arc from the engine's end on; S holds what a
    thrust that went unseen since may have done, a dt^2 / 2. Its rates tell no more: a new launch has one in
    the same range. shut (s,): which cannot be.
    """
    m, groups = picture.members, picture.sensed[c].groups
    d2 = np.full(len(picture.systems), np.inf)
    last = -d2
    own = setting.telescope[m.channel]
    np.maximum.at(last, m.system[own], m.last_t[own])
    since = float(groups.units.first_t[row])
    if picture.t - since > ASKED_S:
        return d2
    dark = np.flatnonzero(~shut & (last < since) & (last >= since - DARK_S))
    dark = np.array([s for s in dark if flies(picture.solutions[s])], dtype=np.int64)
    if not len(dark):
        return d2
    first = looks.looks(chains.rows(int(groups.units.cell[row]))[:1], np.zeros(1))
    fixed = np.square(setting.channels[c].bias_sigma[:2])
    wide = float(groups.spread[groups.unit == row].max())
    for s in dark:
        solution = picture.solutions[s]
        assert solution is not None
        assert solution.state is not None
        there = transported(solution.state, float(first.t[0]), setting.bank.inv_beta)
        z, H = focal_angles(there.x[None, :3], there.x[None, 3:], first.r_sensor)
        P = there.P[:3, :3] + (0.5 * ACCELERATION * (since - last[s]) ** 2) ** 2 * np.eye(3)
        S = H[0] @ P @ H[0].T + np.diag(first.sigma[0, :2] ** 2 + fixed + wide**2)
        if not np.sqrt(np.trace(S)) <= KNOWN_RAD:
            continue
        d2[s] = squared_distance(first.z[:1, :2] - z, S[None])[0]
    return d2
