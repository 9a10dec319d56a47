"""Reliability and scores: values by hand, and that true probabilities pass and false ones do not."""

import math

import numpy as np
import pytest

from tocsin.study.calibration.reliability import BINS, Outcomes, reliability


def of(rows):
    """Rows (flight, probabilities, which came true) as outcomes."""
    case = np.concatenate([[k] * len(p) for k, (_, p, _) in enumerate(rows)])
    flight = np.concatenate([[f] * len(p) for f, p, _ in rows])
    true = np.concatenate([np.arange(len(p)) == which for _, p, which in rows])
    return Outcomes(np.concatenate([p for _, p, _ in rows]), true, case, flight)


def drawn(n, per_flight, rng, sharper=1.0):
    """Assessments of three outcomes, told true or, with `sharper` above one, too sure of themselves."""
    rows = []
    for flight in range(n):
        p = rng.dirichlet([0.7, 0.7, 0.7])
        which = int(rng.choice(3, p=p))
        told = p**sharper / np.sum(p**sharper)
        rows += [(flight, told, which)] * per_flight
    return of(rows)


def test_the_scores_by_hand():
    found = reliability(of([(0, [0.8, 0.2], 0), (1, [0.3, 0.7], 0)]), np.random.default_rng(0))
    assert found.brier == pytest.approx((2 * 0.2**2 + 2 * 0.7**2) / 2)
    assert found.log_score == pytest.approx(-(math.log(0.8) + math.log(0.3)) / 2)
    assert (found.assessments, found.flights, found.unforeseen) == (2, 2, 0.0)
    assert [b.events for b in found.bins] == [0, 0, 1, 1, 0, 0, 0, 1, 1, 0]
    assert found.bins[3].true == 1.0
    assert found.bins[7].off == pytest.approx(70.0)
    assert found.worst == pytest.approx(70.0)


def test_what_was_told_as_none_is_counted_apart():
    found = reliability(of([(0, [0.999, 0.001], 1), (1, [1.0, 0.0], 0)]), np.random.default_rng(0))
    assert found.unforeseen == 0.5
    assert found.bins[0].events == 0
    assert found.log_score == pytest.approx(-math.log(0.001) / 2)


def test_true_probabilities_lie_within_their_bands():
    """Bands of 95 % of ten bins in eight worlds: of 80 some 4 lie outside, 12 once in a thousand."""
    outside = 0
    for seed in range(8):
        rng = np.random.default_rng(seed)
        found = reliability(drawn(1500, 1, rng), rng)
        outside += sum(not b.band[0] <= b.told <= b.band[1] for b in found.bins)
    assert outside <= 12


def test_a_flight_told_three_times_makes_bands_no_narrower():
    one, three = (
        reliability(drawn(800, k, np.random.default_rng(4)), np.random.default_rng(1)) for k in (1, 3)
    )
    assert three.bins[5].events == 3 * one.bins[5].events
    assert three.brier == pytest.approx(one.brier)
    width = [b.bins[5].band[1] - b.bins[5].band[0] for b in (one, three)]
    assert width[1] == pytest.approx(width[0], rel=0.1)


def test_those_too_sure_are_caught():
    rng = np.random.default_rng(2)
    sure = reliability(drawn(3000, 1, rng, sharper=2.0), rng)
    assert sure.bins[-1].off > 3.0
    assert sure.bins[-1].band[1] < sure.bins[-1].told
    assert sure.worst > 8.0
    honest = reliability(drawn(3000, 1, np.random.default_rng(2)), rng)
    assert honest.brier < sure.brier
    assert honest.log_score < sure.log_score


def test_a_certainty_is_in_the_last_bin():
    found = reliability(of([(k, [1.0], 0) for k in range(5)]), np.random.default_rng(0))
    assert len(found.bins) == BINS
    assert found.bins[-1].events == 5
    assert found.brier == 0.0
