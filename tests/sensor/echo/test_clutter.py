"""Where false looks arise and how many are drawn: geometry written anew, and counts within their bands."""

import numpy as np
import pytest
from scipy.stats import binom, chi2, kstest, norm, poisson

from tocsin.errors import TocsinError
from tocsin.sensor.echo.aurora import (
    POLE_LAT,
    POLE_LON,
    Aurora,
    aurora_map,
    dipole_latitude_and_field,
)
from tocsin.sensor.echo.clutter import Search, draw_clutter, joined, middles, shell_area
from tocsin.sensor.echo.false_alarms import draw_false_alarms, false_alarm_rate, range_cells
from tocsin.sensor.echo.meteor_trails import MeteorTrails, meteor_map
from tocsin.sensor.echo.refraction import height_of

VHF, UHF = 299792458.0 / 155e6, 299792458.0 / 435e6
ALL_ROUND = Search(0.0, 2.0 * np.pi, np.radians(2.0), np.radians(5.0))
LEKHTUSI, OLENEGORSK = np.radians([60.3, 30.55]), np.radians([68.1, 33.9])
SOUTHERN = {"Armavir": (44.95, 41.0), "Mishelevka": (52.85, 103.25), "Shandong": (36.0, 118.1)}
T6 = -np.log(1e-6)


def test_the_area_of_a_cap():
    r_s = 6371008.8
    found = shell_area(np.array([0.0, 2.0 * np.pi]), np.linspace(0.0, np.pi / 2, 4), np.array([99e3, 101e3]))
    cap = 2.0 * np.pi * (r_s + 1e5) ** 2 * (1.0 - r_s / (r_s + 1e5))
    assert found.sum() == pytest.approx(cap, rel=1e-12)


def test_meteors_fall_steeply_with_wavelength_and_follow_the_hour():
    vhf, uhf = (meteor_map(ALL_ROUND, w) for w in (VHF, UHF))
    assert vhf.rate.sum() / uhf.rate.sum() == pytest.approx((435.0 / 155.0) ** 4, rel=1e-9)
    # Assumed: of the order of a few a minute round the horizon at VHF, a few an hour at UHF.
    assert 1.0 < 60.0 * vhf.rate.sum() < 20.0
    assert 1.0 < 3600.0 * uhf.rate.sum() < 20.0
    hours = np.arange(0.0, 24.0, 3.0)
    of_day = [meteor_map(ALL_ROUND, VHF, local_hour=h).rate.sum() / vhf.rate.sum() for h in hours]
    assert np.mean(of_day) == pytest.approx(1.0)
    assert hours[np.argmax(of_day)] == 6.0
    assert max(of_day) == pytest.approx(1.5)
    level = vhf.per_azimuth
    assert level == pytest.approx(np.full(len(level), vhf.rate.sum() / (2.0 * np.pi)))


def test_the_number_of_meteors_by_integration():
    # Over ground distance instead of elevation: the ring at psi is 2 pi r^2 sin(psi) wide, at a range by the
    # law of cosines, and its elevation by the law of sines.
    r_s, total, weight = 6371008.8, 0.0, 0.0
    for height in np.arange(80.25e3, 110e3, 0.5e3):
        r = r_s + height
        psi = np.linspace(0.02, 0.2, 20001)
        away = np.sqrt(r_s**2 + r**2 - 2.0 * r_s * r * np.cos(psi))
        el = np.arccos(r * np.sin(psi) / away)
        ring = (2.0 * np.pi * r**2 * np.sin(psi) * (1e6 / away) ** 1.5)[
            (el > ALL_ROUND.el_min) & (el < ALL_ROUND.el_max)
        ]
        layer = np.exp(-0.5 * ((height - 93e3) / 6e3) ** 2)
        total += layer * ring.sum() * (psi[1] - psi[0])
        weight += layer
    expected = 5e-14 * (VHF / 2.0) ** 4 * total / weight
    assert meteor_map(ALL_ROUND, VHF).rate.sum() == pytest.approx(expected, rel=0.01)


def test_the_field_is_the_gradient_of_a_dipole():
    rng = np.random.default_rng(2)
    pole = np.array(
        [
            np.cos(POLE_LAT) * np.cos(POLE_LON),
            np.cos(POLE_LAT) * np.sin(POLE_LON),
            np.sin(POLE_LAT),
        ]
    )
    for r in rng.normal(size=(20, 3)):
        r *= 6.48e6 / np.linalg.norm(r)

        def potential(x):
            return pole @ x / np.linalg.norm(x) ** 3

        step = 10.0 * np.eye(3)
        gradient = np.array([potential(r + s) - potential(r - s) for s in step])
        latitude, field = dipole_latitude_and_field(r)
        assert np.abs(np.cross(field, gradient / np.linalg.norm(gradient))).max() < 1e-6
        # Dip: tan I = 2 tan(latitude).
        dip = np.arcsin(np.abs(field @ r) / np.linalg.norm(r))
        assert np.tan(dip) == pytest.approx(2.0 * np.abs(np.tan(latitude)), rel=1e-9)


def test_the_pole_of_igrf():
    at_pole, _ = dipole_latitude_and_field(np.array([np.cos(1.0), 0.0, np.sin(1.0)]), 1.0, 0.0)
    assert at_pole == pytest.approx(np.pi / 2)
    # Dipole latitudes by the spherical triangle: Tromso (69.66 N, 18.94 E), known as some 67 deg.
    lat, lon = np.radians([69.5, 18.94])
    found, _ = dipole_latitude_and_field(
        np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    )
    triangle = np.sin(lat) * np.sin(POLE_LAT) + np.cos(lat) * np.cos(POLE_LAT) * np.cos(lon - POLE_LON)
    assert found == pytest.approx(np.arcsin(triangle))
    assert np.degrees(found) == pytest.approx(67.0, abs=0.7)


def test_aurora_is_seen_where_the_beam_crosses_the_field_in_the_oval():
    north = aurora_map(ALL_ROUND, *LEKHTUSI, VHF)
    azimuth = np.degrees(middles(north.azimuth))
    heard = north.per_azimuth > 0.0
    assert heard.sum() > 10
    # Only toward the pole: within 75 deg of the bearing of the dipole's pole, some 340 deg.
    off = np.abs((azimuth[heard] - 343.0 + 180.0) % 360.0 - 180.0)
    assert off.max() < 75.0
    assert not np.any(heard[(azimuth > 90.0) & (azimuth < 250.0)])
    assert aurora_map(ALL_ROUND, *LEKHTUSI, UHF).rate.sum() < 0.05 * north.rate.sum()


@pytest.mark.parametrize("name", list(SOUTHERN))
def test_southern_sites_have_no_aurora(name):
    assert aurora_map(ALL_ROUND, *np.radians(SOUTHERN[name]), VHF).rate.sum() == 0.0


def test_a_site_under_the_oval_looks_up_along_the_field():
    # At Olenegorsk the field dips 77 deg: high beams run along it, and only those near the horizon cross it.
    high = Search(0.0, 2.0 * np.pi, np.radians(30.0), np.radians(70.0))
    assert aurora_map(high, *OLENEGORSK, VHF).rate.sum() == 0.0
    assert aurora_map(ALL_ROUND, *OLENEGORSK, VHF).rate.sum() > 0.0
    quiet = aurora_map(ALL_ROUND, *OLENEGORSK, VHF, activity=0.0)
    assert quiet.rate.sum() == 0.0
    stormy = aurora_map(ALL_ROUND, *OLENEGORSK, VHF, activity=3.0)
    assert stormy.rate.sum() == pytest.approx(3.0 * aurora_map(ALL_ROUND, *OLENEGORSK, VHF).rate.sum())


def test_the_aspect_in_the_magnetic_meridian():
    # From a site on the pole's meridian, looking at the pole along it, all lies in one plane: the ray climbs
    # at el + psi over the local level, the field dips at atan(2 tan(latitude)), and they cross at right
    # angles where the two sum to 90 deg.
    lat, lon = np.radians(58.0), POLE_LON
    search = Search(-0.01, 0.02, np.radians(0.5), np.radians(25.0))
    found = aurora_map(search, lat, lon, VHF, Aurora(latitude_min=0.9, latitude_max=1.5))
    el, height = np.meshgrid(middles(found.elevation), middles(found.height), indexing="ij")
    psi = np.arccos(6371008.8 / (6371008.8 + height) * np.cos(el)) - el
    there = np.arctan(0.9933 * np.tan(lat)) + (np.pi / 2 - POLE_LAT) + psi
    aspect = np.degrees(np.abs(el + psi + np.arctan(2.0 * np.tan(there)) - np.pi / 2))
    strongest = 30.0 + 30.0 * np.log10(VHF / 2.0)
    expected = np.where((there >= 0.9) & (there <= 1.5), np.maximum(strongest - 10.0 * aspect, 0.0), 0.0)
    # 3 dB are 0.3 deg: the plumb line leans 0.19 deg on the ellipsoid. Where the band ends it matters too.
    clear = (np.abs(there - 0.9) > 0.01) & (np.abs(there - 1.5) > 0.01)
    assert np.count_nonzero(expected[clear]) > 5
    assert found.excess_db[0][clear] == pytest.approx(expected[clear], abs=3.0)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", ["meteor", "aurora"])
def test_draws_are_poisson_and_lie_where_they_should(kind, seed):
    chart = meteor_map(ALL_ROUND, VHF) if kind == "meteor" else aurora_map(ALL_ROUND, *OLENEGORSK, VHF)
    rng = np.random.default_rng(seed)
    mean = 2000.0
    drawn = draw_clutter(chart, mean / chart.rate.sum(), T6, rng)
    low, high = poisson.ppf([0.0005, 0.9995], mean)
    assert low <= len(drawn) <= high
    expected = chart.rate.sum(axis=(1, 2)) * mean / chart.rate.sum()
    counts, _ = np.histogram(drawn.values[:, 1], chart.azimuth)
    some = expected > 5.0
    assert np.all(counts[expected == 0.0] == 0)
    assert np.sum((counts - expected)[some] ** 2 / expected[some]) < chi2.ppf(0.999, some.sum())
    heights = height_of(drawn.values[:, 2], drawn.values[:, 0])
    assert heights.min() > chart.height[0] - 1.0
    assert heights.max() < chart.height[-1] + 1.0
    assert np.all((drawn.values[:, 2] >= ALL_ROUND.el_min) & (drawn.values[:, 2] <= ALL_ROUND.el_max))
    assert np.all(drawn.power >= T6)
    assert drawn.power.max() <= T6 * 10.0 ** (0.1 * chart.excess_db.max())
    assert set(drawn.kind) == {kind}
    assert kstest(drawn.range_rate / chart.rate_sigma, norm.cdf).pvalue > 1e-3


@pytest.mark.parametrize("p_fa", [1e-2, 1e-3])
def test_false_alarms_are_binomial_over_the_cells(p_fa):
    beams, width = np.radians(np.arange(0.0, 120.0, 2.0)), np.radians(2.0)
    rng = np.random.default_rng(8)
    cells = range_cells(300e3, 5000e3, 316e3)
    assert cells == int(np.ceil(4700e3 / (299792458.0 / 632e3)))
    scans = [
        draw_false_alarms(beams, np.full(60, 0.06), width, 3e5, 5e6, 316e3, p_fa, 8e3, rng) for _ in range(5)
    ]
    trials = 5 * 60 * cells
    low, high = binom.ppf([0.0005, 0.9995], trials, p_fa)
    assert low <= sum(map(len, scans)) <= high
    assert false_alarm_rate(60, cells, p_fa) == pytest.approx(trials * p_fa / 5)
    looks = joined(*scans)
    counts = np.histogram(looks.values[:, 1], np.append(beams - 0.5 * width, beams[-1] + 0.5 * width))[0]
    # The first beam straddles north: what lies west of it is near 2 pi.
    counts[0] += np.sum(looks.values[:, 1] > np.pi)
    even = len(looks) / 60
    assert np.sum((counts - even) ** 2 / even) < chi2.ppf(0.999, 59)
    assert kstest((looks.values[:, 0] - 3e5) / 4.7e6, "uniform").pvalue > 1e-3
    assert kstest(looks.power + np.log(p_fa), "expon").pvalue > 1e-3
    assert kstest(looks.range_rate / 16e3 + 0.5, "uniform").pvalue > 1e-3
    assert set(looks.kind) == {"thermal"}


def test_at_one_in_a_million_the_mean_is_the_formula():
    cells = range_cells(250e3, 6000e3, 316e3)
    assert false_alarm_rate(60, cells, 1e-6) == pytest.approx(0.7273, rel=1e-3)
    rng = np.random.default_rng(3)
    beams = np.linspace(0.0, 2.0, 60)
    number = sum(
        len(draw_false_alarms(beams, beams * 0.0 + 0.1, 0.03, 250e3, 6e6, 316e3, 1e-6, 8e3, rng))
        for _ in range(1000)
    )
    low, high = binom.ppf([0.0005, 0.9995], 60 * cells * 1000, 1e-6)
    assert low <= number <= high


def test_each_false_alarm_has_a_cell_of_its_own():
    rng = np.random.default_rng(5)
    looks = draw_false_alarms(np.zeros(1), np.zeros(1), 0.02, 0.0, 1e6, 316e3, 0.5, 0.0, rng)
    gates = np.floor(looks.values[:, 0] / (1e6 / range_cells(0.0, 1e6, 316e3)))
    assert len(np.unique(gates)) == len(looks) > 900


def test_none_of_none():
    nothing = draw_clutter(meteor_map(ALL_ROUND, VHF), 0.0, T6, np.random.default_rng(1))
    assert len(nothing) == len(joined()) == len(joined(nothing, nothing)) == 0
    assert nothing.values.shape == joined().values.shape == (0, 3)
    assert meteor_map(ALL_ROUND, VHF, MeteorTrails(density=0.0)).rate.sum() == 0.0


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: Search(0.0, 7.0, 0.0, 1.0), "az_width"),
        (lambda: Search(0.0, 1.0, 0.5, 0.2), "el_max"),
        (lambda: Search(0.0, 1.0, -0.1, 0.2), "el_min"),
        (lambda: MeteorTrails(diurnal=1.5), "diurnal"),
        (lambda: meteor_map(ALL_ROUND, 0.0), "wavelength"),
        (lambda: meteor_map(ALL_ROUND, VHF, local_hour=25.0), "local hour"),
        (lambda: Aurora(latitude_min=1.3, latitude_max=1.0), "no band"),
        (lambda: aurora_map(ALL_ROUND, *LEKHTUSI, VHF, activity=-1.0), "activity"),
        (lambda: draw_clutter(meteor_map(ALL_ROUND, VHF), -1.0, T6, np.random.default_rng(1)), "search time"),
        (lambda: range_cells(2e6, 1e6, 3e5), "range_max_m"),
        (lambda: false_alarm_rate(1, 1, 2.0), "false-alarm"),
    ],
)
def test_what_cannot_be_is_refused(ask, says):
    with pytest.raises(TocsinError, match=says):
        ask()
