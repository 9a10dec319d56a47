"""Splitting on a toy whose answer is known: a rare tail of a sum, come to by moves that keep nature's law."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest

from tocsin.study.false_alarm.estimate import estimate
from tocsin.study.false_alarm.primary import NOISES, Start, moved
from tocsin.study.false_alarm.splitting import HIT, SHARE, Effort, Level, split

# A unit normal beyond 4 and beyond 3: Abramowitz and Stegun 26.2.
BEYOND = {4.0: 3.1671e-5, 3.0: 1.3499e-3}
SIDES = 3


@dataclass(frozen=True)
class Toy:
    """The mean of three normal numbers, scaled to one: beyond `far` it is what is sought."""

    start: Start
    danger: float
    weight: float = 1.0


def toy(start: Start, far: float) -> Toy:
    return Toy(start, min(float(start.z.sum()) / math.sqrt(SIDES) - far, HIT))


def levels(far: float, seed: int, windows: int = 200, most: int = 30, least: float = 0.0):
    """As the study drives its strata, in this process."""
    drawing = split(Effort(windows, most, least), np.random.default_rng([seed, 1]))
    jobs = next(drawing)
    while True:
        chains = []
        for job in jobs:
            rng = np.random.default_rng([seed, *job.key])
            now = job.seed or toy(Start(rng.standard_normal(SIDES), (0,) * NOISES), far)
            chain = [now]
            while len(chain) < job.length:
                near = toy(moved(now.start, rng), far)
                now = near if near.danger > job.floor else now
                chain.append(now)
            chains.append(tuple(chain))
        try:
            jobs = drawing.send(chains)
        except StopIteration as end:
            return end.value


def found(far: float, seed: int, **rest):
    return estimate(levels(far, seed, **rest), lambda d: d.danger >= HIT, sought=True)


def test_a_rare_tail_is_found_within_its_error():
    made = [found(4.0, k) for k in range(150)]
    means, errors = np.array([f.mean for f in made]), np.array([f.error for f in made])
    spread = means.std(ddof=1) / math.sqrt(len(means))
    assert means.mean() == pytest.approx(BEYOND[4.0], abs=4.0 * spread)
    # The error told is what the runs scatter by, or more.
    assert 0.8 < errors.mean() / means.std(ddof=1) < 2.5
    assert np.mean([f.upper > BEYOND[4.0] for f in made]) > 0.9
    assert 0.5 < np.median(means) / BEYOND[4.0] < 1.2
    # Some 1,300 draws where nature's law alone would need 30,000 for one.
    assert np.mean([f.windows for f in made]) < 2000


def test_levels_tell_what_lies_below_as_well():
    made = [estimate(levels(4.0, k), lambda d: d.danger >= -1.0) for k in range(60)]
    means = np.array([f.mean for f in made])
    assert means.mean() == pytest.approx(
        BEYOND[3.0], rel=4.0 * means.std(ddof=1) / BEYOND[3.0] / math.sqrt(60)
    )


def test_what_is_frequent_needs_one_level():
    made = levels(0.0, 1)
    assert len(made) == 1
    assert found(0.0, 1).mean == pytest.approx(0.5, abs=0.15)


def test_each_level_begins_at_a_quantile_of_the_one_before():
    made = levels(4.0, 2)
    for lower, upper in pairwise(made):
        assert upper.floor == lower.above
        assert upper.reached == pytest.approx(SHARE * lower.reached, rel=0.05)
        assert min(d.danger for d in upper.drawn) > upper.floor
    assert made[-1].above == math.inf


def test_what_cannot_rise_ends_with_its_bound():
    drawing = split(Effort(40, 10, 0.0), np.random.default_rng(1))
    jobs = next(drawing)
    with pytest.raises(StopIteration) as end:
        drawing.send([(Toy(Start(np.zeros(0), ()), -5.0),) for _ in jobs])
    (level,) = end.value.value
    none = estimate((level,), lambda d: d.danger >= HIT, sought=True)
    assert (none.mean, none.hits) == (0.0, 0)
    assert none.upper == pytest.approx(2.996 / 40, rel=1e-3)


def test_it_ends_at_the_most_levels_and_below_the_least_chance():
    assert len(levels(4.0, 1, most=3)) == 3
    # 1, 0.25 and 0.06, which is below a tenth.
    assert len(levels(4.0, 1, least=0.1)) == 3


def chains(*dangers):
    return tuple(tuple(Toy(Start(np.zeros(0), ()), d) for d in chain) for chain in dangers)


def test_the_upper_end_never_falls_with_a_hit_more_in_chains():
    made = [[(HIT,) * k + (-1.0,) * (4 - k), *[(-1.0,) * 4] * 2] for k in range(5)]
    ends = [
        estimate((Level(0.1, 0.3, -2.0, chains(*one)),), lambda d: d.danger >= HIT, sought=True).upper
        for one in made
    ]
    assert np.all(np.diff(ends[1:]) > 0.0)
    assert ends[4] > ends[0]


def test_what_no_level_is_sought_for_may_hide_in_each():
    lower = Level(1.0, 0.0, -math.inf, chains(*[(-3.0,)] * 20, *[(-1.5,)] * 5), -2.0)
    upper = Level(0.2, 0.2, -2.0, chains(*[(-1.5,) * 4] * 5))
    other = estimate((lower, upper), lambda d: False)
    sought = estimate((lower, upper), lambda d: False, sought=True)
    assert other.upper > 2.9 / 25 > 2.0 * sought.upper / 5
    assert sought.upper > 0.2 * 2.9 / 5


@pytest.mark.parametrize("weight", [0.1, 0.7, 1e-11])
def test_one_weighted_hit_is_one(weight):
    level = Level(1.0, 0.0, -math.inf, ((Toy(Start(np.zeros(0), ()), HIT, weight),),))
    found = estimate((level,), lambda d: True, sought=True)
    assert found.effective == pytest.approx(1.0)
    assert found.upper == pytest.approx(4.744 * weight, rel=1e-3)


def test_figures_are_plain_numbers():
    """As JSON takes them, whatever the windows and floors are made of."""
    toy = Toy(Start(np.zeros(0), ()), np.float64(HIT), np.float64(0.5))
    level = Level(np.float64(0.1), np.float64(0.2), np.float64(-3.0), ((toy, toy),))
    found = estimate((level,), lambda d: d.danger >= HIT, sought=True)
    assert [type(v) for v in (found.mean, found.error, found.upper)] == [float] * 3
    assert [type(v) for v in (found.hits, found.windows)] == [int, int]
