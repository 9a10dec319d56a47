"""Looks that are impossible, contradictory or all on one line: a template's fit says so."""

import math
from dataclasses import replace

import numpy as np
import pytest

from tests.estimate.scenes import TELESCOPES, Ascent, template
from tocsin.estimate.boost import fit_template


def altered(looks, **changes):
    return replace(looks, **{k: v(getattr(looks, k).copy()) for k, v in changes.items()})


def put(a, value):
    a[3, 0] = value
    return a


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda looks: looks.where(np.arange(1)), "unobservable"),
        (lambda looks: looks.where(np.arange(0)), "invalid"),
        (lambda looks: looks.where(np.zeros(20, dtype=np.int64)), "unobservable"),
        (lambda looks: altered(looks, sigma=lambda a: put(a, 0.0)), "invalid"),
        (lambda looks: altered(looks, sigma=lambda a: put(a, math.nan)), "invalid"),
        (lambda looks: altered(looks, z=lambda a: put(a, math.nan)), "invalid"),
        (lambda looks: altered(looks, r_sensor=lambda a: put(a, math.inf)), "invalid"),
    ],
)
def test_bad_looks_have_a_status(change, status):
    fit = fit_template(change(Ascent(0).looks), TELESCOPES, template())
    assert fit.status == status
    assert not np.isfinite(fit.state.x).any()
    assert fit.modes == ()


@pytest.mark.parametrize("eyes", [(0, 1), (0,)])
def test_looks_that_contradict_one_another_are_not_explained(eyes):
    looks = Ascent(0, eyes=eyes).looks
    z = looks.z.copy()
    z[::2, 0] += 100.0 * 50e-6
    fit = fit_template(replace(looks, z=z), TELESCOPES, template())
    assert fit.status != "converged" or fit.tail < 1e-6


def test_looks_all_on_one_line_do_not_break():
    looks = Ascent(0).looks
    one = replace(looks, z=np.where((looks.channel == 0)[:, None], looks.z[0], looks.z[1]))
    fit = fit_template(one, TELESCOPES, template())
    assert fit.status != "converged" or fit.tail < 1e-6
