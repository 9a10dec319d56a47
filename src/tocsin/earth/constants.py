"""Constants of the Earth and of light, in SI units.

Sources: MU, R_EQ, FLATTENING and OMEGA from the World Geodetic System 1984 (NIMA TR8350.2); C_LIGHT is exact
by definition. The harmonics of the gravity field are in `geopotential`.
"""

MU = 3.986004418e14  # m3/s2, atmosphere included
R_EQ = 6378137.0  # m, semi-major axis of the ellipsoid
FLATTENING = 1 / 298.257223563
OMEGA = 7.292115e-5  # rad/s, nominal mean rotation rate
C_LIGHT = 299792458.0  # m/s
