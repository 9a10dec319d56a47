"""OMMs: against the package sgp4's reading of the same fields, and everything that can be wrong with one."""

import contextlib
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sgp4 import omm
from sgp4.api import Satrec

from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError
from tocsin.interchange.omm import MeanElements, read_omm

# The figures of the public set of Cosmos 2563 of 31 July 2025.
FIELDS = {
    "CCSDS_OMM_VERS": "2.0",
    "CREATION_DATE": "2025-07-31T12:00:00",
    "ORIGINATOR": "SOMEBODY",
    "OBJECT_NAME": "COSMOS 2563",
    "OBJECT_ID": "2022-145A",
    "CENTER_NAME": "EARTH",
    "REF_FRAME": "TEME",
    "TIME_SYSTEM": "UTC",
    "MEAN_ELEMENT_THEORY": "SGP4",
    "EPOCH": "2025-07-31T03:31:30.607392",
    "MEAN_MOTION": "2.00630709",
    "ECCENTRICITY": ".7157437",
    "INCLINATION": "63.5980",
    "RA_OF_ASC_NODE": "322.3565",
    "ARG_OF_PERICENTER": "269.0287",
    "MEAN_ANOMALY": "16.1450",
    "EPHEMERIS_TYPE": "0",
    "CLASSIFICATION_TYPE": "U",
    "NORAD_CAT_ID": "54223",
    "ELEMENT_SET_NO": "999",
    "REV_AT_EPOCH": "2012",
    "BSTAR": ".12345E-3",
    "MEAN_MOTION_DOT": "-.00000873",
    "MEAN_MOTION_DDOT": "0",
}


def text_of(**changes: str | None) -> str:
    """A message with fields changed, added, or left out where None."""
    fields = {**FIELDS, **changes}
    return "\n".join(f"{key} = {value}" for key, value in fields.items() if value is not None) + "\n"


def read(tmp_path: Path, text: str) -> MeanElements:
    (tmp_path / "a.omm").write_text(text, encoding="utf-8")
    return read_omm(tmp_path / "a.omm")


def refused(tmp_path: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(TocsinError) as told:
        read(tmp_path, text)
    start = f"{tmp_path / 'a.omm'}:"
    assert all(problem.startswith(start) for problem in told.value.problems)
    return tuple(problem.removeprefix(start) for problem in told.value.problems)


def test_it_reads_what_sgp4_reads(tmp_path: Path) -> None:
    ours, theirs = read(tmp_path, text_of()), Satrec()
    omm.initialize(theirs, FIELDS)
    rev_day = 1440.0 / (2.0 * np.pi)
    assert (ours.name, ours.object_id, ours.norad) == ("COSMOS 2563", "2022-145A", theirs.satnum)
    assert ours.mean_motion_rev_day == pytest.approx(theirs.no_kozai * rev_day, rel=1e-12)
    assert (ours.eccentricity, ours.bstar) == (theirs.ecco, theirs.bstar)
    assert ours.ndot_rev_day2 == pytest.approx(theirs.ndot * rev_day * 1440.0, rel=1e-12)
    angles = (ours.inclination_deg, ours.raan_deg, ours.argp_deg, ours.mean_anomaly_deg)
    np.testing.assert_allclose(
        np.radians(angles), (theirs.inclo, theirs.nodeo, theirs.argpo, theirs.mo), rtol=1e-12
    )
    assert ours.epoch_t_tai == pytest.approx(tai_from_utc("2025-07-31T03:31:30.607392Z"), abs=1e-6)
    assert (ours.originator, ours.line) == ("SOMEBODY", 10)


def test_units_comments_small_letters_and_a_day_of_the_year(tmp_path: Path) -> None:
    plain = read(tmp_path, text_of())
    said = read(
        tmp_path,
        "COMMENT made by hand\n\n"
        + text_of(
            MEAN_MOTION="2.00630709 [rev/day]",
            INCLINATION="63.5980 [DEG]",
            BSTAR=".12345E-3 [1/ER]",
            MEAN_MOTION_DOT="-.00000873 [rev/day**2]",
            REF_FRAME="teme",
            EPOCH="2025-212T03:31:30.607392",
            USER_DEFINED_EARTH_MODEL="WGS-84",
            COV_REF_FRAME="TEME",
            CX_X="1.0e-4",
            CY_X="0.0",
        ).replace("ECCENTRICITY = ", "ECCENTRICITY="),
    )
    assert said == MeanElements(**{**_fields(plain), "line": 12})


def _fields(one: MeanElements) -> dict:
    return {name: getattr(one, name) for name in one.__slots__}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"CCSDS_OMM_VERS": "9.0"}, "1: CCSDS_OMM_VERS 9.0 is unknown; give one of 1.0, 2.0, 3.0"),
        ({"REF_FRAME": "EME2000"}, "7: REF_FRAME EME2000 is foreign; give elements of REF_FRAME TEME"),
        ({"TIME_SYSTEM": "TAI"}, "8: TIME_SYSTEM TAI is foreign; give elements of TIME_SYSTEM UTC"),
        ({"CENTER_NAME": "MARS"}, "6: CENTER_NAME MARS is foreign"),
        ({"MEAN_ELEMENT_THEORY": "DSST"}, "9: MEAN_ELEMENT_THEORY DSST is foreign; give elements of"),
        ({"MEAN_ELEMENT_THEORY": "SGP4-XP"}, "9: MEAN_ELEMENT_THEORY SGP4-XP is foreign"),
        ({"EPHEMERIS_TYPE": "4"}, "17: EPHEMERIS_TYPE 4 is foreign"),
        ({"EPOCH": "2025-02-30T00:00:00"}, "10: EPOCH: '2025-02-30T00:00:00' is not an epoch: no such day"),
        ({"ECCENTRICITY": "1.2"}, "12: ECCENTRICITY is 1.2; it must be 0 to 1"),
        ({"INCLINATION": "193.0"}, "13: INCLINATION is 193; it must be 0 to 180"),
        ({"MEAN_MOTION": "0.0"}, "11: MEAN_MOTION is 0; it must be 0.001 to 18"),
        ({"MEAN_MOTION": "nan"}, "11: MEAN_MOTION is 'nan'; give a number"),
        ({"MEAN_MOTION": "2.0 [deg]"}, "11: MEAN_MOTION is in deg; give it in rev/day"),
        ({"ECCENTRICITY": "0.1 [deg]"}, "12: ECCENTRICITY has no unit"),
        ({"MEAN_ANOMALY": "sixteen"}, "16: MEAN_ANOMALY is 'sixteen'; give a number"),
        ({"NORAD_CAT_ID": "54223.0"}, "19: NORAD_CAT_ID is '54223.0'; give a number"),
        ({"NORAD_CAT_ID": "999999"}, "19: NORAD_CAT_ID is 999999; it must be 1 to 339999"),
        ({"BSTAR": None}, "23: BSTAR is missing up to here; add BSTAR = ..."),
        ({"OBJECT_NAME": ""}, "4: OBJECT_NAME has no value; add it"),
        ({"MEAN_MOTION": None, "SEMI_MAJOR_AXIS": "26560"}, "24: SEMI_MAJOR_AXIS: SGP4 starts from the mean"),
        ({"BSTAR": None, "BTERM": "0.01"}, "24: BTERM: is of SGP4-XP, another theory"),
        ({"REF_FRAME_EPOCH": "2025-07-31T00:00:00"}, "25: REF_FRAME_EPOCH: makes TEME a frame of one epoch"),
        ({"MEAN_NOTION": "2.0"}, "25: MEAN_NOTION is no keyword here; remove or correct it"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, changes: dict[str, str | None], told: str
) -> None:
    (problem,) = refused(tmp_path, text_of(**changes))
    assert problem.startswith(told)


def test_everything_is_told_at_once(tmp_path: Path) -> None:
    text = text_of(REF_FRAME="GCRF", ECCENTRICITY="2.0", EPOCH="yesterday", BSTAR=None)
    assert len(refused(tmp_path, text + "OBJECT_NAME = ANOTHER\nloose words\n")) == 6


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '<?xml version="1.0"?>\n<omm id="CCSDS_OMM_VERS" version="2.0"/>\n',
            "but in XML: its first line must",
        ),
        ('[{"OBJECT_NAME": "A"}]\n', "but in JSON: its first line must be CCSDS_OMM_VERS = 2.0"),
        ('\n{"OBJECT_NAME": "A"}\n', "but in JSON"),
        ("CCSDS_OEM_VERS = 2.0\n", "1: not an OMM in key-value notation: its first line must be"),
        ("", "1: not an OMM in key-value notation: its first line must be"),
    ],
)
def test_another_notation_is_refused_with_words(tmp_path: Path, text: str, told: str) -> None:
    (problem,) = refused(tmp_path, text)
    assert told in problem


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TocsinError, match="no such file; give the path of a CCSDS Orbit Mean-elements"):
        read_omm(tmp_path / "none.omm")


@given(st.integers(0, 2**32), st.integers(1, 6))
def test_no_text_whatever_raises_anything_else(
    tmp_path_factory: pytest.TempPathFactory, seed: int, changes: int
) -> None:
    draw = random.Random(seed)
    text = list(text_of())
    for _ in range(changes):
        text[draw.randrange(len(text))] = draw.choice(
            ["\n", "=", " ", "9", ".", "-", "[", "]", "e", "\u00b2", "\0"]
        )
    file = tmp_path_factory.getbasetemp() / "mutated.omm"
    file.write_text("".join(text), encoding="utf-8")
    with contextlib.suppress(TocsinError):
        found = read_omm(file)
        assert np.isfinite([found.epoch_t_tai, found.mean_motion_rev_day, found.bstar]).all()
