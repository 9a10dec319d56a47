"""The Earth's orientation against the IERS series as printed, and what is assumed outside it."""

import numpy as np
import pytest

from tests.catalogue.eventfiles import GOOD
from tocsin.catalogue import read_event
from tocsin.earth.constants import OMEGA, R_EQ
from tocsin.earth.orientation import (
    MJD_EPOCH,
    earth_orientation,
    orientation_note,
    tai_minus_utc,
    ut1_and_pole,
)
from tocsin.earth.time import DAY, tai_from_utc, utc_from_tai


def test_outside_the_tables_ut1_is_utc():
    table = earth_orientation()
    assert (np.diff(table.t_tai) > 0).all()
    t = np.array(
        [tai_from_utc("1961-06-01"), tai_from_utc("1962-01-02T12:00:00Z"), tai_from_utc("2090-01-01")]
    )
    ut1_tai, x, y = ut1_and_pole(t)
    # TAI-UTC on 1961-06-01 is 1.4228180 s + 151 d x 0.001296 s/d (USNO tai-utc.dat); 37 s since 2017.
    assert ut1_tai[0] == pytest.approx(-(1.4228180 + 151 * 0.001296), abs=1e-6)
    assert ut1_tai[2] == pytest.approx(-37.0, abs=1e-9)
    assert x[0] == y[0] == x[2] == y[2] == 0.0
    # UT1-UTC of 2 and 3 January 1962 in the IERS C04 series is 0.0320547 and 0.0315526 s.
    utc_tai = -(1.8458580 + 1.5 * 0.0011232)
    assert ut1_tai[1] - utc_tai == pytest.approx(0.0318, abs=3e-4)


def test_what_is_assumed_before_1962_is_said():
    start = tai_from_utc("1961-12-31T23:00:00Z")
    for end in (start, start + DAY):
        note = orientation_note(start, end)
        assert note.startswith("before 1962")
        assert "UT1 = UTC and no polar motion are assumed" in note
        assert "0.5 km" in note
    assert orientation_note(tai_from_utc("1962-01-01"), tai_from_utc("1962-02-01")) is None


def test_what_is_assumed_after_the_predictions_is_said_with_their_last_day():
    last = float(earth_orientation().t_tai[-1])
    assert orientation_note(last - DAY, last) is None
    note = orientation_note(last - 10.0, last + 10.0)
    assert note.startswith(f"after {utc_from_tai(last)[:10]} there are no predictions")
    assert "0.5 km" in note


def test_the_size_said_holds_wherever_there_are_data():
    table = earth_orientation()
    midnight = np.round(MJD_EPOCH + table.t_tai / DAY)
    assert np.abs(table.ut1_tai + tai_minus_utc(midnight)).max() < 1.0
    assert np.hypot(table.pole_x, table.pole_y).max() * R_EQ < 25.0
    assert pytest.approx(465.1, abs=0.1) == OMEGA * R_EQ


@pytest.mark.parametrize(("year", "said"), [("2090", 1), ("2017", 0)])
def test_an_event_says_it_among_its_notes(tmp_path, year, said):
    text = GOOD.replace("2025-07-15", f"{year}-07-15").replace("[network]", "[network]\nsatellites = []")
    (tmp_path / "mine.toml").write_text(text)
    notes = read_event(tmp_path / "mine.toml").notes
    assert sum("UT1 = UTC" in note for note in notes) == said
