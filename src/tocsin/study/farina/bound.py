"""The posterior Cramer-Rao bound of the case, by the recursion of Tichavsky, Muravchik and Nehorai."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.study.farina.model import SCANS, SIGMA, Q, all_moved, all_seen, drawn, two_look_start

Array = NDArray[np.float64]


def posterior_bound(flights: int, rng: np.random.Generator) -> Array:
    """The least covariance (60, 4, 4) of any estimate after each look; NaN at the first.

    J_(k+1) = Q^-1 - Q^-1 E F (J_k + E F' Q^-1 F)^-1 E F' Q^-1 + E H' R^-1 H, with expectations over the
    flights; J_1 is that of the two-look start at the truth. Source: Tichavsky, Muravchik and Nehorai,
    Posterior Cramer-Rao bounds for discrete-time nonlinear filtering, IEEE Trans. Signal Processing 46
    (1998) 1386.
    """
    x = np.stack([drawn(rng)[0] for _ in range(flights)])
    F = np.stack([all_moved(x[:, k])[1] for k in range(SCANS)])
    values, H = zip(*(all_seen(x[:, k]) for k in range(SCANS)), strict=True)
    starts = [two_look_start(np.stack([a, b]))[1] for a, b in zip(values[0], values[1], strict=True)]
    Qi = np.linalg.inv(Q)
    J = np.mean(np.linalg.inv(np.stack(starts)), axis=0)
    P = np.full((SCANS, 4, 4), np.nan)
    P[1] = np.linalg.inv(J)
    for k in range(1, SCANS - 1):
        mean_F = F[k].mean(axis=0)
        D = np.einsum("fji,jk,fkl->il", F[k], Qi, F[k]) / flights
        whitened = H[k + 1] / SIGMA[:, None]
        seen = np.einsum("fji,fjk->ik", whitened, whitened) / flights
        J = Qi - Qi @ mean_F @ np.linalg.solve(J + D, mean_F.T @ Qi) + seen
        P[k + 1] = np.linalg.inv(J)
    return P
