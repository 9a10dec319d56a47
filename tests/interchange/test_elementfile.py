"""Element sets from a CSV file: figures in, and mistakes told with their line."""

import numpy as np
import pytest

from tocsin.earth.time import tai_from_utc, utc_from_tai
from tocsin.errors import TocsinError
from tocsin.interchange.elementfile import COLUMNS, read_element_file
from tocsin.motion.elementsets import sets_of_rows
from tocsin.motion.orbits import orbit_states, orbits_of

HEAD = ",".join(COLUMNS)
ROW = "900,CALSPHERE 1,2022,125.57076455,13.73770081,0.0027537,90.1774,40.1241,145.6838,334.4543,0.00066734"


def written(tmp_path, *lines):
    path = tmp_path / "sets.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_row_is_read(tmp_path):
    rows = read_element_file(written(tmp_path, "# who made it", HEAD, "", ROW))
    assert rows.names == ("CALSPHERE 1",)
    # 0.57076455 of a day is 13:41:54.057.
    assert utc_from_tai(float(rows.epoch_t_tai[0]), 3) == "2022-05-05T13:41:54.057Z"
    assert (rows.norad[0], rows.bstar[0], rows.mean_motion_rev_day[0]) == (900, 0.00066734, 13.73770081)
    assert sets_of_rows(rows).inclination[0] == pytest.approx(np.radians(90.1774))


def test_leap_seconds_within_a_year_are_counted(tmp_path):
    july = ROW.replace("2022,125.57076455", "2015,200.5")
    rows = read_element_file(written(tmp_path, HEAD, july))
    assert rows.epoch_t_tai[0] == tai_from_utc("2015-07-19T12:00:00Z")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([], ":1: is empty"),
        (["norad,name", ROW], ":1: its columns are norad, name; give"),
        ([HEAD, ROW, ROW.replace("0.0027537", "1.2")], ":3: eccentricity is 1.2; give 0 to"),
        ([HEAD, ROW.replace("90.1774", "x")], ":2: inclination_deg is 'x'; give a finite number"),
        ([HEAD, ROW.replace("2022,", "2022.5,")], ":2: epoch_year is 2022.5; give a whole number"),
        ([HEAD, ROW + ",1"], ":2: has 12 figures, not 11"),
        ([HEAD, ROW, "", ROW], ":4: norad 900 is also in line 2"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path, lines, told):
    path = written(tmp_path, *lines)
    with pytest.raises(TocsinError) as error:
        read_element_file(path)
    assert str(error.value).startswith(f"{path}{told}")


def test_all_mistakes_are_told_at_once(tmp_path):
    lines = [HEAD, ROW.replace("90.1774", "x"), ROW.replace("40.1241", "400").replace("0.0027537", "-1")]
    with pytest.raises(TocsinError) as error:
        read_element_file(written(tmp_path, *lines))
    assert len(error.value.problems) == 3


def test_the_active_satellites_of_a_day_are_in_orbit(reference):
    path = reference / "space" / "active_2022-05-05.csv"
    if not path.exists():
        pytest.skip("the published sets of 2022-05-05 are not among the reference facts")
    sets = sets_of_rows(read_element_file(path))
    assert len(sets) == 5549
    r, _ = orbit_states(orbits_of(sets), tai_from_utc("2022-05-05T18:00:00Z"))
    there = np.isfinite(r).all(axis=1)
    assert there.mean() > 0.999
    # A few were coming down that day.
    assert np.quantile(np.linalg.norm(r[there], axis=1), 0.002) > 6.6e6
