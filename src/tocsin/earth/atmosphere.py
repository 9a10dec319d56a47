"""The US Standard Atmosphere 1976: density and speed of sound against geometric height.

Below 86 km the standard's seven layers of constant gradient in geopotential height; from 86 to 1,000 km a
natural cubic spline in the logarithm of its tabulated density. Below sea level and above 1,000 km the nearest
law goes on.
Source: U.S. Standard Atmosphere 1976, NOAA-S/T 76-1562, equations 18, 23, 33, 42, 50 and Table I.
"""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

GAMMA = 1.4
AIR = 8314.32 / 28.9644  # J/(kg K), gas constant over the molar mass at sea level
GMR = 9.80665 / AIR  # K/m, weight of the air over its gas constant
R_GEOPOTENTIAL = 6356766.0  # m, the standard's Earth radius at 45 deg
Z_LAYERS = 86e3  # m, geometric height where the layers end
TOP_LAYER = 7  # the number of what lies above them
Z_FLOOR = -20e3  # m, below which the density no longer grows

LAYER_H = np.array([0.0, 11e3, 20e3, 32e3, 47e3, 51e3, 71e3])  # m, geopotential
LAYER_LAPSE = np.array([-6.5e-3, 0.0, 1e-3, 2.8e-3, 0.0, -2.8e-3, -2e-3])  # K/m
LAYER_Z = np.append(R_GEOPOTENTIAL * LAYER_H / (R_GEOPOTENTIAL - LAYER_H), Z_LAYERS)
"""Geometric heights (m) at which the slope of the density jumps: the layers' edges."""

TABLE_KM = (
    (86, 6.958e-6), (90, 3.416e-6), (95, 1.393e-6), (100, 5.604e-7), (105, 2.325e-7),
    (110, 9.708e-8), (115, 4.289e-8), (120, 2.222e-8), (130, 8.152e-9), (140, 3.831e-9),
    (150, 2.076e-9), (160, 1.233e-9), (170, 7.815e-10), (180, 5.194e-10), (190, 3.581e-10),
    (200, 2.541e-10), (220, 1.367e-10), (250, 6.073e-11), (300, 1.916e-11), (350, 7.014e-12),
    (400, 2.803e-12), (450, 1.184e-12), (500, 5.215e-13), (550, 2.384e-13), (600, 1.137e-13),
    (650, 5.712e-14), (700, 3.070e-14), (750, 1.788e-14), (800, 1.136e-14), (850, 7.824e-15),
    (900, 5.759e-15), (950, 4.453e-15), (1000, 3.561e-15),
)  # fmt: skip
"""Geometric height (km) and density (kg/m3) of the standard's Table I."""


def _layer_bases() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Temperature (K) and density (kg/m3) at the base of each layer."""
    temperature, pressure = [288.15], [101325.0]
    for i in range(len(LAYER_H) - 1):
        t0, step, lapse = temperature[i], LAYER_H[i + 1] - LAYER_H[i], LAYER_LAPSE[i]
        temperature.append(t0 + lapse * step)
        if lapse == 0.0:
            pressure.append(pressure[i] * math.exp(-GMR * step / t0))
        else:
            pressure.append(pressure[i] * (temperature[i + 1] / t0) ** (-GMR / lapse))
    return np.array(temperature), np.array(pressure) / (AIR * np.array(temperature))


LAYER_T, LAYER_RHO = _layer_bases()


@njit(cache=True, error_model="numpy")
def _in_layer(z: float, i: int) -> tuple[float, float, float]:
    """Density (kg/m3), its slope (kg/m4) and molecular-scale temperature (K) by the law of layer i."""
    ratio = R_GEOPOTENTIAL / (R_GEOPOTENTIAL + z)
    t0 = LAYER_T[i]
    lapse = LAYER_LAPSE[i]
    dh = ratio * z - LAYER_H[i]
    t = t0 + lapse * dh
    if lapse == 0.0:
        rho = LAYER_RHO[i] * math.exp(-GMR * dh / t0)
    else:
        rho = LAYER_RHO[i] * math.exp(-(GMR / lapse + 1.0) * math.log(t / t0))
    return rho, -rho * (GMR + lapse) / t * ratio * ratio, t


def _spline() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Nodes (m) and cubics (4, n - 1) of the logarithm of the table, joined to the layers at 86 km."""
    z = np.array([row[0] for row in TABLE_KM]) * 1e3
    log_rho = np.log([row[1] for row in TABLE_KM])
    log_rho[0] = math.log(_in_layer.py_func(Z_LAYERS, TOP_LAYER - 1)[0])
    step = np.diff(z)
    secant = np.diff(log_rho) / step
    matrix = np.eye(len(z))
    bend = np.zeros(len(z))
    for i in range(1, len(z) - 1):
        matrix[i, i - 1 : i + 2] = step[i - 1], 2.0 * (step[i - 1] + step[i]), step[i]
        bend[i] = 3.0 * (secant[i] - secant[i - 1])
    c2 = np.linalg.solve(matrix, bend)
    c1 = secant - step * (2.0 * c2[:-1] + c2[1:]) / 3.0
    return z, np.array([np.diff(c2) / (3.0 * step), c2[:-1], c1, log_rho[:-1]])


NODE_Z, NODE_C = _spline()
LAST_LOG_RHO = math.log(TABLE_KM[-1][1])
LAST_SLOPE = float(np.polyval(np.polyder(NODE_C[:, -1]), NODE_Z[-1] - NODE_Z[-2]))


@njit(cache=True, error_model="numpy")
def layer_at(h: float) -> int:
    """The number of the layer that holds the geometric height h (m): 0 from the ground, 7 above 86 km."""
    i = TOP_LAYER
    while i > 0 and h < LAYER_Z[i]:
        i -= 1
    return i


@njit(cache=True, error_model="numpy")
def density_and_slope(h: float, layer: int) -> tuple[float, float]:
    """Density (kg/m3) and its slope (kg/m4) at height h (m) by one layer's law, which goes on beyond it."""
    if layer < TOP_LAYER:
        rho, slope, _ = _in_layer(max(h, Z_FLOOR), layer)
        return rho, slope if h > Z_FLOOR else 0.0
    n = NODE_Z.shape[0]
    if h >= NODE_Z[n - 1]:
        rho = math.exp(LAST_LOG_RHO + LAST_SLOPE * (h - NODE_Z[n - 1]))
        return rho, rho * LAST_SLOPE
    i = 0
    while h >= NODE_Z[i + 1]:
        i += 1
    d = h - NODE_Z[i]
    c3, c2, c1 = NODE_C[0, i], NODE_C[1, i], NODE_C[2, i]
    rho = math.exp(((c3 * d + c2) * d + c1) * d + NODE_C[3, i])
    return rho, rho * ((3.0 * c3 * d + 2.0 * c2) * d + c1)


@njit(cache=True, error_model="numpy")
def density(h: float) -> float:
    """Density (kg/m3) at geometric height h (m); the height is taken as above the ellipsoid."""
    return density_and_slope(h, layer_at(h))[0]


@njit(cache=True, error_model="numpy")
def speed_of_sound(h: float) -> float:
    """Speed of sound (m/s) at geometric height h (m), sqrt(gamma R T); above 86 km its value there."""
    z = min(max(h, Z_FLOOR), Z_LAYERS)
    t = _in_layer(z, min(layer_at(z), TOP_LAYER - 1))[2]
    return math.sqrt(GAMMA * AIR * t)
