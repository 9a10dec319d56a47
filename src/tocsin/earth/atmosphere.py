"""The US Standard Atmosphere 1976: density and speed of sound against geometric height.

Below 86 km the standard's seven layers of constant gradient in geopotential height; from 86 to 1,000 km a
natural cubic spline in the logarithm of its tabulated density. Above 1,000 km the last slope goes on.
Source: U.S. Standard Atmosphere 1976, NOAA-S/T 76-1562, equations 18, 23, 33, 42, 50 and Table I.
"""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tocsin.earth.air import air_density, air_of

GAMMA = 1.4
AIR = 8314.32 / 28.9644  # J/(kg K), gas constant over the molar mass at sea level
GMR = 9.80665 / AIR  # K/m, weight of the air over its gas constant
R_GEOPOTENTIAL = 6356766.0  # m, the standard's Earth radius at 45 deg
Z_LAYERS = 86e3  # m, geometric height where the layers end
Z_THIN = 150e3  # m, where a fall through the air begins: an edge without a jump
Z_TABLE = 1000e3  # m, where the table ends
Z_FLOOR = -20e3  # m, below which the density no longer grows
Z_END = 2000e3  # m, above which the density stays as it is
PIECE_Z, PIECE_THIN_Z = 1e3, 5e3  # m, below and above Z_THIN

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


def _law(z: float, i: int) -> tuple[float, float]:
    """Density (kg/m3) and molecular-scale temperature (K) by the law of layer i, at height z (m)."""
    t0 = LAYER_T[i]
    lapse = LAYER_LAPSE[i]
    dh = R_GEOPOTENTIAL * z / (R_GEOPOTENTIAL + z) - LAYER_H[i]
    t = t0 + lapse * dh
    if lapse == 0.0:
        return LAYER_RHO[i] * math.exp(-GMR * dh / t0), t
    return LAYER_RHO[i] * math.exp(-(GMR / lapse + 1.0) * math.log(t / t0)), t


layer_law = njit(cache=True, error_model="numpy")(_law)


def spline_log_density() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Nodes (n,) m and cubics (4, n - 1) of the logarithm of the table, joined to the layers at 86 km."""
    z = np.array([row[0] for row in TABLE_KM]) * 1e3
    log_rho = np.log([row[1] for row in TABLE_KM])
    log_rho[0] = math.log(_law(Z_LAYERS, len(LAYER_H) - 1)[0])
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


def _us_1976() -> NDArray[np.float64]:
    """The layers, the spline up to 1,000 km and its last slope, in one table."""
    node, cubic = spline_log_density()
    last = float(np.polyval(np.polyder(cubic[:, -1]), node[-1] - node[-2]))

    def density(layer: int, z: NDArray[np.float64]) -> NDArray[np.float64]:
        if layer < len(LAYER_H):
            return np.array([_law(float(h), layer)[0] for h in z])
        at = np.clip(np.searchsorted(node, z, side="right") - 1, 0, len(node) - 2)
        c3, c2, c1, c0 = cubic[:, at]
        d = np.minimum(z, Z_TABLE) - node[at]
        return np.asarray(np.exp(((c3 * d + c2) * d + c1) * d + c0 + last * np.maximum(z - Z_TABLE, 0.0)))

    edges = np.concatenate([[Z_FLOOR], LAYER_Z[1:], [Z_THIN, Z_END]])
    width = np.where(edges[:-1] < Z_THIN, PIECE_Z, PIECE_THIN_Z)
    return air_of(edges, width, density)


US_1976 = _us_1976()


@njit(cache=True, error_model="numpy")
def density(h: float) -> float:
    """Density (kg/m3) at geometric height h (m); the height is taken as above the ellipsoid."""
    return air_density(h, US_1976)


@njit(cache=True, error_model="numpy")
def speed_of_sound(h: float) -> float:
    """Speed of sound (m/s) at geometric height h (m), sqrt(gamma R T); above 86 km its value there."""
    z = min(max(h, Z_FLOOR), Z_LAYERS)
    i = len(LAYER_H) - 1
    while i > 0 and z < LAYER_Z[i]:
        i -= 1
    return math.sqrt(GAMMA * AIR * layer_law(z, i)[1])
