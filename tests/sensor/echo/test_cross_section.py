"""Cross-sections against the physical-optics integral over the lit surface."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import j1

from tocsin.errors import TocsinError
from tocsin.sensor.echo.cross_section import (
    Body,
    Cylinder,
    Sphere,
    cross_section,
    end_echo,
    side_echo,
    swerling_case,
)

STAGE = Cylinder(radius_m=1.2, length_m=8.0, floor_m2=0.1)
UHF, VHF = 299.792458 / 435, 299.792458 / 155


def optics_side(shape, aspect, wavelength):
    """4 pi / lambda^2 |integral of (n.i) exp(2ik r.i)|^2 over the lit side of a cylinder."""
    k = 2.0 * np.pi / wavelength
    s, x = np.sin(aspect), k * shape.length_m * np.cos(aspect)
    # The crests only: their envelope is what the model keeps.
    phi = np.linspace(-np.pi / 2, np.pi / 2, 1001)
    round_it = np.trapezoid(np.cos(phi) * np.exp(2j * k * shape.radius_m * s * np.cos(phi)), phi)
    area = shape.radius_m * shape.length_m * s * round_it
    return 4.0 * np.pi / wavelength**2 * np.abs(area) ** 2 * np.sinc(x / np.pi) ** 2


@pytest.mark.parametrize("wavelength", [UHF, VHF, 0.1])
def test_broadside_is_the_integral(wavelength):
    k = 2 * np.pi / wavelength
    ours = cross_section(STAGE, np.pi / 2, wavelength).rcs_m2
    assert ours == pytest.approx(2 * np.pi * 1.2 * 64.0 / wavelength, rel=1e-9)
    # The edges of the lit side ripple as 1 / sqrt(k r).
    ripple = 2.5 / np.sqrt(np.pi * k * STAGE.radius_m)
    assert ours == pytest.approx(optics_side(STAGE, np.pi / 2, wavelength), rel=ripple)


def test_the_side_is_the_envelope_of_the_integral():
    aspect = np.linspace(0.3, np.pi / 2, 1500)
    wavelength = 0.1
    exact = np.array([optics_side(STAGE, a, wavelength) for a in aspect])
    ours = side_echo(STAGE, aspect, np.full(aspect.shape, 2 * np.pi / wavelength))
    assert np.all(exact < 1.25 * ours)
    # Each stretch of some lobes comes close to it.
    near = [np.max((exact / ours)[i : i + 75]) for i in range(0, 1500, 75)]
    assert min(near) > 0.75


def test_the_end_is_the_envelope_of_an_airy_pattern():
    aspect = np.linspace(1e-6, 1.4, 4000)
    k = 2 * np.pi / 0.1
    x = 2 * k * STAGE.radius_m * np.sin(aspect)
    exact = 4 * np.pi * (np.pi * 1.44) ** 2 / 0.01 * (2 * j1(x) / x) ** 2 * np.cos(aspect) ** 2
    ours = end_echo(STAGE, aspect, np.full(aspect.shape, k))
    assert np.all(exact < 1.25 * ours)
    assert ours[0] == pytest.approx(exact[0], rel=1e-6)
    assert min(np.max((exact / ours)[i : i + 200]) for i in range(0, 3800, 200)) > 0.75


def test_a_sphere_is_its_shadow_on_average():
    """The optics integral over a sphere's lit half ripples about pi r^2 as 1 / kr."""
    k, r = 2 * np.pi / UHF, 5.0
    part = [quad(lambda u, f=f: u * f(2 * k * r * u), 0.0, 1.0, limit=400)[0] for f in (np.cos, np.sin)]
    optics = 4 * np.pi / UHF**2 * (2 * np.pi * r**2) ** 2 * (part[0] ** 2 + part[1] ** 2)
    ours = cross_section(Sphere(r), [0.0, 1.0, 3.0], UHF)
    np.testing.assert_allclose(ours.rcs_m2, optics, rtol=1.2 / (k * r))
    np.testing.assert_allclose(ours.rcs_m2, np.pi * 25.0)


shapes = st.one_of(
    st.builds(Sphere, st.floats(0.4, 5.0)),
    st.builds(Cylinder, st.floats(0.4, 3.0), st.floats(0.5, 20.0), st.floats(0.01, 3.0), st.booleans()),
    st.builds(Body, st.floats(0.001, 100.0)),
)


@given(shapes, st.floats(0.0, np.pi), st.floats(0.05, 2.4))
def test_never_below_a_tenth_of_a_square_metre(shape, aspect, wavelength):
    there = cross_section(shape, aspect, wavelength)
    assert there.rcs_m2 >= 0.1
    assert not there.raised or there.rcs_m2 == 0.1
    mirrored = cross_section(shape, np.pi - aspect, wavelength).rcs_m2
    assert mirrored == pytest.approx(float(there.rcs_m2), rel=1e-6)


def test_what_is_raised_says_so():
    small = cross_section(Body(0.02), [0.1, 0.2], UHF)
    np.testing.assert_array_equal(small.raised, True)
    np.testing.assert_array_equal(small.rcs_m2, 0.1)
    assert not cross_section(Body(2.0), 0.1, UHF).raised
    bare = Cylinder(radius_m=0.5, length_m=2.0, floor_m2=0.001)
    assert cross_section(bare, 0.6, 0.05).raised
    assert cross_section(Cylinder(0.5, 2.0), 0.6, 0.05).rcs_m2 == 1.0


def test_cases():
    assert swerling_case(Sphere(1.0)) == 0
    assert swerling_case(Body(1.0)) == 1
    assert swerling_case(STAGE) == 1
    assert swerling_case(Cylinder(1.0, 5.0, tumbling=False)) == 3


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (lambda: Sphere(0.0), "radius_m"),
        (lambda: Cylinder(1.0, -2.0), "length_m"),
        (lambda: Body(float("nan")), "rcs_m2"),
        (lambda: cross_section(STAGE, -0.1, UHF), "aspect"),
        (lambda: cross_section(STAGE, 4.0, UHF), "aspect"),
        (lambda: cross_section(STAGE, 1.0, 0.0), "wavelength"),
        (lambda: cross_section(Sphere(0.1), 1.0, VHF), "give 0.31 m or more, or a Body"),
    ],
)
def test_what_cannot_be_is_refused(wrong, what):
    with pytest.raises(TocsinError, match=what):
        wrong()
