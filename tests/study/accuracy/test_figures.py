"""What figures make of draws: too large, too good, and what no bound holds of."""

import numpy as np
import pytest

from soaks.accuracy import line
from tocsin.study.accuracy.draw import Asked, Case, Draw
from tocsin.study.accuracy.figures import plain, told
from tocsin.study.accuracy.monte_carlo import case_of

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
    wanted = Asked((0.0, 2.0), holds=truth == "own", **asked)
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
    ("lost", "least", "verdict"),
    [(1, 1.0, "missed"), (4, 0.99, "met"), (5, 0.99, "open"), (12, 0.99, "missed")],
)
def test_runs_that_did_not_converge(lost, least, verdict):
    few = found(1.0, lost=lost, converged=least)
    assert few.ended == {"manoeuvring": lost, "converged": 400 - lost}
    assert few.verdict == few.figures["converged"].verdict == verdict
    assert few.figures["converged"].value == 1.0 - lost / 400.0


def test_a_run_lost_of_two_is_no_hundredth():
    assert found(1.0, runs=2, lost=1, converged=0.99).verdict == "missed"
    assert found(1.0, runs=2, converged=0.99).verdict == "met"


def test_what_is_not_asked_is_not_judged():
    kind = found(0.5)
    assert kind.verdict == "met"
    told = plain(kind)["figures"]
    assert told["position"]["verdict"] is told["position"]["too_good"] is None
    assert told["region_50"]["verdict"] is None
    assert told["nees"]["verdict"] == "met"


def test_the_band_of_nees_under_another_truth_is_of_its_own_scatter():
    """A chi-square's would be of sqrt(2 / (6 n)) whatever the draws: these are all alike."""
    alike = found(1.0, truth="other", runs=40).figures["nees"]
    assert alike.band == pytest.approx((1.0, 1.0))
    low, high = found(1.0, runs=40).figures["nees"].band
    assert high - low == pytest.approx(2.0 * 1.96 * np.sqrt(2.0 / 240.0), rel=0.1)


def test_a_steadier_vehicle_than_the_bound_s_may_be_under_it():
    """That of the fused cases, whose bound is of a vehicle that the usual noise moves."""
    asked = case_of("fused-30").asked["own"]
    assert not asked.holds
    assert "steadier" in asked.bound
    draws = [Draw("converged", {"impact": (0.2, 1.0)}, 6.0, 0.6745, 0.5) for _ in range(400)]
    figures = told(Case("made", "", lambda rng, truth: draws[0], 400, {"own": asked}), "own", draws).figures
    assert figures["cep"].too_good is None
    assert figures["cep"].verdict == "met"


def test_the_median_miss_of_the_launch_point():
    far = found(1.0, launch_cep=150.0)
    assert far.figures["launch_cep"].value == 200.0
    assert far.figures["launch_cep"].verdict == "missed"
    assert plain(far)["figures"]["launch_cep"]["unit"] == "m"
    assert found(1.0, launch_cep=250.0).verdict == "met"


def test_the_soak_s_line_marks_what_is_asked_and_leaves_the_rest():
    told_of = line(found(1.0, launch_cep=150.0))
    assert "missed" in told_of
    assert "launch_cep 200.000!" in told_of
    assert "region_50 " in told_of
    assert "region_50 ?" not in told_of
