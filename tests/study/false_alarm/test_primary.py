"""A window's start: the same numbers give the same window, near ones a near one, and nature's law is kept."""

import numpy as np
import pytest
from scipy import stats

from tocsin.study.false_alarm.parts import PARTS
from tocsin.study.false_alarm.primary import NOISES, STEP, Primary, Start, fresh, moved
from tocsin.study.false_alarm.rates import RATES

SPLIT = [(p, k) for p in PARTS for k, s in enumerate(p.strata) if s.split]


def primary(seed: int, z=()) -> Primary:
    return Primary(np.array(z), np.random.default_rng(seed))


@pytest.mark.parametrize(
    ("draw", "law"),
    [
        (lambda g: g.standard_normal(4000), stats.norm),
        (lambda g: g.random(4000), stats.uniform),
        (lambda g: g.uniform(2.0, 5.0, 4000), stats.uniform(2.0, 3.0)),
        (lambda g: g.exponential(3.0, 4000), stats.expon(scale=3.0)),
    ],
)
def test_the_laws_are_those_they_are_named_for(draw, law):
    assert stats.kstest(draw(primary(1)), law.cdf).pvalue > 1e-3


def test_whole_numbers_and_choices():
    drawn = primary(2).integers(5, size=5000)
    assert set(drawn) == set(range(5))
    assert stats.chisquare(np.bincount(drawn)).pvalue > 1e-3
    chosen = primary(3).choice(np.array(["a", "b"]), 5000, p=[0.2, 0.8])
    assert np.mean(chosen == "b") == pytest.approx(0.8, abs=4.0 * np.sqrt(0.16 / 5000))
    assert primary(4).choice(np.eye(3)).shape == (3,)


def test_numbers_hang_on_z_alone_and_are_kept():
    one = primary(1)
    first = [one.random(), *one.standard_normal(3), one.uniform(1.0, 2.0)]
    again = primary(99, one.z)
    assert [again.random(), *again.standard_normal(3), again.uniform(1.0, 2.0)] == first
    assert len(again.z) == 5
    assert again.random() != one.random()  # beyond what was kept


@pytest.mark.parametrize(("part", "k"), SPLIT, ids=[f"{p.name} {k}" for p, k in SPLIT])
def test_a_window_is_a_function_of_its_start(part, k):
    stratum = part.strata[k]
    one = primary(5)
    first = stratum.draw(0, RATES, one).scene
    again = stratum.draw(0, RATES, primary(6, one.z)).scene
    assert len(first.common) == len(again.common)
    for a, b in zip(first.common, again.common, strict=True):
        np.testing.assert_array_equal(a.r_ecef, b.r_ecef)
        np.testing.assert_array_equal(a.power, b.power)
    assert (first.late_s, first.bursts) == (again.late_s, again.bursts)


def test_moves_keep_natures_law():
    rng = np.random.default_rng(7)
    start = Start(rng.standard_normal(4000), fresh(rng).noise)
    noise = {start.noise}
    for _ in range(20):
        start = moved(start, rng)
        noise.add(start.noise)
        assert len(start.noise) == NOISES
    assert stats.kstest(start.z, stats.norm.cdf).pvalue > 1e-3
    assert len(noise) > 5


def test_a_move_changes_what_happens_and_half_the_time_the_noise():
    rng = np.random.default_rng(8)
    start = Start(np.full(200, 1.0), fresh(rng).noise)
    seen = [moved(start, rng) for _ in range(400)]
    changed = [sum(a != b for a, b in zip(m.noise, start.noise, strict=True)) for m in seen]
    assert set(changed) == {0, 1, NOISES}
    assert np.mean(np.array(changed) > 0) == pytest.approx(0.5, abs=0.1)
    # The mean of what is left of it, and of the new.
    assert np.mean([m.z for m in seen]) == pytest.approx(np.sqrt(1.0 - STEP**2), abs=0.02)


def test_moves_keep_the_law_of_what_draws_now_more_numbers_and_now_fewer():
    """The first number says whether a second is drawn, the second whether the window is what is asked."""
    rng = np.random.default_rng(9)

    def drawn(start: Start) -> Start:
        source = Primary(start.z, rng)
        if source.standard_normal() > 0.0:
            source.standard_normal()
        return Start(source.z, start.noise)

    starts = [drawn(fresh(rng)) for _ in range(4000)]
    for _ in range(4):
        near = [drawn(moved(s, rng)) for s in starts]
        # What is asked: of two numbers the second above nought, of one nothing.
        starts = [n if len(n.z) == 1 or n.z[1] > 0.0 else s for n, s in zip(near, starts, strict=True)]
    kept = [s for s in starts if len(s.z) == 1 or s.z[1] > 0.0]
    assert {len(s.z) for s in starts} == {1, 2}
    assert np.mean([len(s.z) == 2 for s in kept]) == pytest.approx(1.0 / 3.0, abs=0.04)
