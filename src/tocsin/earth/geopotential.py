"""The Earth's gravity field EGM2008 to degree and order 36, as unnormalised coefficients."""

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.constants import R_EQ

DEGREE = 36
R_MODEL = 6378136.3  # m, the radius to which the model's coefficients refer


def _coefficients() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """C and S (37, 37) for the radius R_EQ; C_00 is 1, and degree 1 is nought about the centre of mass.

    C_nm = sqrt((2 - delta_0m) (2 n + 1) (n - m)! / (n + m)!) (R_model / R_eq)^n times the normalised one.
    Source: the head of the data file.
    """
    c, s = np.zeros((DEGREE + 1, DEGREE + 1)), np.zeros((DEGREE + 1, DEGREE + 1))
    c[0, 0] = 1.0
    text = (Path(__file__).parent / "data" / "egm2008.txt").read_text(encoding="ascii")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        n, m = (int(part) for part in line.split()[:2])
        norm = math.sqrt((2 - (m == 0)) * (2 * n + 1) * math.factorial(n - m) / math.factorial(n + m))
        scale = norm * (R_MODEL / R_EQ) ** n
        c[n, m], s[n, m] = (scale * float(part) for part in line.split()[2:])
    return c, s


C, S = _coefficients()
C2, C3, C4 = (float(C[n, 0]) for n in (2, 3, 4))
J2 = -C2
