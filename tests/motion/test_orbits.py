"""Thousands of orbits at once: the same as SGP4 one by one."""

import numpy as np
import pytest

from tocsin.catalogue import Elements
from tocsin.earth.time import tai_from_utc, utc_from_tai
from tocsin.motion.elementsets import sets_of_elements
from tocsin.motion.orbit import satellite_states
from tocsin.motion.orbits import BATCH, orbit_states, orbits_of, states_by_batch

T0 = tai_from_utc("2022-05-05T00:00:00Z")


def drawn(n, seed, **fixed):
    """Published sets of n objects at all heights and inclinations."""
    rng = np.random.default_rng(seed)
    figures = {
        "mean_motion_rev_day": rng.uniform(1.0, 15.5, n),
        "eccentricity": rng.uniform(0.0, 0.01, n),
        "inclination_deg": rng.uniform(0.0, 140.0, n),
        "raan_deg": rng.uniform(0.0, 360.0, n),
        "argp_deg": rng.uniform(0.0, 360.0, n),
        "mean_anomaly_deg": rng.uniform(0.0, 360.0, n),
        "bstar": rng.normal(0.0, 1e-4, n),
        "epoch_t_tai": T0 - rng.uniform(0.0, 86400.0, n),
    } | {name: np.full(n, value) for name, value in fixed.items()}
    rows = [dict(zip(figures, row, strict=True)) for row in np.array(list(figures.values())).T.tolist()]
    return tuple(
        Elements(**r, epoch_utc=utc_from_tai(r["epoch_t_tai"]), ndot_rev_day2=0.0, norad=i + 1, source="")
        for i, r in enumerate(rows)
    )


def test_many_are_as_each_alone():
    published = drawn(40, 1)
    r, v = orbit_states(orbits_of(sets_of_elements(published)), T0 + 1234.5)
    alone = [satellite_states(e, [T0 + 1234.5]) for e in published]
    assert r == pytest.approx(np.concatenate([a[0] for a in alone]), abs=1e-5)
    assert v == pytest.approx(np.concatenate([a[1] for a in alone]), abs=1e-8)


def test_batches_cover_every_object_once_at_every_time():
    sets = sets_of_elements(drawn(BATCH + 7, 2))
    orbits, t = orbits_of(sets), T0 + np.array([0.0, 60.0, 4000.0])
    parts = list(states_by_batch(orbits, t))
    assert [rows.stop for rows, _, _ in parts] == [BATCH, BATCH + 7] == [BATCH, len(orbits)]
    for k, at in enumerate(t):
        whole = orbit_states(orbits, float(at))[0]
        assert np.concatenate([r[:, k] for _, r, _ in parts]) == pytest.approx(whole, abs=1e-6)


def test_what_has_come_down_has_no_state():
    sets = sets_of_elements((*drawn(1, 3), *drawn(1, 4, mean_motion_rev_day=16.4, bstar=0.5)))
    r, v = orbit_states(orbits_of(sets), T0 + 5 * 86400.0)
    assert np.isfinite(r[0]).all()
    assert np.isnan(r[1]).all()
    assert np.isnan(v[1]).all()
