"""Fireballs at the table's rate, and lightning: Poisson's statistics and the laws they are drawn from."""

import csv
from datetime import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import chi2, kstest, poisson, truncnorm

from tocsin.catalogue.fireballs import Fireballs, fireballs
from tocsin.earth.constants import R_EQ
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError
from tocsin.sensor.infrared.flashes import FlashLight, draw_fireballs, in_frames, together
from tocsin.sensor.infrared.flashrate import YEAR, FlashRate, fireball_rate
from tocsin.sensor.infrared.lightning import Lightning, draw_lightning

SEEDS = range(5)


def held(count, mean, share=0.999):
    low, high = poisson.ppf([0.5 * (1.0 - share), 0.5 * (1.0 + share)], mean)
    return low <= count <= high


def test_the_rate_is_that_of_the_published_table_counted_anew(reference):
    file = reference / "sensors" / "cneos" / "cneos_fireball_data_20250206.csv"
    rows = csv.DictReader(file.read_text().splitlines())
    energies, first, last = [], datetime(1994, 1, 1), datetime(2025, 2, 7)  # noqa: DTZ001
    for row in rows:
        when = datetime.strptime(row["Peak Brightness Date/Time (UT)"], "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007
        if when >= first and float(row["Total Radiated Energy (J)"]) >= 1e11:
            energies.append(float(row["Total Radiated Energy (J)"]))
    years = (last - first).days / 365.25
    rate = fireball_rate()
    assert rate.count == len(energies) == 348
    assert rate.rate == pytest.approx(len(energies) / years, rel=1e-4)
    # The published power law of fireballs has the exponent 0.90 +- 0.03 (Brown et al., Nature 420 (2002),
    # 294-296): within three sigma of both.
    assert abs(rate.exponent - 0.90) < 3.0 * np.hypot(rate.exponent_sigma, 0.03)
    # Ten times the energy: what the law says against what is counted, within 99.9 %.
    assert held(sum(e >= 1e12 for e in energies), rate.per_year(1e12) * years)
    # Below, the table misses what the law has: it is a floor.
    assert rate.per_year(2e10) > 1.2 * fireball_rate(2e10).rate


@pytest.mark.parametrize("seed", SEEDS)
def test_the_fit_finds_a_known_law_within_its_sigmas(seed):
    # 300 tables of 200 fireballs: the pulls of the exponent have mean 0 and variance 1.
    rng, pulls = np.random.default_rng(seed), []
    for _ in range(300):
        radiated = 1e11 * rng.random(200) ** (-1.0 / 0.9)
        table = Fireballs(np.full(200, tai_from_utc("2000-01-01")), *np.zeros((3, 200)), radiated)
        found = fireball_rate(table=table)
        pulls.append((found.exponent - 0.9) / found.exponent_sigma)
    assert abs(np.mean(pulls)) < 3.29 / np.sqrt(300)
    low, high = chi2.ppf([0.0005, 0.9995], 299)
    # The sigma is itself drawn with the exponent, which widens the pulls by a percent or two.
    assert low < np.var(pulls) * 300 < 1.04 * high


@pytest.mark.parametrize("seed", SEEDS)
def test_fireballs_come_as_poisson_says_at_the_rate_of_the_law(seed):
    rng, law = np.random.default_rng(seed), fireball_rate()
    mean = law.per_year(1e11) - law.per_year(1e15)
    counts = np.array([len(draw_fireballs(0.0, YEAR, rng, least_j=1e11).t_tai) for _ in range(400)])
    assert held(counts.sum(), 400 * mean)
    dispersion = np.sum((counts - counts.mean()) ** 2) / counts.mean()
    low, high = chi2.ppf([0.0005, 0.9995], 399)
    assert low < dispersion < high
    # A time of no length has none; the table's own count of 31 years is a fair draw.
    assert len(draw_fireballs(5.0, 5.0, rng).t_tai) == 0
    assert held(law.count, 31.1 * law.per_year(1e11))


@pytest.mark.parametrize("seed", SEEDS)
def test_what_fireballs_are_like(seed):
    law, light = fireball_rate(), FlashLight(longest_s=1e3)
    f = draw_fireballs(1e8, 1e8 + 100.0 * YEAR, np.random.default_rng(seed), light=light)
    assert np.all(np.diff(f.t_tai) >= 0.0)
    assert np.all(f.kind == "fireball")
    b, cut = law.exponent, (2e10 / light.most_j) ** law.exponent
    laws = {
        "time": (f.t_tai, lambda t: (t - 1e8) / (100.0 * YEAR)),
        "latitude": (np.sin(f.lat), lambda s: 0.5 * (1.0 + s)),
        "longitude": (f.lon, lambda v: (v + np.pi) / (2.0 * np.pi)),
        "energy": (f.energy, lambda e: (1.0 - (e / 2e10) ** -b) / (1.0 - cut)),
        "duration": (np.log(f.duration / 1.5) / 0.5, "norm"),
    }
    for name, (values, cdf) in laws.items():
        assert kstest(values, cdf).pvalue > 0.0002, name
    assert np.isin(np.round(f.height / 1e3, 6), np.round(fireballs().height_km, 6)).all()
    np.testing.assert_allclose(f.intensity * f.duration * 4.0 * np.pi, light.share * f.energy, rtol=1e-12)
    assert f.energy.max() <= light.most_j
    assert np.all(np.abs(np.linalg.norm(f.r_ecef, axis=-1) - R_EQ) < 125e3)


def test_the_share_in_the_band_is_a_black_bodys():
    # Planck's law at 6,000 K over 2.6 to 2.9 um, over all: 15 / pi^4 of the integral of x^3 / (e^x - 1).
    x = [1.438777e-2 / (wavelength * 6000.0) for wavelength in (2.9e-6, 2.6e-6)]
    share = 15.0 / np.pi**4 * quad(lambda v: v**3 / np.expm1(v), *x)[0]
    assert FlashLight().share == pytest.approx(share, rel=0.05)


def test_durations_are_cut_and_rates_of_ones_own_are_taken():
    rate = FlashRate(1e10, 5000.0, 0.0, 1.0, 0.0, 0)
    f = draw_fireballs(0.0, YEAR, np.random.default_rng(1), 1e10, rate, FlashLight(longest_s=2.0))
    assert held(len(f.t_tai), 5000.0)
    assert f.duration.max() == 2.0


@pytest.mark.parametrize("seed", SEEDS)
def test_what_lightning_is_like(seed):
    f = draw_lightning(0.0, 100 * 86400.0, np.random.default_rng(seed))
    own = Lightning()
    assert held(len(f.t_tai), 100 * own.per_day)
    assert np.all((f.duration > 0.0) & (f.duration < 1.0))
    assert np.all(f.kind == "lightning")
    edge = np.radians(60.0) / own.lat_sigma
    assert kstest(f.lat / own.lat_sigma, truncnorm(-edge, edge).cdf).pvalue > 0.0002
    assert kstest(f.lon, lambda v: (v + np.pi) / (2.0 * np.pi)).pvalue > 0.0002
    assert np.sum(f.energy > 1e9) == pytest.approx(len(f.t_tai) * 10.0**-own.exponent, rel=0.4)
    assert len(draw_lightning(0.0, 1e6, np.random.default_rng(0), Lightning(per_day=0.0)).t_tai) == 0


@given(st.integers(0, 2**32), st.floats(0.1, 10.0))
def test_frames_hold_the_whole_flash_and_nothing_else(seed, frame_s):
    rng = np.random.default_rng(seed)
    f = together(draw_fireballs(0.0, 0.2 * YEAR, rng), draw_lightning(0.0, 86400.0, rng))
    assert np.all(np.diff(f.t_tai) >= 0.0)
    for k in range(0, len(f.t_tai), 7):
        t = f.t_tai[k] + frame_s * (np.arange(-2, int(12.0 / frame_s) + 4) + rng.random())
        got = in_frames(f, t, frame_s)[k]
        # The sum over frames of what each holds is the flash's energy in the band, per sr.
        assert got.sum() * frame_s == pytest.approx(f.intensity[k] * f.duration[k], rel=1e-5)
        outside = (t <= f.t_tai[k]) | (t - frame_s >= f.t_tai[k] + f.duration[k])
        assert np.all(got[outside] == 0.0)
        assert np.all(got <= f.intensity[k] * (1.0 + 1e-6))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: fireball_rate(1e16), "too few for a rate"),
        (lambda: fireball_rate(1e11, "2030-01-01"), "too few for a rate"),
        (lambda: fireball_rate().per_year(0.0), "energy_j: 0 J is not possible"),
        (lambda: draw_fireballs(1.0, 0.0, np.random.default_rng(0)), "give two times, the later one second"),
        (lambda: draw_fireballs(0.0, np.inf, np.random.default_rng(0)), "give two times"),
        (lambda: draw_fireballs(0.0, 1.0, np.random.default_rng(0), 2e15), "least_j: 2e"),
        (lambda: in_frames(draw_lightning(0.0, 1.0, np.random.default_rng(0)), np.ones(1), 0.0), "frame_s"),
        (lambda: Lightning(median_s=1.0), "give a median below 0.9 s"),
        (lambda: FlashLight(share=-1.0), "FlashLight.share = -1 is impossible"),
        (lambda: together(), "no draws of flashes"),
    ],
)
def test_impossible_figures_are_refused(call, words):
    with pytest.raises(TocsinError, match=words):
        call()
