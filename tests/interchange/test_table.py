"""Tables of paths: places against astropy, velocities from a spline, and each mistake with its line."""

import re

import astropy.units as u
import numpy as np
import pytest
from astropy.coordinates import EarthLocation
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.interchange.made import STEP_S, T0, circle, clock, refusal
from tocsin.errors import TocsinError
from tocsin.interchange.table import read_table

S = STEP_S * np.arange(8)
R, V = circle(S)
LEAST_MM = 0.51e-3


def read(folder, text, start=T0):
    file = folder / "some path.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_table(file, start)


def refused(folder, text):
    return refusal(lambda file: read_table(file, T0), folder / "some path.csv", text)


def table(header, *columns):
    rows = (
        ",".join(x if isinstance(x, str) else f"{x:.9f}" for x in row) for row in zip(*columns, strict=True)
    )
    return "\n".join([header, *rows, ""])


UTC = [clock(s) for s in S]
PLAIN = table("t_s,x_m,y_m,z_m", S, *R.T)
WHOLE = table("t_s,x_m,y_m,z_m,vx_m_s,vy_m_s,vz_m_s", S, *R.T, *V.T)


def test_a_table_is_read(tmp_path):
    one = read(tmp_path, WHOLE)
    assert (one.name, one.object_id) == ("some path", "some path")
    np.testing.assert_array_equal(one.t, T0 + S)
    np.testing.assert_allclose(one.r_ecef, R, rtol=0, atol=1e-8)
    np.testing.assert_allclose(one.v_ecef, V, rtol=0, atol=1e-8)
    assert (one.useable_start, one.useable_stop) == (T0, T0 + S[-1])


@pytest.mark.parametrize(
    "text",
    [
        table("t_s,x_km,y_km,z_km,vx_km_s,vy_km_s,vz_km_s", S, *(R.T / 1e3), *(V.T / 1e3)),
        table("t_s,x_km,y_km,z_km,vx_m_s,vy_m_s,vz_m_s", S, *(R.T / 1e3), *V.T),
        table(
            "vx_m_s,x_m,y_m,utc,z_m,vz_m_s,vy_m_s", V[:, 0], R[:, 0], R[:, 1], UTC, R[:, 2], V[:, 2], V[:, 1]
        ),
        WHOLE.replace("\n", "\r\n"),
        "\ufeff" + WHOLE,
        "# made up\n\n" + WHOLE.replace("\n", "\n\n  # more\n"),
        WHOLE.replace(",", " ,\t"),
        WHOLE.rstrip("\n"),
    ],
)
def test_the_same_in_another_layout_is_the_same(tmp_path, text):
    one = read(tmp_path, text)
    np.testing.assert_allclose(one.t, T0 + S, rtol=0, atol=2e-7)
    np.testing.assert_allclose(one.r_ecef, R, rtol=0, atol=1e-5)
    np.testing.assert_allclose(one.v_ecef, V, rtol=0, atol=1e-5)


def test_geodetic_places_are_astropy_s_on_wgs_84(tmp_path):
    place = EarthLocation.from_geocentric(*(R.T * u.m)).to_geodetic("WGS84")
    lat, lon, height = place.lat.to_value(u.deg), place.lon.to_value(u.deg), place.height.to_value(u.km)
    for turns in (0.0, 360.0):
        one = read(
            tmp_path, table("t_s,lat_deg,lon_deg,height_km", S, lat, lon + turns * (lon < 0.0), height)
        )
        np.testing.assert_allclose(one.r_ecef, R, rtol=0, atol=2e-3)


def test_a_path_over_a_pole_and_the_date_line_is_whole(tmp_path):
    s = np.arange(0.0, 1801.0, 30.0)
    lat = 60.0 + s / 30.0
    lon = np.where(lat > 90.0, -1.0, 179.0)
    lat = np.where(lat > 90.0, 180.0 - lat, lat)
    one = read(tmp_path, table("t_s,lat_deg,lon_deg,height_km", s, lat, lon, 500.0 + 0.0 * s))
    assert np.abs(np.linalg.norm(one.v_ecef, axis=1) - 4.0e3).max() < 100.0


def test_velocities_that_are_not_there_are_the_positions_rate(tmp_path):
    s = np.arange(0.0, 300.0, 10.0)
    one = read(tmp_path, table("t_s,x_m,y_m,z_m", s, *circle(s)[0].T))
    np.testing.assert_allclose(one.v_ecef, circle(s)[1], rtol=0, atol=0.01)


def test_a_start_is_added_to_seconds_and_not_to_utc(tmp_path):
    assert read(tmp_path, PLAIN, 1e8).t[0] == 1e8
    assert read(tmp_path, table("utc,x_m,y_m,z_m", UTC, *R.T), 1e8).t[0] == pytest.approx(T0, abs=2e-7)


@pytest.mark.parametrize("fraction", ["", ".5"])
def test_a_leap_second_in_utc_is_a_second(tmp_path, fraction):
    times = [f"2016-12-31T23:59:{s}{fraction}Z" for s in (57, 58, 59, 60)] + [
        f"2017-01-01T00:00:00{fraction}Z"
    ]
    one = read(tmp_path, table("utc,x_m,y_m,z_m", times, *circle(np.arange(5.0))[0].T))
    np.testing.assert_array_equal(np.diff(one.t), np.ones(4))


LINES = PLAIN.split("\n")


def changed(line, text):
    return "\n".join([*LINES[: line - 1], *([] if text is None else [text]), *LINES[line:]])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            changed(1, "time,x,y,z"),
            "1: the column 'time' has no use; give one of t_s or utc, and either lat_deg,",
        ),
        (changed(1, None), "1: the column '0.000000000' "),
        ("# made up\n\n" + changed(1, "t_s,x_m,y_m"), "3: columns are missing or too many; give one of"),
        (changed(3, "60,1,2"), "3: not 4 columns but 3; give t_s,x_m,y_m,z_m"),
        (changed(3, LINES[2] + ","), "3: not 4 columns but 5; give t_s,x_m,y_m,z_m"),
        (changed(3, LINES[2].replace(",", ";")), "3: not 4 columns but 1; give t_s,x_m,y_m,z_m"),
        (changed(3, re.sub("^60.000000000", "", LINES[2])), "3: t_s is ''; give a finite number"),
        (changed(3, re.sub("^60.000000000", "nan", LINES[2])), "3: t_s is 'nan'; give a finite number"),
        (changed(3, re.sub("^60.000000000", "1e300", LINES[2])), "3: t_s is 1e+300; give -1e+09 to 1e+09"),
        (
            changed(3, re.sub("^60.000000000", UTC[1], LINES[2])),
            f"3: t_s is '{UTC[1]}'; give a finite number",
        ),
        (changed(3, "60,inf,2,3"), "3: x_m is 'inf'; give a finite number"),
        (changed(3, "60,7e6,nan,3"), "3: y_m is 'nan'; give a finite number"),
        (changed(3, "60,7e6,1,x"), "3: z_m is 'x'; give a finite number"),
        (changed(3, "60,7e6,1," + 99 * "x"), f"3: z_m is '{37 * 'x'}...'; give a finite number"),
        (changed(3, "60,1e300,0,0"), "3: x_m is 1e+300; give -1e+12 to 1e+12"),
        (
            changed(3, "60,7000,0,0"),
            "3: 7 km from the Earth's centre; give places between 6340 and 1600000 km",
        ),
        (changed(3, "60,7e9,0,0"), "3: 7e+06 km from the Earth's centre; give places between 6340 and"),
        (changed(3, LINES[1]), "3: its time is the same as that of line 2; put the rows in order of time"),
        (
            changed(3, LINES[2].replace("60.000000000", "6e1", 1) + "\n" + LINES[2]),
            "4: its time is the same as that of",
        ),
        (changed(6, LINES[2]), "6: its time is 120 s before that of line 5; put the rows in order of time"),
        ("\n".join(LINES[:4]), "4: too few rows (3); give 4 or more"),
        (LINES[0], "1: too few rows (0); give 4 or more"),
        (PLAIN.encode() + b"\0", "10: not text in UTF-8; give a table of comma-separated values"),
        (PLAIN.encode("utf-16"), "1: not text in UTF-8; give a table"),
        (changed(1, "utc,x_m,y_m,z_m"), "2: '0.000000000' is not a UTC time: write it as"),
    ],
)
def test_a_mistake_is_refused_with_its_line(tmp_path, text, told):
    assert refused(tmp_path, text).startswith(told)


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "\ufeff"])
def test_an_empty_table_is_refused(tmp_path, text):
    with pytest.raises(
        TocsinError, match=r"some path\.csv:1: is empty; give a line of column names and rows"
    ):
        read(tmp_path, text)


GEODETIC = "t_s,lat_deg,lon_deg,height_km\n0,50,170,300\n60,51,{}\n120,52,179,300\n180,53,180,300\n"


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("400,300", "lon_deg is 400; give -180 to 360"),
        ("-181,300", "lon_deg is -181; give -180 to 360"),
        ("170,-50", "height_km is -50; give -40 to 1.6e+06"),
        ("170,300000000", "height_km is 3e+08; give -40 to 1.6e+06"),
        ("170,nan", "height_km is 'nan'; give a finite number"),
        ("170,1e400", "height_km is '1e400'; give a finite number"),
    ],
)
def test_a_place_that_is_nowhere_is_refused(tmp_path, cells, told):
    assert refused(tmp_path, GEODETIC.format(cells)) == f"3: {told}"
    assert refused(tmp_path, GEODETIC.replace("51,{}", "91,170,300")) == "3: lat_deg is 91; give -90 to 90"


def test_a_gap_is_refused_at_the_row_after_it(tmp_path):
    s = np.append(np.arange(0.0, 601.0, 60.0), np.arange(2000.0, 2601.0, 60.0))
    told = refused(tmp_path, table("t_s,x_m,y_m,z_m", s, *circle(s)[0].T).replace("\n", "\n\n"))
    assert told.startswith("25: a gap of 1400 s before this sample: what lies between is open by")


def test_velocities_of_another_unit_or_frame_are_refused(tmp_path):
    header = "t_s,x_m,y_m,z_m,vx_m_s,vy_m_s,vz_m_s"
    told = refused(tmp_path, table(header.replace("m_s", "km_s"), S, *R.T, *V.T))
    assert told.startswith("2: moves at 7583.15 km/s; give less than 200 km/s, in the unit")
    for wrong in (V / 1e3, V + np.cross([0.0, 0.0, 7.292115e-5], R)):
        told = refused(tmp_path, table(header, S, *R.T, *wrong.T))
        assert told.startswith("3: 60 s after the sample before, what lies between is open by")
        assert "give velocities that are the positions' rate in the same frame and unit" in told


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("table") / "given.csv"


CELLS = (
    st.floats().map(repr) | st.text(max_size=9) | st.sampled_from(["1e308", "-1e308", "1e-308", "", "#", "0"])
)


@settings(max_examples=60)
@given(
    st.sampled_from([PLAIN, WHOLE, GEODETIC.format("170,300")]),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 6), CELLS), min_size=1, max_size=4),
)
def test_a_table_with_any_cells_changed_is_read_or_refused(file, text, changes):
    lines = [line.split(",") for line in text.split("\n")]
    for line, column, cell in changes:
        row = lines[line % len(lines)]
        row[column % len(row)] = cell
    data = "\n".join(",".join(row) for row in lines).encode("utf-8", "surrogatepass")
    file.write_bytes(data)
    try:
        one = read_table(file, T0)
    except TocsinError as error:
        problems = error.problems
    else:
        assert (np.diff(one.t) > 0.0).all()
        assert np.isfinite(one.r_ecef).all()
        assert np.isfinite(one.v_ecef).all()
        return
    assert len(problems) == 1
    assert re.match(rf"{file}:\d+: .*[;:] ", problems[0], re.DOTALL)


@settings(max_examples=50)
@given(st.binary(max_size=50))
def test_any_bytes_are_refused(file, data):
    file.write_bytes(data)
    with pytest.raises(TocsinError):
        read_table(file, T0)
