"""How well a motion suits what is launched, and what was in orbit: the motion alone, not its light."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.classify import CLASSES, MODEL, ClassModel, Kinematics, classes
from tocsin.assess.classify.names import LAUNCHED

Array = NDArray[np.float64]

IN_ORBIT = ("satellite", "re-entry", "meteor")
LEAST = 1e-6
"""That a launch moves so, or a satellite: none is ruled out by more than a million to one (assumed)."""


def motion_odds(k: Kinematics, model: ClassModel = MODEL) -> Array:
    """ln p(motion | launched) and ln p(motion | from orbit) (n, 2), on one scale, the greater 0.

    p(motion | group) ~ sum P(c | motion) / sum rate_c over the classes of the group. What is unknown counts
    for neither.
    """
    bare = replace(
        k,
        templates=np.full_like(k.templates, np.nan),
        light=np.full_like(k.light, np.nan),
        light_s=np.full_like(k.light_s, np.nan),
        sea=np.full_like(k.sea, np.nan),
    )
    p, rate = classes(bare, model), np.array(model.rates) / sum(model.rates)
    orbit, launched = np.isin(CLASSES, IN_ORBIT), np.isin(CLASSES, LAUNCHED)
    found = np.stack([p[:, group].sum(axis=1) / rate[group].sum() for group in (launched, orbit)], axis=1)
    best = found.max(axis=1, keepdims=True)
    return np.asarray(np.log(np.maximum(found / np.where(best > 0.0, best, 1.0), LEAST)))
