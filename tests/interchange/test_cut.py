"""A span cut out of an ephemeris: the samples within it as they were, its ends on the same course."""

import numpy as np
import pytest

from tocsin.errors import TocsinError
from tocsin.interchange.cut import cut
from tocsin.interchange.ephemeris import Ephemeris

RADIUS, RATE = 7e6, 1.1e-3


def circle(t: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    angle = RATE * t
    c, s, o = np.cos(angle), np.sin(angle), np.zeros_like(t)
    return RADIUS * np.stack([c, s, o], axis=1), RADIUS * RATE * np.stack([-s, c, o], axis=1)


T = np.arange(0.0, 1201.0, 30.0)
WHOLE = Ephemeris("object", "id", T, *circle(T), 30.0, 1170.0)


@pytest.mark.parametrize("span", [(100.0, 1000.0), (90.0, 990.0), (101.5, 118.5)])
def test_ends_and_asked_for_samples_lie_on_the_course(span):
    part = cut(WHOLE, *span, also=(110.0,))
    assert (part.t[0], part.t[-1]) == span
    assert np.all(np.diff(part.t) > 0.0)
    assert 110.0 in part.t
    r, v = circle(part.t)
    assert np.linalg.norm(part.r_ecef - r, axis=1).max() < 1e-4
    assert np.linalg.norm(part.v_ecef - v, axis=1).max() < 1e-5
    kept = np.isin(part.t, T) & (part.t > span[0]) & (part.t < span[1])
    assert kept.sum() == np.sum((span[0] < T) & (span[1] > T))
    assert np.array_equal(part.r_ecef[kept], WHOLE.r_ecef[np.isin(T, part.t[kept])])


def test_only_what_is_useable_is_left():
    part = cut(WHOLE, -500.0, 5000.0)
    assert (part.t[0], part.t[-1], part.useable_start, part.useable_stop) == (30.0, 1170.0, 30.0, 1170.0)


def test_a_sample_that_is_there_already_is_not_put_in_twice():
    part = cut(WHOLE, 60.0, 300.0, also=(120.0, 60.0, 900.0))
    assert np.array_equal(part.t, np.arange(60.0, 301.0, 30.0))


@pytest.mark.parametrize("span", [(-100.0, 20.0), (1170.0, 1300.0), (500.0, 500.0), (600.0, 500.0)])
def test_no_overlap_is_refused(span):
    with pytest.raises(TocsinError, match="object: no sample lies in the span"):
        cut(WHOLE, *span)
