"""The atmosphere against values printed in the US Standard Atmosphere 1976."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.earth.air import density_and_slope, layer_at
from tocsin.earth.atmosphere import LAYER_Z, TABLE_KM, US_1976, density, layer_law, speed_of_sound


@pytest.mark.parametrize(
    ("z_km", "rho"),
    [
        (0, 1.2250), (0.5, 1.1673), (1, 1.1117), (10, 4.1351e-1), (30, 1.8410e-2), (42, 2.9948e-3),
        (46, 1.7142e-3), (50, 1.0269e-3), (77, 2.9448e-5), (86, 6.958e-6),
    ],
)  # fmt: skip
def test_density_in_the_layers(z_km, rho):
    # Table I, geometric altitude, to its printed digits.
    assert density(z_km * 1e3) == pytest.approx(rho, rel=7e-5)


@pytest.mark.parametrize(
    ("z_km", "rho"),
    [(86.5, 6.366e-6), (92, 2.393e-6), (125, 1.291e-8), (210, 1.846e-10), (230, 1.029e-10), (374, 4.478e-12)],
)
def test_density_between_the_nodes_above(z_km, rho):
    # Rows of Table I that the spline does not pass through by construction.
    assert z_km not in [row[0] for row in TABLE_KM]
    assert density(z_km * 1e3) == pytest.approx(rho, rel=2e-3)


@pytest.mark.parametrize(
    ("z_km", "speed"), [(0, 340.29), (0.5, 338.37), (10, 299.53), (24, 297.72), (86, 274.10)]
)
def test_speed_of_sound(z_km, speed):
    assert speed_of_sound(z_km * 1e3) == pytest.approx(speed, abs=6e-3)
    assert speed_of_sound(500e3) == speed_of_sound(86e3)


@given(st.floats(-15e3, 1500e3), st.floats(0.1, 1e4))
def test_density_falls_all_the_way(h, rise):
    assert density(h + rise) < density(h)


@given(st.floats(-15e3, 1500e3))
def test_slope_against_differences(h):
    step = 1.0
    if min(abs(h - z) for z in LAYER_Z) > 2 * step:
        slope = (density(h + step) - density(h - step)) / (2 * step)
        assert density_and_slope(h, layer_at(h, US_1976), US_1976)[1] == pytest.approx(slope, rel=1e-5)


@given(st.floats(-15e3, 86e3))
def test_the_pieces_are_the_layers_laws(h):
    layer = max(0, sum(h >= z for z in LAYER_Z) - 1)
    assert density(h) == pytest.approx(layer_law(h, min(layer, 6))[0], rel=1e-10)


@pytest.mark.parametrize("z", [*LAYER_Z, *(row[0] * 1e3 for row in TABLE_KM), -20e3])
def test_density_is_continuous(z):
    assert density(z - 1e-6) == pytest.approx(density(z + 1e-6), rel=1e-9)
