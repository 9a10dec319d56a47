"""What `tocsin fit` tells a person to look at: lasting errors, outliers, noise and range rates."""

import numpy as np
import pytest

from tests.cli.looksfiles import ERROR, SIGMA, STATION, looks
from tests.cli.test_fit import NOISE, fitted, said, written
from tocsin.interchange.arrowlooks import write_arrow


def test_a_lasting_error_beyond_its_prior_is_named_and_speaks_against_the_arc(tmp_path):
    """2,000 m of range on a prior of 50 m; 1,000 m may still converge, and is named."""
    file = written(tmp_path, looks(np.random.default_rng(1), error=np.array([1000.0, *ERROR[1:]])))
    assert "lasting error of RADAR: range +" in fitted(file)[1]["remarks"][-1]
    file = written(tmp_path, looks(np.random.default_rng(1), error=np.array([2000.0, *ERROR[1:]])))
    status, told = fitted(file)
    assert (status, told["verdict"]) == (1, "contradictory")
    (far,) = [e for e in told["stations"][0]["errors"] if abs(e["prior_sigmas"]) > 4.0]
    assert far["name"] == "range"
    assert far["prior_sigmas"] == pytest.approx(far["value"] / 50.0)
    assert "lasting error of RADAR: range +" in told["remarks"][-1]
    text = said("fit", file, "--station", STATION, *NOISE)[1]
    assert f"{far['prior_sigmas']:.1f} sigma of its prior (50 m)" in " ".join(text.split())


def test_an_outlier_is_named_with_its_weight_and_its_own_residual(tmp_path):
    table = looks(np.random.default_rng(2))
    before = table.values[51, 0]
    table.values[51, 0] += 10.0 * SIGMA[0]
    told = fitted(written(tmp_path, table))[1]
    assert told["verdict"] == "converged"
    (out,) = told["outliers"]
    assert out["channel"] == "range"
    assert out["weight"] < 0.1
    assert out["sigmas"] == pytest.approx(told["worst"]["sigmas"]) == pytest.approx(10.0, abs=3.5)
    assert "1 value counts less than half" in told["remarks"][0]
    (row,) = [row for row in told["residuals"] if row["channel"] == "range"]
    assert row["rms"] == pytest.approx(SIGMA[0] * row["rms_sigma"], rel=1e-6)
    assert row["chi2"] > 50.0
    table.values[51, 0] = before
    assert fitted(written(tmp_path, table))[1]["outliers"] == []


def test_a_misfit_too_small_is_remarked_on(tmp_path):
    file = written(tmp_path, looks(np.random.default_rng(3)))
    told = fitted(file)[1]
    assert told["remarks"] == []
    assert 1e-4 < told["low_tail"] < 1.0
    wide = fitted(file, "--sigma-range-m", "200", "--sigma-angle-deg", "0.3", "--sigma-rate-m-s", "2")[1]
    assert wide["verdict"] == "converged"
    assert wide["low_tail"] < 1e-12
    assert wide["remarks"][-1].startswith("so small a misfit is rare by chance (under 1e-12): the noise")


def test_wrong_range_rates_are_found_out(tmp_path):
    for scale in (-1.0, 2.0):
        table = looks(np.random.default_rng(4))
        table.rate[:] *= scale
        told = fitted(written(tmp_path, table))[1]
        assert told["verdict"] in ("diverged", "contradictory")
        assert told["remarks"][0].startswith("without their range rates the looks make one arc")
        assert "--round-trip" in told["remarks"][0]


def test_few_looks_with_range_rates_tell_no_covariance(tmp_path):
    table = looks(np.random.default_rng(5))
    status, told = fitted(written(tmp_path, table.where(np.arange(3))))
    assert (status, told["verdict"], told["state"]) == (1, "unobservable", None)
    assert told["nonlinearity"] > 0.5
    assert "no covariance can tell how much" in told["why"]
    assert fitted(written(tmp_path, table))[1]["nonlinearity"] < 0.2


def test_what_is_assumed_is_only_what_is_used(tmp_path):
    pytest.importorskip("arro3.io", reason="arro3 is not installed")
    table = looks(np.random.default_rng(6))

    def assumed(file, *words):
        return {line.split(" = ")[0] for line in fitted(file, *words)[1]["assumed"]}

    write_arrow(table, tmp_path / "a.arrow")
    lasting = {"bias_range_m", "bias_angle_deg", "clock_s"}
    air = {"troposphere_scale", "ionosphere_scale", "surface_refractivity", "tecu"}
    assert assumed(tmp_path / "a.arrow") == lasting
    assert assumed(tmp_path / "a.arrow", "--frequency-mhz", "430") == lasting | air
    assert assumed(written(tmp_path, table)) == lasting


def test_a_station_in_the_south_needs_no_equals_sign(tmp_path):
    file = written(tmp_path, looks(np.random.default_rng(7)))
    spaced = said("fit", file, "--station", "-60,30,100", "--json")
    assert spaced == said("fit", file, "--station=-60,30,100", "--json")
    assert spaced[2] == ""


def test_noise_and_times_that_are_none_are_told_with_their_row(tmp_path):
    pytest.importorskip("arro3.io", reason="arro3 is not installed")
    for change, words in (
        (lambda table: table.sigmas.__setitem__((3, 0), 1e-300), "row 4: sigmas: are no radar's noise"),
        (lambda table: table.sigmas.__setitem__((3, 0), 1e300), "row 4: sigmas: are no radar's noise"),
        (lambda table: table.t.__setitem__(3, 1e12), "row 4: time: 1e+12 s from 2000 is no time of a look"),
    ):
        table = looks(np.random.default_rng(8))
        change(table)
        write_arrow(table, tmp_path / "a.arrow")
        status, _, complaint = said("fit", tmp_path / "a.arrow", "--station", STATION)
        assert status == 2
        assert f"a.arrow: {words}" in complaint
