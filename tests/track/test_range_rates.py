"""Range rates of a scan on their way into a track's state."""

from dataclasses import replace

import numpy as np

from tests.track.scenes import coasting, nees_at, radar, tracker_of, watched
from tocsin.estimate.ballistic import fit_ballistic
from tocsin.estimate.looks import without_rates
from tocsin.sensor.echo.doppler import Doppler

RUNS = 12
RATED = replace(radar(), doppler=Doppler())
PATH = coasting()


def tracked(seed, turned=1.0):
    """The tracker after 300 s of one radar's scans of one body, with range rates, which may be turned."""
    _, _, plan, _ = watched("ocean-arc-2025-07-15", "russia", 0)
    tracker = tracker_of(plan)
    rng = np.random.default_rng(seed)
    bias = RATED.draw_bias(rng)
    for scan in RATED.scans((PATH,), 0.0, 300.0, bias, "x", rng):
        tracker.step(replace(scan, rate=turned * scan.rate))
    return tracker


def looks_of(tracker):
    most = max(range(len(tracker.members)), key=lambda k: sum(m.hits for m in tracker.members[k]))
    return tracker.looks(tuple(m.local for m in tracker.members[most])), most


def test_a_track_s_looks_keep_them_and_its_state_is_true():
    """As a radar draws them, by the light that bounced, and as the fit has them.

    Chi-square of 72 degrees over them lies within 0.53 and 1.68 in 99.9 of 100 cases; of the rates alone,
    some 400, within 0.79 and 1.24.
    """
    sizes, rates = [], []
    for seed in range(RUNS):
        tracker = tracked(seed)
        looks, most = looks_of(tracker)
        assert looks.rated.all()
        state = tracker.solution(most).state
        sizes.append(nees_at(state, PATH, 150.0, tracker._setting.bank.inv_beta))
        fit = fit_ballistic(looks, tracker.channels, state.t, state.x, tracker._setting.bank.inv_beta, ())
        rates.append(float(np.mean(fit.residuals[:, 3] ** 2)))
        plain = fit_ballistic(without_rates(looks), tracker.channels, state.t, state.x, 0.0, ())
        assert np.linalg.slogdet(fit.state.P)[1] < np.linalg.slogdet(plain.state.P)[1]
    assert 0.53 < np.mean(sizes) / 6.0 < 1.68
    assert 0.79 < np.mean(rates) < 1.24


def test_rates_of_a_wrong_sign_are_no_arc():
    tracker = tracked(0, -1.0)
    most = looks_of(tracker)[1]
    assert tracker.solution(most).phase != "ballistic"
