"""Availability: the published study of ideal coverage, and shares and gaps by hand."""

import csv
from pathlib import Path

import numpy as np
import pytest

from tocsin.catalogue import network, satellites
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError
from tocsin.sensor.availability import _longest, availability

KEYS = {s.norad: s.key for s in satellites()}
# Rows of the project's reference `coverage_ideal.csv`, typed in: date, satellites, place, per cent, minutes.
ROWS = [
    ("2016-06-15T00:00:00Z", (41032,), 47.5, -111.2, 78.7, 0.0, 158.0),
    ("2018-06-15T00:00:00Z", (41032, 42719), 39.66, 124.71, 81.0, 15.7, 244.0),
    ("2020-10-15T00:00:00Z", (41032, 42719, 44552, 45608), 45.0, -35.0, 100.0, 84.8, 0.0),
    ("2025-07-02T00:00:00Z", (45608, 49503), 15.0, 115.0, 79.7, 0.0, 260.0),
    ("2018-06-15T00:00:00Z", (41032, 42719), 0.0, 75.0, 10.4, 0.0, 1286.0),
    ("2016-06-15T00:00:00Z", (41032,), 0.0, 75.0, 0.0, 0.0, 5760.0),
]


def study(start_utc: str, norads: tuple[int, ...], lat_deg: float, lon_deg: float) -> tuple[float, ...]:
    """Per cent with one and with two, and the longest gap in minutes, over four days of 2-minute steps."""
    chosen = network(start_utc, satellites=tuple(KEYS[n] for n in norads), radars=())
    t = tai_from_utc(start_utc) + 120.0 * np.arange(4 * 720)
    found = availability(chosen, lat_deg, lon_deg, t)
    return 100.0 * found.one, 100.0 * found.two, found.longest_gap_s / 60.0


@pytest.mark.parametrize("row", ROWS)
def test_rows_of_the_study_of_ideal_coverage(row) -> None:
    *asked, one, two, gap = row
    found = study(*asked)
    assert found[0] == pytest.approx(one, abs=1.0)
    assert found[1] == pytest.approx(two, abs=1.0)
    assert found[2] == pytest.approx(gap, abs=2.0)


def test_the_whole_study_of_ideal_coverage(reference: Path) -> None:
    rows = list(csv.DictReader((reference / "space" / "coverage_ideal.csv").read_text().splitlines()))
    assert len(rows) == 42
    for row in rows:
        norads = tuple(int(n) for n in row["satellites"].split())
        one, two, gap = study(row["start_utc"], norads, float(row["lat_deg"]), float(row["lon_deg"]))
        assert one == pytest.approx(float(row["pct_at_least_1"]), abs=1.0), row
        assert two == pytest.approx(float(row["pct_at_least_2"]), abs=1.0), row
        assert gap == pytest.approx(float(row["longest_gap_min"]), abs=2.0), row


def test_a_degree_of_least_elevation_breaks_the_study() -> None:
    """Off India in 2018 it is the edge of the view that makes the figure: 10.4 per cent at 5 deg."""
    chosen = network("2018-06-15", satellites=("cosmos-2510", "cosmos-2518"), radars=())
    t = chosen.t_tai + 120.0 * np.arange(4 * 720)
    assert availability(chosen, 0.0, 75.0, t, min_elevation_deg=4.0).one > 0.114
    assert availability(chosen, 0.0, 75.0, t, min_elevation_deg=6.0).one < 0.094


@pytest.mark.parametrize(
    ("without", "longest"),
    [
        ([0, 0, 0, 0], 0.0),
        ([1, 1, 1, 1], 10.0),
        ([1, 0, 1, 1], 7.0),
        ([1, 1, 0, 1], 4.0),
        ([0, 1, 0, 0], 2.0),
    ],
)
def test_the_longest_gap(without: list[int], longest: float) -> None:
    assert _longest(np.array(without, dtype=bool), np.array([1.0, 2.0, 3.0, 4.0])) == longest


def test_uneven_times_weigh_what_they_stand_for() -> None:
    """The same hours, sampled densely in their first half: the shares stay."""
    chosen = network("2016-06-15", satellites=("cosmos-2510",), radars=())
    even = chosen.t_tai + 20.0 * np.arange(8640)
    uneven = np.concatenate([even[:4320], even[4320::6]])
    a, b = (availability(chosen, 47.5, -111.2, t) for t in (even, uneven))
    assert a.one == pytest.approx(b.one, abs=2e-3)
    assert a.longest_gap_s == pytest.approx(b.longest_gap_s, abs=120.0)


@pytest.mark.parametrize(
    ("lat", "t", "told"),
    [
        (0.0, [0.0], "two or more that rise"),
        (0.0, [1.0, 0.0], "two or more that rise"),
        (91.0, [0.0, 1.0], "latitude (deg): 91 is not possible"),
        (0.0, [0.0, np.nan], "time (TAI s): nan is not possible"),
    ],
)
def test_what_cannot_be_is_refused(lat: float, t: list[float], told: str) -> None:
    with pytest.raises(TocsinError) as refused:
        availability(network("2016-06-15"), lat, 0.0, t)
    assert told in str(refused.value)
