"""What figures make of draws: too large, too good, and what no bound holds of."""

import numpy as np
import pytest

from tocsin.study.accuracy.draw import Asked, Case, Draw
from tocsin.study.accuracy.figures import plain, told

RMSE = {"position": 1.1, "impact": 1.1}


def found(scale, truth="own", runs=400, lost=0, **asked):
    """The figures of runs whose errors are `scale` times what their bounds say, of an elongated region.

    `lost` of them end as "manoeuvring".
    """
    rng = np.random.default_rng(0)
    draws = []
    for _ in range(runs):
        e, miss = scale * rng.standard_normal(2)
        errors = {"launch": (200.0, 200.0), "position": (abs(e), 1.0), "impact": (abs(miss), 1.0)}
        status = "manoeuvring" if len(draws) < lost else "converged"
        draws.append(Draw(status, errors, 6.0 * scale**2, 0.6745, 0.5))
    wanted = Asked((0.0, 2.0), **asked)
    return told(Case("made", "made up", lambda rng, truth: draws[0], runs, {truth: wanted}), truth, draws)


def test_errors_as_large_as_the_bound():
    met = found(1.0, rmse=RMSE, cep=1.15)
    assert met.verdict == "met"
    assert not any(f.too_good for f in met.figures.values())


@pytest.mark.parametrize("runs", [40, 400])
def test_errors_under_the_bound_are_too_good(runs):
    under = found(0.5, runs=runs, rmse=RMSE, cep=1.15)
    good = {name for name, f in under.figures.items() if f.too_good}
    assert good == {"position", "impact", "cep"}
    assert all(under.figures[name].verdict == "missed" for name in good)
    assert under.verdict == "missed"
    assert plain(under)["figures"]["position"]["too_good"]


def test_a_little_under_is_chance_where_the_runs_are_few():
    assert found(0.9, runs=20, rmse=RMSE).verdict == "met"


def test_another_truth_may_be_kinder_than_the_bound():
    assert found(0.5, truth="other", cep=1.5).verdict == "met"


@pytest.mark.parametrize(
    ("lost", "least", "verdict"), [(1, 1.0, "missed"), (4, 0.99, "met"), (5, 0.99, "missed")]
)
def test_runs_that_did_not_converge(lost, least, verdict):
    few = found(1.0, lost=lost, converged=least)
    assert few.ended == {"manoeuvring": lost, "converged": 400 - lost}
    assert few.verdict == verdict


def test_what_is_not_asked_is_not_judged():
    assert found(0.5).verdict == "met"


def test_the_median_miss_of_the_launch_point():
    far = found(1.0, launch_cep=150.0)
    assert far.figures["launch_cep"].value == 200.0
    assert far.figures["launch_cep"].verdict == "missed"
    assert plain(far)["figures"]["launch_cep"]["unit"] == "m"
    assert found(1.0, launch_cep=250.0).verdict == "met"
