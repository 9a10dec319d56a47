"""A velocity change between burnout and the first radar look: with it regions hold, without it they miss."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tests.estimate.scenes import BURNOUT, INV_BETA, NOISE, RADARS, SITES, T_BURNOUT, nees, template
from tocsin.catalogue import vehicle, vehicles
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.earth.frames import enu_from_ecef
from tocsin.estimate.ballistic import Gaussian, kicked, transported
from tocsin.estimate.boost import Mixture
from tocsin.estimate.boost.mixture import Component
from tocsin.estimate.looks import Looks, no_looks
from tocsin.estimate.predict import predict_fall
from tocsin.motion.ballistic import impact, propagate
from tocsin.sensor.measurement import range_azimuth_elevation
from tocsin.track.arc import arc_from_boost, arc_of_radars
from tocsin.track.boost import Bank, BoostEstimate
from tocsin.track.post_boost import POST_BOOST, post_boost_sigma, with_post_boost

PUSH = 100.0
RUNS = 150
P = np.diag([300.0, 300.0, 300.0, 5.0, 5.0, 5.0]) ** 2
FIRST_LOOK = 820.0
CLASSES = (template("icbm-liquid"), template("icbm-solid"))
WITH = Bank(CLASSES, INV_BETA, (PUSH, PUSH))
WITHOUT = Bank(CLASSES, INV_BETA, (0.0, 0.0))


def boost_of(state, *parts):
    """A boost estimate of these weights and names."""
    components = tuple(Component(w, state, name) for w, name in parts)
    mixture = Mixture("converged", (), (), None, 0.0, state, components, None, 90)
    return BoostEstimate((), (), state, "template icbm-solid", 90, state.t, mixture)


def flight(seed):
    """A body pushed within 100 s after burnout: when it is free with its state there, and the boost told."""
    rng = np.random.default_rng(seed)
    told = Gaussian(T_BURNOUT, rng.multivariate_normal(BURNOUT, P), P)
    t = T_BURNOUT + POST_BOOST.within_s * rng.random()
    x = propagate(T_BURNOUT, BURNOUT, INV_BETA, [t])[0]
    x[3:] += PUSH * rng.standard_normal(3)
    return (t, x), boost_of(told, (1.0, "icbm-solid")), rng


def looks_at(free, seconds, rng):
    """Looks of Olenegorsk at a free body for so long, its lasting errors drawn."""
    t = FIRST_LOOK + 7.0 * np.arange(seconds // 7 + 1)
    x = propagate(*free, INV_BETA, t)
    r_s = np.tile(SITES[0], (len(t), 1))
    h, _ = range_azimuth_elevation(x[:, :3], x[:, 3:], r_s)
    sigma = np.tile([NOISE[0], NOISE[1], NOISE[1]], (len(t), 1))
    sigma[:, 1] /= np.cos(h[:, 2])
    z = h + rng.normal(0.0, RADARS[0].bias_sigma) + rng.standard_normal(h.shape) * sigma
    z[:, 1] %= 2.0 * np.pi
    return Looks(t, np.zeros(len(t), dtype=np.int64), z, sigma, r_s)


def held(bank, share=0.9):
    """The share of flights whose region holds the impact, before any radar look."""
    inside = 0
    for seed in range(RUNS):
        free, boost, _ = flight(seed)
        region = predict_fall(arc_from_boost(no_looks(), RADARS, bank, boost, None, ()).body(INV_BETA))
        end = impact(*free, INV_BETA)
        middle = ecef_from_geodetic(region.lat, region.lon, 0.0)
        off = (enu_from_ecef(region.lat, region.lon) @ (end.x[:3] - middle))[:2]
        inside += off @ np.linalg.solve(region.P, off) < -2.0 * np.log(1.0 - share)
    return inside / RUNS


def test_with_the_term_the_region_holds_what_it_says():
    assert held(WITH) == pytest.approx(0.9, abs=0.07)


def test_without_the_term_it_misses():
    assert held(WITHOUT) < 0.2


def arcs(bank):
    """Solutions after 60 s of radar, each with the NEES at the last look."""
    out = []
    for seed in range(60):
        free, boost, rng = flight(seed)
        looks = looks_at(free, 60, rng)
        found = arc_from_boost(looks, RADARS, bank, boost, None, ())
        t = float(looks.t[-1])
        here = transported(found.state, t, INV_BETA)
        out.append((found, nees(propagate(*free, INV_BETA, [t])[0] - here.x, here.P)))
    return out


def test_the_arc_of_boost_and_radar_is_honest_with_it():
    told = arcs(WITH)
    assert all(f.phase == "ballistic" and not f.prior_rejected for f, _ in told)
    low, high = stats.chi2.interval(0.999, 6 * len(told))
    assert low < sum(value for _, value in told) < high


def test_it_says_since_when_looks_hold_the_arc():
    """What comes later than that is not in its covariance; without a look all that may come is."""
    free, boost, rng = flight(3)
    looks = looks_at(free, 60, rng)
    assert arc_from_boost(no_looks(), RADARS, WITH, boost, None, ()).held_t is None
    assert arc_from_boost(looks, RADARS, WITH, boost, None, ()).held_t == FIRST_LOOK
    # A partner's telescopes hold no arc, and say so by the time of their state; its radars do.
    for t, held in ((T_BURNOUT, None), (T_BURNOUT + 60.0, T_BURNOUT + 60.0)):
        told = transported(boost.state, t, INV_BETA)
        assert arc_from_boost(no_looks(), RADARS, WITH, boost, None, (told,)).held_t == held
    alone = arc_of_radars(looks_at(free, 300, rng), RADARS, WITH, None, None, ())
    assert alone.phase == "ballistic"
    assert alone.held_t == alone.segment_t == FIRST_LOOK


def test_without_it_the_radar_refutes_the_boost():
    refuted = [f.prior_rejected or f.phase == "manoeuvring" or value > 22.5 for f, value in arcs(WITHOUT)]
    assert np.mean(refuted) > 0.8


def test_it_is_a_kick_brought_back():
    """At a time known to be tau it is `kicked` there; here tau is anywhere from burnout to 100 s after."""
    state = Gaussian(T_BURNOUT, BURNOUT, P)
    tau = np.linspace(0.0, POST_BOOST.within_s, 41)
    parts = [transported(kicked(transported(state, T_BURNOUT + s, 0.0), PUSH), T_BURNOUT, 0.0).P for s in tau]
    mean = np.trapezoid(parts, tau, axis=0) / POST_BOOST.within_s
    found = with_post_boost(state, PUSH, None).P
    scale = np.sqrt(np.outer(np.diag(found), np.diag(found)))
    np.testing.assert_allclose(found / scale, mean / scale, atol=0.03)


def test_a_look_soon_after_burnout_leaves_less_time_for_it():
    state = Gaussian(T_BURNOUT, BURNOUT, P)
    sizes = [np.trace(with_post_boost(state, PUSH, t).P[:3, :3]) for t in (T_BURNOUT + 2.0, 230.0, None)]
    assert sizes == sorted(sizes)
    assert sizes[0] == pytest.approx(np.trace(P[:3, :3]), rel=0.2)
    assert with_post_boost(state, 0.0, None) is state


def test_its_size_follows_from_the_weights():
    state = Gaussian(T_BURNOUT, BURNOUT, P)
    bank = Bank((template("srbm"), template("irbm"), template("icbm-solid")), INV_BETA, (0.0, 30.0, 100.0))
    assert post_boost_sigma(bank, boost_of(state, (1.0, "srbm"))) == 0.0
    assert post_boost_sigma(bank, boost_of(state, (1.0, "irbm"))) == 30.0
    both = boost_of(state, (0.75, "srbm"), (0.25, "icbm-solid"))
    assert post_boost_sigma(bank, both) == pytest.approx(50.0)
    free = boost_of(state, (0.36, "profile-free"), (0.64, "srbm"))
    assert post_boost_sigma(bank, free) == pytest.approx(0.6 * POST_BOOST.unknown_m_s)
    # Nothing is known of the class: it may be the one that gains most.
    assert post_boost_sigma(bank, replace(free, mixture=None)) == POST_BOOST.unknown_m_s
    assert POST_BOOST.unknown_m_s == max(v.post_boost_m_s for v in vehicles())


def test_each_class_has_its_figure_marked_assumed():
    figures = {v.key: v.post_boost_m_s for v in vehicles()}
    assert {k: s for k, s in figures.items() if s} == {
        "irbm": 30.0,
        "icbm-liquid": 100.0,
        "icbm-solid": 100.0,
        "slbm": 100.0,
    }
    assert all(v.notes["post_boost_m_s"].startswith("assumed") for v in vehicles())
    assert vehicle("srbm").post_boost_m_s == 0.0
