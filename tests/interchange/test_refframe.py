"""Reference frames: what astropy turns into a frame is read back as the Earth-fixed path it was."""

import astropy.units as u
import numpy as np
import pytest
from astropy.coordinates import (
    GCRS,
    ITRS,
    TEME,
    CartesianDifferential,
    CartesianRepresentation,
    PrecessedGeocentric,
)
from astropy.time import Time
from astropy.utils import iers

from tests.interchange.made import EPOCH, HEADER, ROWS, STEP_S, circle, clock, rows, segment
from tocsin.interchange.oem import read_oem
from tocsin.interchange.refframe import FRAMES, to_itrs

S = STEP_S * np.arange(ROWS)


@pytest.fixture(autouse=True)
def iers_since_1962():
    """The measured C04 series, from the package that came with astropy; no download."""
    with iers.conf.set_temp("auto_download", False), iers.earth_orientation_table.set(iers.IERS_B.open()):
        yield


def places(frame, s, epoch):
    """Where astropy puts the circle in a frame, s seconds after the epoch; no light time, no aberration."""
    then = Time(epoch, scale="utc") + s * u.s
    itrs = ITRS(CartesianRepresentation(circle(s)[0].T * u.m), obstime=then)
    made = itrs.transform_to(GCRS(obstime=then) if frame == "EME2000" else frame(obstime=then))
    if frame == "EME2000":
        made = made.transform_to(PrecessedGeocentric(equinox="J2000", obstime=then))
    return made.cartesian.xyz.to_value(u.m).T


def by_astropy(frame, epoch):
    """Positions, and velocities as their rate."""
    near, far = (places(frame, S + h, epoch) - places(frame, S - h, epoch) for h in (0.5, 1.0))
    return places(frame, S, epoch), (8.0 * near - far) / 6.0


def read(folder, name, states, epoch=EPOCH):
    file = folder / "given.oem"
    lines = rows(S, states, epoch=epoch)
    file.write_text(HEADER + segment(lines, clock(0, epoch), clock(S[-1], epoch), REF_FRAME=name))
    (one,) = read_oem(file)
    return one.r_ecef, one.v_ecef


def assert_is_the_circle(states):
    r, v = circle(S)
    np.testing.assert_allclose(states[0], r, rtol=0, atol=0.02)
    np.testing.assert_allclose(states[1], v, rtol=0, atol=1e-3)


@pytest.mark.parametrize("epoch", ["1983-09-26T00:15:00", "2005-12-31T23:50:00", EPOCH])
@pytest.mark.parametrize(("name", "frame"), [("GCRF", GCRS), ("EME2000", "EME2000")])
def test_celestial_frames_are_astropy_s(tmp_path, name, frame, epoch):
    assert_is_the_circle(read(tmp_path, name, by_astropy(frame, epoch), epoch))


def test_teme_is_astropy_s(tmp_path):
    then = Time(EPOCH, scale="utc") + S * u.s
    r, v = circle(S)
    state = CartesianRepresentation(r.T * u.m).with_differentials(CartesianDifferential(v.T * u.m / u.s))
    teme = ITRS(state, obstime=then).transform_to(TEME(obstime=then)).cartesian
    made = teme.xyz.to_value(u.m).T, teme.differentials["s"].d_xyz.to_value(u.m / u.s).T
    assert_is_the_circle(read(tmp_path, "TEME", made))


def test_earth_fixed_states_stay_as_they_are(tmp_path):
    r, v = read(tmp_path, "ITRF2000", None)
    np.testing.assert_allclose(r, circle(S)[0], rtol=0, atol=6e-4)
    np.testing.assert_allclose(v, circle(S)[1], rtol=0, atol=6e-7)


def test_the_frames_are_told_apart():
    t, (r, v) = np.zeros(1), circle(np.zeros(1))
    turned = {name: to_itrs(name)(t, r, v)[0] for name in ("ITRF", "EME2000", "GCRF", "TEME")}
    apart = [np.linalg.norm(a - b) for i, a in enumerate(turned.values()) for b in [*turned.values()][:i]]
    assert min(apart) > 0.5


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("ITRS", "ITRF"),
        ("ITRF-93", "ITRF"),
        ("ITRF97", "ITRF"),
        ("ITRF2020", "ITRF"),
        ("ITRF-2014", "ITRF"),
        ("J2000", "EME2000"),
        ("GCRS", "GCRF"),
        ("ICRF", "GCRF"),
        ("ICRF3", "GCRF"),
        ("TEMEOFDATE", "TEME"),
    ],
)
def test_a_frame_has_several_names(alias, name):
    assert to_itrs(alias) is to_itrs(name) is not None


def test_the_frames_that_a_message_offers_are_known():
    for name in ("ITRF", "EME2000", "GCRF", "ICRF", "TEME"):
        assert name in FRAMES
        assert to_itrs(name) is not None


@pytest.mark.parametrize(
    "name",
    [
        "",
        "MCI",
        "TDR",
        "TOD",
        "GRC",
        "B1950",
        "RTN",
        "WGS84",
        "ITRF2",
        "ITRF20000",
        "ICRF12",
        "ITRF-",
        "itrf",
    ],
)
def test_a_foreign_frame_is_none(name):
    assert to_itrs(name) is None
