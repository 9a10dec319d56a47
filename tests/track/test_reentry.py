"""Looks in the air: the drag is solved for, and place and time of impact are as sure as they can be."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tests.track.reentry import DRAG, NEAR, PRINTED, falling, known
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.earth.frames import enu_from_ecef
from tocsin.estimate.ballistic import Gaussian, fit_ballistic
from tocsin.estimate.body import body_of, carried
from tocsin.estimate.body_bound import body_bound
from tocsin.estimate.bound import body_impact_bound, half_circle
from tocsin.estimate.looks import no_looks
from tocsin.estimate.predict import predict_fall
from tocsin.motion.ballistic import impact
from tocsin.track.air import above_air, drag_of, on_an_arc
from tocsin.track.arc import arc_from_partner, arc_of_radars
from tocsin.track.boost import Bank
from tocsin.track.correlate import explains

# Of the printed figures: their air, and where in a second the last look falls, are not told.
WITHIN = 0.25
BANK = Bank((), DRAG.inv_beta)
RUNS = 60


def bound(low_km):
    looks = no_looks() if low_km is None else falling(low_km, known(), DRAG.inv_beta)
    return body_bound(looks, (NEAR,), known(), DRAG)


@pytest.mark.parametrize("low_km", PRINTED)
def test_the_bound_is_the_published_one(low_km):
    cep, sigma_t, ln_beta = PRINTED[low_km]
    body = bound(low_km)
    at = body_impact_bound(body)
    assert at.cep_m / 1e3 == pytest.approx(cep, rel=WITHIN)
    assert at.sigma_t == pytest.approx(sigma_t, rel=WITHIN)
    assert ln_beta is None or body.sigma_ln_beta == pytest.approx(ln_beta, rel=WITHIN)


def drawn(low_km, seed):
    """A flight drawn from what is known before, and the track's arc with that as a partner's word."""
    rng = np.random.default_rng([seed, low_km])
    body = known()
    prior = Gaussian(body.t, rng.multivariate_normal(body.x, body.P, method="cholesky"), body.P)
    inv_beta = DRAG.inv_beta * np.exp(-DRAG.sigma * rng.standard_normal())
    looks = on_an_arc(falling(low_km, body, inv_beta, rng))
    return inv_beta, arc_from_partner(looks, (NEAR,), BANK, None, (prior,), body.t)


@pytest.fixture(scope="module")
def runs():
    return {low_km: [drawn(low_km, seed) for seed in range(RUNS)] for low_km in (40, 30, 20)}


@pytest.mark.parametrize("low_km", [40, 30, 20])
def test_the_tracks_arc_is_honest_of_state_and_drag(runs, low_km):
    """NEES of seven: state and ln beta, at the prior's time."""
    values = []
    for inv_beta, found in runs[low_km]:
        assert found is not None
        body = found.body(BANK.inv_beta)
        e = np.append(body.x - known().x, np.log(inv_beta / body.inv_beta))
        scale = 1.0 / np.sqrt(np.diag(body.P))
        values.append(scale * e @ np.linalg.solve(body.P * np.outer(scale, scale), scale * e))
    low, high = stats.chi2.interval(0.999, 7 * RUNS)
    assert low < sum(values) < high


@pytest.mark.parametrize("low_km", [40, 30, 20])
def test_the_impact_is_told_as_published(runs, low_km):
    """Half of the flights by the printed figures or near, and the true errors as large as told."""
    cep, sigma_t, _ = PRINTED[low_km]
    told, late, off = [], [], []
    for inv_beta, found in runs[low_km]:
        region = predict_fall(found.body(BANK.inv_beta))
        end = impact(known().t, known().x, inv_beta)
        told.append((half_circle(region.P) / 1e3, region.sigma_t))
        late.append((region.t - end.t) / region.sigma_t)
        gap = enu_from_ecef(region.lat, region.lon) @ (
            end.x[:3] - ecef_from_geodetic(region.lat, region.lon, 0.0)
        )
        off.append(gap[:2] @ np.linalg.solve(region.P, gap[:2]))
    assert np.median(told, axis=0) == pytest.approx((cep, sigma_t), rel=0.3)
    assert np.sqrt(np.mean(np.square(late))) == pytest.approx(1.0, abs=0.25)
    low, high = stats.chi2.interval(0.999, 2 * RUNS)
    assert low < sum(off) < high


def test_while_it_falls_nothing_seems_to_push():
    """A track by its own radar alone, asked every three looks from 200 km down to 20 km."""
    for seed in range(6):
        rng = np.random.default_rng(seed)
        inv_beta = DRAG.inv_beta * np.exp(-DRAG.sigma * rng.standard_normal())
        looks = falling(20, known(), inv_beta, rng).where(slice(-180, None))
        found = None
        for until in range(60, 181, 3):
            found = arc_of_radars(looks.where(slice(0, until)), (NEAR,), BANK, found, None, ())
            assert found.phase == "ballistic"
        body = carried(found.body(BANK.inv_beta), float(looks.t[-1]))
        assert body.sigma_ln_beta < 0.1
        assert abs(np.log(inv_beta / body.inv_beta)) < 4.0 * body.sigma_ln_beta


def test_above_the_air_the_drag_stays_as_it_was_assumed():
    looks = falling(100, known(), DRAG.inv_beta, np.random.default_rng(1))
    assert drag_of(looks, DRAG.inv_beta).sigma == 0.0
    found = arc_from_partner(looks, (NEAR,), BANK, None, (known(),), known().t)
    assert found.learnt is None
    body = found.body(BANK.inv_beta)
    assert (body.inv_beta, body.sigma_ln_beta) == (DRAG.inv_beta, pytest.approx(0.6))
    np.testing.assert_array_equal(body.P, body_of(found.state, DRAG.inv_beta).P)


@pytest.mark.parametrize("low_km", [60, 20])
def test_looks_of_a_body_that_climbs_through_the_air_lie_on_no_arc(low_km):
    """The same looks, told backwards: it climbs out, and only what is above 90 km counts."""
    down = falling(low_km, known(), DRAG.inv_beta, np.random.default_rng(2)).where(slice(-60, None))
    up = replace(down, t=down.t[0] + down.t[-1] - down.t)
    assert len(on_an_arc(down)) == len(down)
    np.testing.assert_array_equal(on_an_arc(up).z, above_air(up).z)
    assert len(above_air(up)) < len(up)


def test_a_radar_that_sees_only_the_fall_is_known_as_the_same_object():
    """Of a light body, 1.5 sigma off the assumed: with the drag taken as known it would be another object."""
    inv_beta = DRAG.inv_beta * np.exp(1.5 * DRAG.sigma)
    looks = falling(25, known(), inv_beta, np.random.default_rng(3)).where(slice(-40, None))
    assert explains(looks, (NEAR,), known(), DRAG.inv_beta)
    fixed = fit_ballistic(looks, (NEAR,), known().t, known().x, DRAG.inv_beta, (known(),))
    assert fixed.status != "converged"
