"""A radar's looks out of a TDM: which records make one, at which time, and what is refused."""

import math

import numpy as np
import pytest

from tests.interchange.made import T0
from tests.interchange.tdm_made import HEADER, RADAR, WHOLE
from tocsin.earth.celestial import eme2000_from_itrs
from tocsin.earth.frames import enu_from_ecef
from tocsin.errors import TocsinError
from tocsin.interchange.tdm import read_tdm
from tocsin.interchange.tdm_looks import tdm_looks

C = 299_792_458.0
SIGMA = np.array([50.0, 1e-3, 2e-3])
PLACE = (math.radians(48.0), math.radians(11.0))


def looks(folder, text, **options):
    file = folder / "a.tdm"
    file.write_text(text)
    return tdm_looks(str(file), read_tdm(file), lambda name: SIGMA, lambda name: PLACE, **options)


def test_a_tag_of_transmission_is_that_of_the_pulse(tmp_path):
    told = looks(tmp_path, WHOLE)
    assert (told.sensor, told.body) == (("RADAR ONE",) * 2, ("1998-999A",) * 2)
    r = np.array([1500.25e3, 1490e3])
    np.testing.assert_allclose(told.t, T0 + np.array([0.0, 7.0]) + 2.0 * r / C, rtol=0, atol=2e-7)
    np.testing.assert_allclose(told.values, np.stack([r, np.radians([350, 351]), np.radians([30, 30.5])], 1))
    np.testing.assert_array_equal(told.sigmas, np.tile(SIGMA, (2, 1)))
    assert told.rate[0] == -1500.0
    assert np.isnan(told.rate[1])
    assert [p.rsplit(":")[-1] for p in told.place] == ["20", "24"]
    received = looks(tmp_path, WHOLE.replace("TIMETAG_REF = TRANSMIT\n", ""))
    np.testing.assert_allclose(received.t, T0 + np.array([0.0, 7.0]), rtol=0, atol=2e-7)
    np.testing.assert_array_equal(received.values, told.values)


def test_ranges_of_the_round_trip_are_halved(tmp_path):
    told = looks(tmp_path, WHOLE, round_trip=True)
    assert told.values[0, 0] == 750.125e3
    assert told.t[0] - T0 == pytest.approx(1500.25e3 / C, abs=2e-7)


def test_a_segment_for_each_keyword(tmp_path):
    """As the standard's 3.4.16, note 4, has it."""
    head, tail = RADAR.split("DATA_START\n")
    rows = tail.splitlines()[:-1]
    parts = [
        head + "DATA_START\n" + "\n".join(row for row in rows if row.startswith(key)) + "\nDATA_STOP\n"
        for key in ("ANGLE_1", "RANGE", "ANGLE_2")
    ]
    whole, split = looks(tmp_path, WHOLE), looks(tmp_path, HEADER + "".join(parts))
    np.testing.assert_array_equal(split.values, whole.values)
    np.testing.assert_array_equal(split.t, whole.t)


def test_a_tag_that_lacks_an_angle_makes_no_look(tmp_path):
    told = looks(tmp_path, WHOLE.replace("ANGLE_2 = 2017-07-04T00:40:07.000 3.05e1\n", ""))
    assert len(told) == 1


@pytest.mark.parametrize("frame", ["EME2000", None])
def test_right_ascension_and_declination_are_turned_to_the_horizon(tmp_path, frame):
    azimuth, elevation = math.radians(120.0), math.radians(40.0)
    enu = [
        math.cos(elevation) * math.sin(azimuth),
        math.cos(elevation) * math.cos(azimuth),
        math.sin(elevation),
    ]
    u = enu_from_ecef(*PLACE).T @ np.array(enu)
    (x, y, z), _ = (a[0] for a in eme2000_from_itrs([T0], u[None], np.zeros((1, 3))))
    ra, dec = math.degrees(math.atan2(y, x)), math.degrees(math.asin(z))
    text = RADAR.split("RANGE = 2017")[0].replace("TIMETAG_REF = TRANSMIT\n", "")
    text = text.replace(
        "ANGLE_TYPE = AZEL", "ANGLE_TYPE = RADEC" + (f"\nREFERENCE_FRAME = {frame}" if frame else "")
    )
    at = "2017-07-04T00:40:00"
    text += f"RANGE = {at} 900\nANGLE_1 = {at} {ra!r}\nANGLE_2 = {at} {dec!r}\nDATA_STOP\n"
    told = looks(tmp_path, HEADER + text)
    np.testing.assert_allclose(told.values[0, 1:], [azimuth, elevation], atol=1e-9)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("PATH = 1,2,1", "PATH = 2,1", "7: PATH: is 2,1; only a radar's way there and back"),
        ("PATH = 1,2,1\n", "", "7: PATH: is missing; only"),
        ("RANGE_UNITS = km", "RANGE_UNITS = RU", "7: RANGE_UNITS: RU is known to its owner alone; give"),
        (
            "RANGE_UNITS = km",
            "RANGE_MODULUS = 100",
            "7: RANGE_MODULUS: 100 km leaves ranges open by as much;",
        ),
        ("AZEL", "XEYN", "7: ANGLE_TYPE: is XEYN; give angles as AZEL or RADEC"),
        ("ANGLE_TYPE = AZEL\n", "", "7: ANGLE_TYPE: is missing; give"),
        ("1500.25", "-1", "20: range: -1 km is none of a body about the Earth; give"),
        ("3.05e1", "100", "24: elevation: 100 deg is none; give -90 to 90"),
        ("AZEL", "RADEC\nREFERENCE_FRAME = TDR", " REFERENCE_FRAME: 'TDR' is foreign; give RADEC in one of"),
    ],
)
def test_what_is_foreign_is_refused(tmp_path, old, new, told):
    with pytest.raises(TocsinError) as error:
        looks(tmp_path, WHOLE.replace(old, new))
    (problem,) = error.value.problems
    assert problem.removeprefix(f"{tmp_path / 'a.tdm'}:").startswith(told)


def test_a_message_without_looks_says_so(tmp_path):
    with pytest.raises(TocsinError, match="no tag has all three; give a TDM of a radar's looks"):
        looks(tmp_path, WHOLE.replace("ANGLE_1", "MAG"))
