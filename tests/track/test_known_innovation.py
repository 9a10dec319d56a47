"""Looks against predictions of known objects: candidates, folding in, and the strain of what does not fit."""

from dataclasses import replace

import numpy as np
import pytest

from tests.track.overhead import DENSITY, T0, low_sky
from tocsin.catalogue.elementspread import ELEMENT_SPREAD
from tocsin.track.known import known_step
from tocsin.track.known.entries import fresh
from tocsin.track.known.errorstate import ErrorState, prior
from tocsin.track.known.innovation import candidates, folded
from tocsin.track.known.match import frame_of
from tocsin.track.known.strain import strain_after


def seen_now(t=T0):
    """A sky's predictions at a time, after some looks, with the scan."""
    sky, rng = low_sky(1200, 5), np.random.default_rng(5)
    known = sky.known()
    for k in range(4):
        known, _, _ = known_step(known, sky.scan(t + 7.0 * k, rng)[0], 0, DENSITY)
    scan, identity = sky.scan(t + 28.0, rng)
    frame, objects, entries = frame_of(known, scan, 0, DENSITY)
    return scan, identity, objects, frame.predicted(objects, entries.now)


def dense(seen, scan, limit):
    """All pairs within the gate, by matrices."""
    pairs = {}
    for i in range(len(seen.z)):
        for j in range(len(scan)):
            nu = scan.values[j] - seen.z[i]
            nu[1] = (nu[1] + np.pi) % (2.0 * np.pi) - np.pi
            S = seen.S[i] + np.diag(scan.sigmas[j] ** 2)
            d2 = nu @ np.linalg.solve(S, nu)
            if d2 <= limit:
                pairs[i, j] = -0.5 * (d2 + np.linalg.slogdet(2.0 * np.pi * S)[1])
    return pairs


@pytest.mark.parametrize("limit", [9.0, 25.0, 4000.0])
def test_candidates_are_those_of_all_pairs(limit):
    scan, _, _, seen = seen_now()
    none = np.full(len(scan), np.nan)
    start, column, ln, _ = candidates(
        seen, scan.values, scan.sigmas, (none, none), np.ones(len(scan), dtype=bool), limit
    )
    rows = np.repeat(np.arange(len(seen.z)), np.diff(start))
    found = {(int(i), int(j)): value for i, j, value in zip(rows, column, ln, strict=True)}
    expected = dense(seen, scan, limit)
    assert found.keys() == expected.keys()
    assert len(found) > 5
    assert all(found[pair] == pytest.approx(expected[pair], abs=1e-6) for pair in found)


def test_a_look_is_folded_in_as_by_the_joint_covariance_with_the_biases():
    """Schmidt's filter against the Kalman gain of the joint state with the biases' own gain put to nought."""
    scan, identity, objects, seen = seen_now()
    at = {int(o): i for i, o in enumerate(objects)}
    rows = np.array([at[int(o)] for o in identity])
    out = folded(seen, rows, np.arange(len(scan)), scan.values, scan.sigmas)
    for k, i in enumerate(rows):
        X = seen.state.cross[i, seen.place[i]]
        joint = np.block([[seen.state.P[i], X], [X.T, np.eye(3)]])
        G = np.hstack([seen.H[i], np.diag(seen.L[i])])
        S = G @ joint @ G.T + np.diag(scan.sigmas[k] ** 2)
        assert seen.S[i] + np.diag(scan.sigmas[k] ** 2) == pytest.approx(S, rel=1e-9)
        K = np.vstack([(joint @ G.T @ np.linalg.inv(S))[:6], np.zeros((3, 3))])
        I_KG = np.eye(9) - K @ G
        after = I_KG @ joint @ I_KG.T + K @ np.diag(scan.sigmas[k] ** 2) @ K.T
        scale = np.sqrt(np.outer(joint.diagonal(), joint.diagonal()))
        assert np.abs((out.P[k] - after[:6, :6]) / scale[:6, :6]).max() < 1e-6
        assert np.abs((out.cross[k, seen.place[i]] - after[:6, 6:]) / scale[:6, 6:]).max() < 1e-6
        assert np.linalg.eigvalsh(after / scale).min() > 0.0


def test_the_strain_of_honest_looks_passes_its_limit_as_seldom_as_stated():
    rng, alpha, runs = np.random.default_rng(6), 0.02, 4000
    strain, begun, passed = np.zeros(runs), 0, 0
    for _ in range(60):
        new = strain_after(strain, rng.chisquare(3, runs))
        begun += int(((strain == 0.0) & (new > 0.0)).sum())
        over = new >= -np.log(alpha)
        passed += int(over.sum())
        strain = np.where(over, 0.0, new)
    assert 0 < passed <= alpha * begun + 5.0 * np.sqrt(alpha * begun)


def test_a_states_rows_are_replaced_in_a_copy():
    state = fresh(prior(low_sky(250, 1).elements, ELEMENT_SPREAD), 1).now
    other = ErrorState(*(getattr(state.where(np.array([1, 2])), n) for n in ErrorState.__slots__))
    changed = replace(other, x=other.x + 1.0)
    out = state.with_rows(np.array([3, 4]), changed)
    assert (out.x[[3, 4]] == 1.0).all()
    assert (state.x == 0.0).all()
    assert np.array_equal(out.t[[3, 4]], state.t[[1, 2]])
