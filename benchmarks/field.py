"""How far impacts lie from those in a field of 70 x 70: brahe's EGM2008 and SciPy against ours."""

from __future__ import annotations

import brahe
import numpy as np
from scipy.integrate import solve_ivp

from tocsin.earth.constants import MU, OMEGA
from tocsin.earth.ellipsoid import ecef_from_geodetic, height_and_up
from tocsin.earth.frames import enu_from_ecef
from tocsin.motion.ballistic import impact
from tocsin.motion.forces import GATING, STANDARD, ZONAL, Forces, forces
from tocsin.motion.minimum_energy import minimum_energy

ARCS = 60
DEGREE = 70
MODEL = brahe.GravityModel.from_model_type(brahe.GravityModelType.EGM2008_120)
SAME_MU = MU / MODEL.gm  # the two GMs differ by 7.5e-10, which is not the field's doing


def arcs(rng: np.random.Generator) -> np.ndarray:
    """States (n, 6) 200 km up at the start of least-energy arcs of 3,000 to 11,000 km, anywhere."""
    rows = []
    for _ in range(ARCS):
        speed, angle, _, _ = minimum_energy(rng.uniform(3e6, 11e6))
        lat, lon = np.arcsin(rng.uniform(-1, 1)), rng.uniform(-np.pi, np.pi)
        heading = rng.uniform(0, 2 * np.pi)
        level = speed * np.cos(angle)
        v_enu = np.array([level * np.sin(heading), level * np.cos(heading), speed * np.sin(angle)])
        rows.append(np.concatenate([ecef_from_geodetic(lat, lon, 200e3), enu_from_ecef(lat, lon).T @ v_enu]))
    return np.array(rows)


def in_the_large_field(x0: np.ndarray, degree: int) -> np.ndarray:
    """Where the arc comes down in vacuum, by SciPy's DOP853 at 1e-11."""

    def rhs(_t: float, y: np.ndarray) -> np.ndarray:
        a = MODEL.compute_spherical_harmonics(y[:3], degree, degree) * SAME_MU
        turn = [OMEGA**2 * y[0] + 2 * OMEGA * y[4], OMEGA**2 * y[1] - 2 * OMEGA * y[3], 0.0]
        return np.concatenate([y[3:], a + turn])

    def ground(_t: float, y: np.ndarray) -> float:
        return float(height_and_up(y[0], y[1], y[2])[0])

    ground.terminal, ground.direction = True, -1.0  # type: ignore[attr-defined]
    found = solve_ivp(rhs, (0.0, 6000.0), x0, "DOP853", events=ground, rtol=1e-11, atol=1e-5)
    return np.asarray(found.y_events[0][0][:3])


def main() -> None:
    """Print the distances of the impacts."""
    starts = arcs(np.random.default_rng(2026))
    large = [in_the_large_field(x, DEGREE) for x in starts]
    same = [in_the_large_field(x, 8) for x in starts[:10]]
    fields: tuple[tuple[str, Forces], ...] = (
        ("36 x 36", forces(36)),
        ("24 x 24", forces(24)),
        ("12 x 12", forces(12)),
        ("8 x 8", STANDARD),
        ("J2-J4", ZONAL),
        ("J2", GATING),
    )
    for name, field in fields:
        ours = [impact(0.0, x, 0.0, forces=field).x[:3] for x in starts]
        apart = [float(np.linalg.norm(a - b)) for a, b in zip(ours, large, strict=True)]
        print(
            f"{name:8} against {DEGREE} x {DEGREE}: median {np.median(apart):8.2f} m, "
            f"95 of 100 within {np.quantile(apart, 0.95):8.2f} m, most {max(apart):8.2f} m, {len(apart)} arcs"
        )
        if field is STANDARD:
            check = max(float(np.linalg.norm(a - b)) for a, b in zip(ours, same, strict=False))
            print(f"       against brahe's own 8 x 8: most {check:.4f} m")


if __name__ == "__main__":
    main()
