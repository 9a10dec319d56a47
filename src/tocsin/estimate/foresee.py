"""What looks that are yet to be made would leave of a body's uncertainty."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.looks import Channel
from tocsin.estimate.residuals import expected

Array = NDArray[np.float64]


def after_looks(P: Array, channel: Channel, r_sensor: Array, x: Array, phi: Array, sigma: Array) -> Array:
    """The covariance (7, 7) of state and ln beta that looks of one radar would leave of P (7, 7).

    x (m, 6), phi (m, 6, 7): the predicted states at the looks and their slopes in what P is of; sigma (m, 3):
    each look's noise. P+ = P - P H' (H P H' + C B C' + R)^-1 H P, with H the looks' slopes, C those in the
    radar's lasting errors and B their prior: one draw of them for all looks. They are taken as new: what
    looks that the same radar has made before have told of them is not counted.
    """
    values, jacobian, lasting = expected(channel, x[:, :3], x[:, 3:], np.broadcast_to(r_sensor, (len(x), 3)))
    per = 1.0 / sigma.ravel()
    H = (jacobian @ phi).reshape(-1, 7) * per[:, None]
    C = lasting.reshape(len(values) * 3, -1) * per[:, None] * np.array(channel.bias_sigma)
    told = P @ H.T
    S = H @ told + C @ C.T + np.eye(len(H))
    left = P - told @ np.linalg.solve(S, told.T)
    return np.asarray(0.5 * (left + left.T))
