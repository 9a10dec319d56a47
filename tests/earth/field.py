"""An independent gravity field: Cunningham's recursion in plain Python, on the data file's coefficients."""

import math
from functools import cache
from importlib.resources import files

GM, RADIUS = 3.986004418e14, 6378136.3


@cache
def coefficients():
    """Unnormalised (C, S) by (degree, order)."""
    out = {(0, 0): (1.0, 0.0)}
    for line in files("tocsin.earth").joinpath("data/egm2008.txt").read_text().splitlines():
        if not line.startswith("#"):
            n, m, c, s = line.split()
            n, m = int(n), int(m)
            norm = math.sqrt(math.factorial(n + m) / ((2 - (m == 0)) * (2 * n + 1) * math.factorial(n - m)))
            out[n, m] = float(c) / norm, float(s) / norm
    return out


def acceleration(x, y, z, degree=8, order=8):
    """Montenbruck and Gill, Satellite Orbits (2000), equations 3.29 to 3.33."""
    r2 = x * x + y * y + z * z
    rho = RADIUS / r2
    px, py, pz, pp = rho * x, rho * y, rho * z, rho * RADIUS
    v, w = {(0, 0): math.sqrt(pp)}, {(0, 0): 0.0}
    for m in range(order + 2):
        if m:
            v[m, m] = (2 * m - 1) * (px * v[m - 1, m - 1] - py * w[m - 1, m - 1])
            w[m, m] = (2 * m - 1) * (px * w[m - 1, m - 1] + py * v[m - 1, m - 1])
        for n in range(m + 1, degree + 2):
            a, b = (2 * n - 1) / (n - m), (n + m - 1) / (n - m)
            v[n, m] = a * pz * v[n - 1, m] - b * pp * v.get((n - 2, m), 0.0)
            w[n, m] = a * pz * w[n - 1, m] - b * pp * w.get((n - 2, m), 0.0)
    ax = ay = az = 0.0
    for (n, m), (c, s) in coefficients().items():
        if n > degree or m > order:
            continue
        if m == 0:
            ax -= c * v[n + 1, 1]
            ay -= c * w[n + 1, 1]
        else:
            f = 0.5 * (n - m + 2) * (n - m + 1)
            ax += 0.5 * (-c * v[n + 1, m + 1] - s * w[n + 1, m + 1])
            ax += f * (c * v[n + 1, m - 1] + s * w[n + 1, m - 1])
            ay += 0.5 * (-c * w[n + 1, m + 1] + s * v[n + 1, m + 1])
            ay += f * (-c * w[n + 1, m - 1] + s * v[n + 1, m - 1])
        az += (n - m + 1) * (-c * v[n + 1, m] - s * w[n + 1, m])
    k = GM / RADIUS**2
    return k * ax, k * ay, k * az
