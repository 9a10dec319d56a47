"""Covariances in an OEM: checked, and passed over."""

import numpy as np
import pytest

from tests.interchange.made import COVARIANCE, HEADER, STEP_S, VALID, assert_is_the_circle, part, refusal
from tocsin.interchange.oem import read_oem


def refused(folder, text):
    return refusal(read_oem, folder / "given.oem", text)


def read(folder, text):
    file = folder / "given.oem"
    file.write_text(text)
    return read_oem(file)


SIX = "give EPOCH, then six rows of one to six finite numbers"
MATRIX = COVARIANCE.removeprefix("COVARIANCE_START\n").removesuffix("COVARIANCE_STOP\n")


@pytest.mark.parametrize(
    "covariance",
    [
        COVARIANCE,
        COVARIANCE.replace("COV_REF_FRAME = EME2000\n", ""),
        COVARIANCE.replace(MATRIX, 3 * MATRIX),
        COVARIANCE.replace("\n", "\nCOMMENT x\n\n"),
        "COVARIANCE_START\nCOVARIANCE_STOP\n",
    ],
)
def test_covariances_are_passed_over(tmp_path, covariance):
    found = read(tmp_path, HEADER + part(0, 3) + covariance + part(3, 6) + covariance)
    assert [len(one.t) for one in found] == [7]
    assert_is_the_circle(found[0], STEP_S * np.arange(7))


# COVARIANCE_START is line 20, its EPOCH line 21, its rows lines 23 to 28.
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("3.3313494e-04\n", "", f"23: not row 1 of a covariance; {SIX}"),
        ("3.3313494e-04\n", "1 2\n", f"23: not row 1 of a covariance; {SIX}"),
        ("4.6189273e-04 6.7824216e-04", "4.6189273e-04", f"24: not row 2 of a covariance; {SIX}"),
        ("6.7824216e-04", "nan", f"24: not row 2 of a covariance; {SIX}"),
        ("6.7824216e-04", "NAN", f"24: not row 2 of a covariance; {SIX}"),
        ("6.7824216e-04", "-6.7824216e-04", "24: its variance is negative; correct or remove the covariance"),
        ("EPOCH = 1996-12-28T21:29:07.267\n", "", "21: COV_REF_FRAME does not belong here; give EPOCH,"),
        ("EPOCH = 1996-12-28T21:29:07.267", "EPOCH = x", "21: 'x' is not an epoch: write it as"),
        ("EPOCH = 1996-12-28T21:29:07.267", "EPOCH =", "21: '' is not an epoch: write it as"),
        (
            "EPOCH = 1996",
            "DATE = 1996",
            "21: DATE does not belong here; give EPOCH, COV_REF_FRAME and 6 rows",
        ),
        ("COV_REF_FRAME", "COV_REF_FRAME = A\nCOV_REF_FRAME", "23: COV_REF_FRAME does not belong here; give"),
        (
            "3.3313494e-04\n",
            "3.3313494e-04\nCOV_REF_FRAME = A\n",
            "24: COV_REF_FRAME does not belong here; give",
        ),
        (
            "COV_REF_FRAME",
            "EPOCH = 1996-12-28T21:29:07\nCOV_REF_FRAME",
            "22: the covariance before has 0 rows;",
        ),
        ("COVARIANCE_STOP", "1\nCOVARIANCE_STOP", f"29: not row 7 of a covariance; {SIX}"),
        (" 6.2244443e-10\n", "\n", f"28: not row 6 of a covariance; {SIX}"),
        (
            "-3.0413460e-07 -4.9894969e-07 3.5403109e-07 1.8692631e-10 1.0088625e-10 6.2244443e-10\n",
            "",
            "27: the last covariance has 5 rows; give 6",
        ),
    ],
)
def test_a_covariance_that_is_none_is_refused(tmp_path, old, new, told):
    assert COVARIANCE.count(old) == 1
    text = VALID + COVARIANCE.replace(old, new)
    assert refused(tmp_path, text).startswith(told)


def test_of_a_second_covariance_the_lines_are_counted_on(tmp_path):
    text = VALID + COVARIANCE + COVARIANCE.replace("6.2244443e-10", "inf")
    assert refused(tmp_path, text) == f"38: not row 6 of a covariance; {SIX}"
