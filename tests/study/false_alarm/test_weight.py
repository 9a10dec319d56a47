"""Importance weights of an encounter against integrals that are known."""

import math

import numpy as np
import pytest

from tocsin.study.false_alarm.weight import NATURAL, PROPOSAL, Law, encounter

MEETING = np.array([900.0, -400.0])
REACH_M = 60e3
LAW = Law(math.pi * REACH_M**2, ((0.9, 300.0), (0.1, 1500.0)))


def drawn(proposal, n: int, law: Law = LAW):
    rng = np.random.default_rng(3)
    all_ = [encounter(law, MEETING, rng, proposal) for _ in range(n)]
    return np.array([e.d for e in all_]), np.array([e.v for e in all_]), np.array([e.weight for e in all_])


@pytest.mark.parametrize("law", [LAW, Law(LAW.area_m2), Law(LAW.area_m2, ((1.0, 600.0),), (900.0, -400.0))])
def test_weights_have_the_mean_of_one_and_a_bound(law):
    _, _, weight = drawn(PROPOSAL, 40_000, law)
    assert weight.mean() == pytest.approx(1.0, abs=4.0 * weight.std() / 200.0)
    assert weight.max() <= 1.0 / (1.0 - PROPOSAL.near) + 1e-9
    assert np.all(drawn(NATURAL, 200, law)[2] == pytest.approx(1.0))


def test_a_disc_about_the_target_has_its_share_of_the_area():
    d, _, weight = drawn(PROPOSAL, 40_000)
    inside = weight * (np.hypot(*d.T) < 10e3)
    assert inside.mean() == pytest.approx((10e3 / REACH_M) ** 2, abs=4.0 * inside.std() / 200.0)


def test_a_rare_meeting_is_as_rare_as_the_laws_say():
    """Within 10 km, and within 100 m/s of the target's motion on either axis: the product of both laws."""
    d, v, weight = drawn(PROPOSAL, 40_000)
    met = weight * ((np.hypot(*d.T) < 10e3) & (np.abs(v - MEETING) < 100.0).all(axis=1))

    def within(sigma: float) -> float:
        ends = [[math.erf((m + s) / sigma / math.sqrt(2.0)) for s in (-100.0, 100.0)] for m in MEETING]
        return math.prod(0.5 * (high - low) for low, high in ends)

    chance = (10e3 / REACH_M) ** 2 * sum(share * within(sigma) for share, sigma in LAW.speeds)
    assert chance < 1e-4
    assert met.mean() == pytest.approx(chance, abs=4.0 * met.std() / 200.0)
    assert met.std() / 200.0 < 0.05 * chance
