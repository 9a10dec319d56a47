"""The minimum-energy arc against a published table and against its own orbit integrated."""

import math

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from tocsin.earth.constants import OMEGA
from tocsin.errors import TocsinError
from tocsin.motion.ballistic import propagate
from tocsin.motion.forces import forces
from tocsin.motion.minimum_energy import minimum_energy

# The project's reference table `flights/minimum_energy.csv`: impulsive minimum-energy arcs on a sphere that
# does not rotate, R 6371 km, mu 398600.4418 km3/s2.
# Range km, speed km/s, flight-path angle deg, apogee km, time s.
TABLE = """
300,1.69648,44.3255,74.11,251.03
500,2.17338,43.8758,122.52,327.36
600,2.37175,43.6510,146.41,360.39
1000,3.01612,42.7517,239.94,474.36
1500,3.62653,41.6275,352.09,594.56
2000,4.11287,40.5034,458.79,701.78
2500,4.51817,39.3792,559.88,801.12
3000,4.86500,38.2551,655.21,895.04
3500,5.16706,37.1309,744.62,984.89
4000,5.43347,36.0068,827.98,1071.48
5000,5.88337,33.7585,976.05,1236.68
5500,6.07524,32.6343,1040.52,1315.79
6000,6.24911,31.5102,1098.49,1392.74
6759,6.48367,29.8037,1173.86,1505.53
7000,6.55160,29.2619,1194.57,1540.34
8000,6.80463,27.0136,1263.68,1679.48
9000,7.01780,24.7653,1305.40,1809.85
10000,7.19808,22.5170,1319.48,1930.96
11000,7.35068,20.2687,1305.82,2042.24
11700,7.44319,18.6948,1279.80,2114.00
12000,7.47955,18.0204,1264.51,2143.14
13000,7.58773,15.7720,1195.81,2233.13
15000,7.75099,11.2754,978.09,2378.58
"""
ROWS = [tuple(float(v) for v in line.split(",")) for line in TABLE.split()]


@pytest.mark.parametrize(("range_km", "speed", "angle", "apogee", "time"), ROWS)
def test_the_published_table_to_its_digits(range_km, speed, angle, apogee, time):
    v, gamma, height, t = minimum_energy(range_km * 1e3)
    assert v / 1e3 == pytest.approx(speed, abs=0.51e-5)
    assert math.degrees(gamma) == pytest.approx(angle, abs=0.51e-4)
    assert height / 1e3 == pytest.approx(apogee, abs=0.51e-2)
    assert t == pytest.approx(time, abs=0.51e-2)


def test_the_table_is_the_reference_table(reference):
    lines = (reference / "flights" / "minimum_energy.csv").read_text().split()
    assert lines[1:] == TABLE.split()


@pytest.mark.parametrize("range_km", [300.0, 6759.0, 15000.0])
def test_the_arc_comes_down_where_it_should(range_km):
    radius, mu = 6371e3, 398600.4418e9
    v, gamma, height, time = minimum_energy(range_km * 1e3)

    def fall(_, y):
        return [y[2], y[3], *(-mu * y[:2] / np.hypot(*y[:2]) ** 3)]

    start = [radius, 0.0, v * math.sin(gamma), v * math.cos(gamma)]
    arc = solve_ivp(fall, (0.0, time), start, method="DOP853", rtol=1e-12, atol=1e-6, dense_output=True)
    x, y = arc.y[:2, -1]
    assert math.hypot(x, y) == pytest.approx(radius, abs=1e-2)
    assert math.atan2(y, x) * radius == pytest.approx(range_km * 1e3, abs=1e-2)
    assert np.hypot(*arc.sol(time / 2)[:2]) - radius == pytest.approx(height, abs=1e-2)


@pytest.mark.parametrize(("range_km", "speed", "angle", "apogee", "time"), ROWS)
def test_the_table_through_the_integrator_that_flies_everything(range_km, speed, angle, apogee, time):
    # A point mass; and the sphere that does not turn, seen from the axes that do, is the sphere of the table.
    v, gamma, height, duration = minimum_energy(range_km * 1e3)
    radius, turn = 6371e3, np.array([0.0, 0.0, OMEGA])
    up, east = np.array([math.cos(0.4), 0.0, math.sin(0.4)]), np.array([0.0, 1.0, 0.0])
    r, inertial = radius * up, v * (math.sin(gamma) * up + math.cos(gamma) * east)
    state = np.concatenate([r, inertial - np.cross(turn, r)])
    x = propagate(0.0, state, 0.0, [0.0, duration / 2, duration], forces=forces(0))
    distance = np.linalg.norm(x[:, :3], axis=1)
    assert distance[2] == pytest.approx(radius, abs=1e-3)
    assert (distance[1] - radius) / 1e3 == pytest.approx(apogee, abs=0.51e-2)
    assert distance[1] - radius == pytest.approx(height, abs=1e-3)
    c, s = math.cos(OMEGA * duration), math.sin(OMEGA * duration)
    end = np.array([c * x[2, 0] - s * x[2, 1], s * x[2, 0] + c * x[2, 1], x[2, 2]])
    apart = math.atan2(float(np.linalg.norm(np.cross(up, end))), float(up @ end))
    assert apart * radius == pytest.approx(range_km * 1e3, abs=1e-2)
    assert duration == pytest.approx(time, abs=0.51e-2)


def test_any_other_angle_needs_more_speed():
    v, gamma, _, _ = minimum_energy(7000e3)
    psi = 7000e3 / 6371e3
    for other in np.linspace(0.05, 1.3, 40):
        # The speed that reaches psi at a flight-path angle: Bate, Mueller and White, eq. 6.2-16 solved for Q.
        q = (1 - math.cos(psi)) / (math.cos(other) ** 2 - math.cos(psi + other) * math.cos(other))
        assert math.sqrt(q * 398600.4418e9 / 6371e3) >= v * (1 - 1e-12) or abs(other - gamma) < 1e-9


@pytest.mark.parametrize("range_m", [0.0, -1.0, 20_016e3, float("nan")])
def test_a_range_that_has_no_arc(range_m):
    with pytest.raises(TocsinError, match="no minimum-energy arc: give more than 0 and less than 20015 km"):
        minimum_energy(range_m)
