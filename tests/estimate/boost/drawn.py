"""A powered flight drawn from the profile-free model itself."""

import math

import numpy as np

from tests.estimate.scenes import KICK, LAUNCH, SATELLITES, template
from tocsin.estimate.boost.front import weighted
from tocsin.estimate.boost.knots import SLOWNESS, SLOWNESS_SIGMA
from tocsin.estimate.boost.turn import (
    LN_A,
    RESTART_LN_A,
    RESTART_SIGMA,
    STATE,
    USUAL,
    noise_information,
    step,
)
from tocsin.estimate.looks import Looks, in_order, joined
from tocsin.motion.thrust import ascend
from tocsin.sensor.measurement import focal_angles


class Drawn:
    """A powered flight drawn from the model itself, with two stagings, and what two telescopes saw of it."""

    def __init__(self, seed):
        rng = np.random.default_rng(seed)
        n = 120
        q, W = np.zeros(5), np.zeros((STATE, STATE))
        noise_information(1.0, USUAL, q)
        weighted(q, np.eye(STATE), W, STATE)
        root = np.linalg.cholesky(np.linalg.inv(W))
        azimuth = rng.uniform(0.0, 2.0 * math.pi)
        start = ascend(template().rocket, LAUNCH, azimuth, KICK, 400.0, np.array([40.0]), 0.25)[0]
        self.stagings = (35, 80)
        while True:
            self.slowness = SLOWNESS + SLOWNESS_SIGMA * rng.standard_normal()
            x = np.zeros((n + 1, STATE))
            x[0, :6], x[0, LN_A] = start, RESTART_LN_A + 0.3 * rng.standard_normal()
            x[0, 7:] = USUAL[0] * rng.standard_normal(2)
            s = np.zeros((12, STATE))
            for k in range(n):
                step(x[k], self.slowness, 1.0, x[k + 1], s)
                x[k + 1] += root @ rng.standard_normal(STATE)
                if k in self.stagings:
                    x[k + 1, LN_A] = RESTART_LN_A + RESTART_SIGMA * rng.standard_normal()
            if x[:, LN_A].max() < math.log(110.0):
                break
        self.x = x
        self.restart = np.zeros(n)
        self.restart[list(self.stagings)] = 1.0
        t = 1000.0 + np.arange(n + 1.0)
        parts = []
        for c in (0, 1):
            r_s = np.tile(SATELLITES[c], (n + 1, 1))
            z, sigma = np.zeros((n + 1, 3)), np.ones((n + 1, 3))
            z[:, :2] = focal_angles(x[:, :3], x[:, 3:6], r_s)[0] + rng.normal(0.0, 20e-6, 2)
            z[:, :2] += rng.normal(0.0, 50e-6, (n + 1, 2))
            sigma[:, :2] = 50e-6
            parts.append(Looks(t, np.full(n + 1, c, dtype=np.int64), z, sigma, r_s))
        self.looks = in_order(joined(parts))
