"""TDMs read: what a message says as plain arrays in SI, and the examples of the standard."""

import math

import numpy as np
import pytest

from tests.interchange.made import T0
from tests.interchange.tdm_made import LINES, WHOLE
from tocsin.interchange.tdm import read_tdm


@pytest.fixture
def both(tmp_path):
    file = tmp_path / "a.tdm"
    file.write_text(WHOLE)
    return read_tdm(file)


def test_the_radar_s_segment(both):
    one, _ = both
    assert one.participants == {1: "RADAR ONE", 2: "1998-999A"}
    assert (one.path, one.mode, one.timetag, one.system) == ((1, 2, 1), "SEQUENTIAL", "TRANSMIT", "UTC")
    assert (one.range_units, one.range_modulus, one.angle_type) == ("KM", 0.0, "AZEL")
    assert (one.quality, one.corrected, one.line) == ("RAW", "", 7)
    r = one.series["RANGE"]
    np.testing.assert_allclose(r.t, [T0, T0 + 7.0], rtol=0, atol=2e-7)
    assert r.value.tolist() == [1500.25e3, 1490.0e3]
    assert [LINES[i - 1].split()[0] for i in r.line] == ["RANGE", "RANGE"]
    np.testing.assert_allclose(one.series["ANGLE_1"].value, np.radians([-10.0, 351.0]))
    np.testing.assert_allclose(one.series["ANGLE_2"].value, np.radians([30.0, 30.5]))
    assert one.series["DOPPLER_INSTANTANEOUS"].value.tolist() == [-1500.0]


def test_offsets_and_corrections_that_were_not_applied_are_added(both):
    _, two = both
    # GPS is 18 s ahead of UTC since 2017 (IERS Bulletin C 52).
    np.testing.assert_allclose(two.series["RECEIVE_FREQ_1"].t, [T0], rtol=0, atol=2e-7)
    assert two.series["RECEIVE_FREQ_1"].value.tolist() == [2.0e9 - 400.25 + 0.5]
    assert two.series["DOPPLER_INTEGRATED"].value.tolist() == [1250.0]
    assert two.series["PRESSURE"].value.tolist() == [101_325.0]
    assert (two.corrected, two.quality, two.timetag) == ("NO", "DEGRADED", "RECEIVE")
    assert (two.interval_s, two.interval_ref) == (1.0, "MIDDLE")


@pytest.mark.parametrize(("units", "factor"), [("km", 1e3), ("s", 299_792_458.0), ("RU", 1.0), (None, 1e3)])
def test_units_of_range(tmp_path, units, factor):
    text = WHOLE.replace("RANGE_UNITS = km\n", f"RANGE_UNITS = {units}\nRANGE_MODULUS = 2\n" if units else "")
    (tmp_path / "a.tdm").write_text(text)
    one, _ = read_tdm(tmp_path / "a.tdm")
    assert one.series["RANGE"].value[0] == pytest.approx(1500.25 * factor, rel=1e-15)
    assert one.range_modulus == (2.0 * factor if units else 0.0)


@pytest.mark.parametrize(("system", "ahead"), [("UTC", 0.0), ("TAI", 37.0), ("GPS", 18.0), ("TT", 69.184)])
def test_time_systems(tmp_path, system, ahead):
    (tmp_path / "a.tdm").write_text(WHOLE.replace("TIME_SYSTEM = UTC", f"TIME_SYSTEM = {system}"))
    one, _ = read_tdm(tmp_path / "a.tdm")
    assert one.series["RANGE"].t[0] == pytest.approx(T0 - ahead, abs=2e-7)


# The first and last values of each file, as they stand there, in the file's own units.
EXAMPLES = {
    "TDMExample2": (1, {"TRANSMIT_FREQ_2": (1, 32023442781.733), "RECEIVE_FREQ_1": (6, 32021034790.7265)}),
    "TDMExample4": (1, {"RANGE": (5, 39242998.5151986), "TRANSMIT_FREQ_RATE_1": (5, 0.59299)}),
    "TDMExample6": (1, {"RANGE": (4, 80452.7542e3), "ANGLE_2": (4, math.radians(13.38100016))}),
    "TDMExample8": (2, {"DOPPLER_INTEGRATED": (3, -1498.776048), "ANGLE_1": (3, math.radians(67.01312389))}),
    "TDMExample15": (3, {"CLOCK_BIAS": (4, 9.56e-7), "CLOCK_DRIFT": (3, 6.944e-14)}),
    "TDMExampleAllKeywordsSequential": (1, {"RANGE": (1, 17.0), "STEC": (1, 42.0), "PRESSURE": (1, 45.0)}),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_of_the_standard(reference, name):
    count, wanted = EXAMPLES[name]
    segments = read_tdm(reference / "sensors" / "tdm" / f"{name}.txt")
    assert len(segments) == count
    for key, (n, first) in wanted.items():
        series = segments[0].series[key]
        assert len(series.t) == n
        assert series.value[0] == pytest.approx(first, rel=1e-14)


def test_all_keywords_are_known(reference):
    (one,) = read_tdm(reference / "sensors" / "tdm" / "TDMExampleAllKeywordsSequential.txt")
    assert len(one.series) == 47
    assert (one.timetag, one.angle_type, one.frame, one.range_units) == ("TRANSMIT", "RADEC", "EME2000", "RU")
    assert one.range_modulus == 32768.0
