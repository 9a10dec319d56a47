"""The room's kernels are compiled for one set of types each, whatever they are called with."""

import numpy as np

from tests.motion.arcs import BURNOUT
from tocsin.motion import (
    back,
    ballistic,
    crossing,
    dop853,
    drop,
    equations,
    fall,
    nodes,
    outcome,
    steps,
    sweep,
)
from tocsin.motion.arcs import arcs_back, arcs_down, points_down
from tocsin.motion.ballistic import impact, impacts, impacts_stm, propagate, propagate_many, propagate_stm
from tocsin.motion.forces import GATING, ZONAL


def test_each_kernel_is_compiled_once():
    for inv_beta in (0, 0.0, np.float64(1e-4)):
        impact(0, BURNOUT, inv_beta, t_max=3000)
        impacts(0.0, [BURNOUT, BURNOUT], inv_beta)
        impacts_stm(0.0, [BURNOUT], inv_beta, forces=GATING)
        propagate_many(0.0, [BURNOUT], inv_beta, [1.0, 2.0], forces=ZONAL)
        propagate(0, BURNOUT.tolist(), inv_beta, range(-20, 100, 30))
        propagate_stm(np.float32(0.0), np.asfortranarray(BURNOUT[None])[0], inv_beta, np.arange(9)[::2])
        arcs_down([BURNOUT], inv_beta, np.eye(7)[None], [[5.0, 3000]])
        arcs_back(np.asfortranarray([BURNOUT, -BURNOUT]), inv_beta)
        points_down(np.array([BURNOUT]), np.array([float(inv_beta)]))
    compiled = {
        f"{module.__name__}.{name}": len(kernel.signatures)
        for module in (
            back,
            ballistic,
            crossing,
            dop853,
            drop,
            equations,
            fall,
            nodes,
            outcome,
            steps,
            sweep,
        )
        for name, kernel in vars(module).items()
        if hasattr(kernel, "signatures")
    }
    assert len(compiled) > 10
    assert {name: count for name, count in compiled.items() if count > 1} == {}
