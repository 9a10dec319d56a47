"""Re-entry in other atmospheres: the exponential one of the reference bounds, and forces that are refused."""

import numpy as np
import pytest

from tests.motion.arcs import BURNOUT, BURNOUT_T
from tests.motion.test_impact import reference_impact
from tocsin.earth.air import air_density, density_and_slope, exponential, layer_at
from tocsin.earth.ellipsoid import geodesic_inverse, geodetic_from_ecef
from tocsin.errors import TocsinError
from tocsin.motion.ballistic import impact, impacts
from tocsin.motion.forces import GATING, STANDARD, ZONAL, forces

# The exponential atmosphere of the project's reference `bounds.md`: base km, kg/m3, scale km.
TABLE = np.array(
    [
        (0, 1.225, 7.249), (25, 3.899e-2, 6.349), (30, 1.774e-2, 6.682), (40, 3.972e-3, 7.554),
        (50, 1.057e-3, 8.382), (60, 3.206e-4, 7.714), (70, 8.770e-5, 6.549), (80, 1.905e-5, 5.799),
        (90, 3.396e-6, 5.382), (100, 5.297e-7, 5.877), (110, 9.661e-8, 7.263), (120, 2.438e-8, 9.473),
        (130, 8.484e-9, 12.636), (140, 3.845e-9, 16.149), (150, 2.070e-9, 22.523),
    ]
)  # fmt: skip
AIR = exponential(TABLE[:, 0] * 1e3, TABLE[:, 1], TABLE[:, 2] * 1e3)
BOUNDS = forces(2, 0, AIR)


@pytest.mark.parametrize("h", [0.0, 12.3e3, 24.9e3, 25.1e3, 77e3, 149e3, 163e3, 400e3])
def test_the_exponential_atmosphere(h):
    i = int(np.searchsorted(TABLE[:, 0] * 1e3, h, side="right")) - 1
    base, rho, scale = TABLE[i]
    expected = rho * np.exp(-(h - base * 1e3) / (scale * 1e3))
    assert air_density(h, AIR) == pytest.approx(expected, rel=1e-8)
    slope = density_and_slope(h, layer_at(h, AIR), AIR)[1]
    assert slope == pytest.approx(-expected / (scale * 1e3), rel=1e-5)


@pytest.mark.parametrize(
    ("beta", "shift_km", "delay_s"),
    [(20000, 0.17, 1.5), (12000, 0.31, 2.8), (8000, 0.55, 4.75), (5000, 1.2, 9.4), (3000, 3.4, 21.0),
     (1500, 11.0, 46.5)],
)  # fmt: skip
def test_the_table_of_the_bounds(beta, shift_km, delay_s):
    # Table 2c: the effect of drag against vacuum, to 3 % or half of its last digit.
    vacuum, drag = (
        impact(BURNOUT_T, BURNOUT, 0.0, forces=BOUNDS),
        impact(BURNOUT_T, BURNOUT, 1 / beta, forces=BOUNDS),
    )
    (lat1, lat2), (lon1, lon2), _ = geodetic_from_ecef(np.array([vacuum.x[:3], drag.x[:3]]))
    distance = geodesic_inverse(lat1, lon1, lat2, lon2)[0] / 1e3
    digit = 0.5 if shift_km == 11.0 else 0.05 if shift_km > 1.0 else 0.005
    assert drag.t - vacuum.t == pytest.approx(delay_s, rel=0.03, abs=0.05)
    assert distance == pytest.approx(shift_km, rel=0.03, abs=digit)


@pytest.mark.parametrize("beta", [9000.0, 1000.0])
@pytest.mark.parametrize("field", [(2, 0), (4, 0), (20, 20)])
def test_impact_in_other_fields(beta, field):
    # The reference has the whole US atmosphere; here only the field is another.
    t, x, _ = reference_impact(BURNOUT, 1 / beta, field)
    ours = impact(BURNOUT_T, BURNOUT, 1 / beta, forces=forces(*field))
    assert np.linalg.norm(ours.x[:3] - x[:3]) < 0.1
    assert ours.t - BURNOUT_T == pytest.approx(t, abs=2e-5)
    status, _, place = impacts(BURNOUT_T, BURNOUT[None], 1 / beta, forces=forces(*field))
    assert status[0] == 0
    assert np.linalg.norm(place[0] - x[:3]) < 0.1


@pytest.mark.parametrize(("degree", "order"), [(1, 0), (37, 37), (4, 5), (8, -1), (0, 1)])
def test_a_field_that_there_is_not_is_refused(degree, order):
    with pytest.raises(TocsinError, match="degree"):
        forces(degree, order)


def test_the_ready_made_ones():
    assert (STANDARD.degree, STANDARD.order) == (8, 8)
    assert (ZONAL.degree, ZONAL.order, GATING.degree, GATING.order) == (4, 0, 2, 0)
