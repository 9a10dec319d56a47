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
SIGMA = np.array([50.0, 1e-3, 2e-3, 0.5])
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
    np.testing.assert_array_equal(told.sigmas, np.tile(SIGMA[:3], (2, 1)))
    assert told.rate[0] == -1500.0
    assert np.isnan(told.rate[1])
    np.testing.assert_array_equal(told.rate_sigma, [0.5, np.nan])
    assert [p.rsplit(":")[-1] for p in told.place] == ["20", "24"]
    received = looks(tmp_path, WHOLE.replace("TIMETAG_REF = TRANSMIT\n", ""))
    np.testing.assert_allclose(received.t, T0 + np.array([0.0, 7.0]), rtol=0, atol=2e-7)
    np.testing.assert_array_equal(received.values, told.values)


def test_ranges_of_the_round_trip_are_halved(tmp_path):
    told = looks(tmp_path, WHOLE, round_trip=True)
    assert told.values[0, 0] == 750.125e3
    assert told.t[0] - T0 == pytest.approx(1500.25e3 / C, abs=2e-7)
    assert told.rate[0] == -750.0


def test_a_segment_for_each_keyword(tmp_path):
    """As the standard's 3.4.16, note 4, has it."""
    head, tail = RADAR.split("DATA_START\n")
    rows = tail.splitlines()[:-1]
    parts = [
        head + "DATA_START\n" + "\n".join(row for row in rows if row.startswith(key)) + "\nDATA_STOP\n"
        for key in ("ANGLE_1", "RANGE", "DOPPLER", "ANGLE_2")
    ]
    whole, split = looks(tmp_path, WHOLE), looks(tmp_path, HEADER + "".join(parts))
    np.testing.assert_array_equal(split.values, whole.values)
    np.testing.assert_array_equal(split.t, whole.t)
    np.testing.assert_array_equal(split.rate, whole.rate)


INSTANT = "DOPPLER_INSTANTANEOUS = 2017-07-04T00:40:00.000"
ONE_S = "INTEGRATION_REF = MIDDLE\nINTEGRATION_INTERVAL = 1.0"


@pytest.mark.parametrize(
    ("metadata", "record", "why"),
    [
        (ONE_S, "DOPPLER_INTEGRATED", ""),
        (ONE_S.replace("1.0", "10"), "DOPPLER_INTEGRATED", "INTEGRATION_INTERVAL is 10 s; only a mean over"),
        (ONE_S.replace("MIDDLE", "END"), "DOPPLER_INTEGRATED", "INTEGRATION_REF is END; only a mean tagged"),
        ("INTEGRATION_REF = MIDDLE", "DOPPLER_INTEGRATED", "INTEGRATION_INTERVAL is missing; only a mean"),
        ("", "DOPPLER_COUNT", "frequencies, phases and counts are no rate yet"),
        ("", "RECEIVE_FREQ", "frequencies, phases and counts are no rate yet"),
    ],
)
def test_a_rate_of_a_kind_that_is_not_read_is_told(tmp_path, metadata, record, why):
    text = RADAR.replace("DOPPLER_INSTANTANEOUS", record)
    told = looks(
        tmp_path, HEADER + text.replace("META_STOP", f"{metadata}\nMETA_STOP" if metadata else "META_STOP")
    )
    assert np.isfinite(told.rate).any() == (why == "")
    if why:
        (line,) = told.unread
        assert line.startswith(f"{tmp_path / 'a.tdm'}:7: {record}: not fitted: {why}")
    else:
        assert (told.rate[0], told.unread) == (-1500.0, ())


def test_rates_of_another_path_or_of_no_look_are_told(tmp_path):
    told = looks(tmp_path, WHOLE.replace(INSTANT, INSTANT.replace(":00.000", ":03.000")))
    assert np.isnan(told.rate).all()
    assert [line.split(": ", 1)[1] for line in told.unread] == [
        "DOPPLER_INTEGRATED: not fitted: PATH is not a radar's way there and back, as 1,2,1",
        "RECEIVE_FREQ_1: not fitted: frequencies, phases and counts are no rate yet",
        "1 range rates: not fitted: no range and angles have their tag",
    ]


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
        ("-1.5", "-1500", "20: range rate: -1500 km/s is none about the Earth; give -100 to 100"),
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
