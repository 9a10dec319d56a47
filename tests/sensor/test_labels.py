"""Truth labels: who made each look, who was shed; and that a scan with labels is the scan without."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sensor.scenes import at_rest
from tocsin.catalogue import network, radars
from tocsin.earth.time import tai_from_utc
from tocsin.motion.orbit import satellite_states
from tocsin.sensor.echo.schedule import Schedule
from tocsin.sensor.labels import Labels, grouped, nobody, one_after_another, ones
from tocsin.sensor.measurement import position_from_radar
from tocsin.sensor.moonecho import MoonEcho
from tocsin.sensor.radar import Radar
from tocsin.sensor.scan import Scan
from tocsin.sensor.telescope import Telescope

SITE = replace({r.key: r for r in radars()}["LEK"], revisit_s=1.0, false_looks_per_scan=0.0)
EVERY = Schedule(volume_s=1.0)
STRONG = 1e4  # m2: an echo that no draw hides


def places(radar, *range_km, az_deg=300.0, rcs=STRONG):
    """Bodies at rest on one ray of a radar, for 40 s."""
    out = []
    for km in range_km:
        look = np.array([[km * 1e3, np.radians(az_deg), np.radians(30.0)]])
        out.append(at_rest(position_from_radar(look, radar.r_ecef[None])[0], -1.0, 41.0, rcs=rcs))
    return tuple(out)


def labelled(radar, paths, seed=1, seconds=40.0):
    return radar.labelled(paths, 0.0, seconds, np.zeros(6), "simulated", np.random.default_rng(seed))


def makers(labels: Labels) -> list[list[int]]:
    """The bodies of each look."""
    return [labels.body[a:b].tolist() for a, b in zip(labels.start[:-1], labels.start[1:], strict=True)]


def same(a: Scan, b: Scan) -> bool:
    """Whether two scans are the same to the bit."""
    return all(np.array_equal(getattr(a, f.name), getattr(b, f.name)) for f in fields(Scan))


def test_a_look_names_the_body_that_stands_where_it_is():
    radar = Radar(SITE, schedule=EVERY, refraction=False)
    dark = at_rest(radar.r_ecef + 1e5, -1.0, 41.0, rcs=0.0)
    for scan, labels in labelled(radar, (dark, *places(radar, 1000.0, 2000.0, 3000.0))):
        assert len(labels) == len(scan) == 3
        assert np.array_equal(labels.count, [1, 1, 1])
        np.testing.assert_allclose(scan.values[:, 0], labels.first * 1e6, atol=3e3)


def test_bodies_of_one_cell_are_one_look_with_all_of_them_the_strongest_first():
    radar = Radar(SITE, schedule=EVERY)
    paths = (*places(radar, 1000.0, 1000.1, rcs=1.0), *places(radar, 1000.05), *places(radar, 2000.0))
    names = [makers(labels) for _, labels in labelled(radar, paths)]
    merged = [row for rows in names for row in rows if len(row) > 1]
    assert all(row[0] == 2 for row in merged)
    assert sum(sorted(row) == [0, 1, 2] for row in merged) > 30
    assert all([3] in rows for rows in names)


def test_false_looks_and_the_moon_are_nobodys():
    site = replace(SITE, false_looks_per_scan=6.0)
    got = labelled(Radar(site, schedule=EVERY, moon=MoonEcho()), ())
    assert sum(len(scan) for scan, _ in got) > 100
    assert all(len(scan) == len(labels) and np.all(labels.first == -1) for scan, labels in got)


def test_what_a_full_radar_sheds_is_named():
    radar = Radar(replace(SITE, capacity=1), schedule=EVERY)
    got = labelled(radar, places(radar, 1000.0, 2000.0, 3000.0))
    assert all(len(labels.shed) == scan.shed == 2 for scan, labels in got)
    kept = {row for _, labels in got for row in labels.first.tolist()}
    assert len(kept) == 1
    assert {row for _, labels in got for row in labels.shed.tolist()} == {0, 1, 2} - kept


def test_a_radars_scans_with_labels_are_those_without_and_hold_no_truth():
    radar = Radar(replace(SITE, false_looks_per_scan=5.0), schedule=EVERY)
    paths = places(radar, 1000.0, 1000.2, 5500.0, rcs=1.0)
    bias = radar.draw_bias(np.random.default_rng(2))
    alone = radar.scans(paths, 0.0, 40.0, bias, "simulated", np.random.default_rng(7))
    both = radar.labelled(paths, 0.0, 40.0, bias, "simulated", np.random.default_rng(7))
    assert len(alone) == len(both) > 30
    assert all(same(a, b) for a, (b, _) in zip(alone, both, strict=True))


def test_a_telescopes_looks_are_named_and_its_scans_are_those_without():
    t0 = tai_from_utc("2025-07-15T12:00:00Z")
    high = [
        Telescope(replace(s, false_looks_per_frame=3.0), e)
        for s, e in network("2025-07-15").satellites
        if np.linalg.norm(satellite_states(e, np.array([t0]))[0]) > 3e7
    ]
    telescope = high[0]
    below = satellite_states(telescope.elements, np.array([t0 + 30.0]))[0][0]
    below *= 6.5e6 / np.linalg.norm(below)
    far = below + np.array([2e5, -2e5, 0.0])
    dark = at_rest(below, t0 - 1.0, t0 + 61.0)
    paths = (
        dark,
        at_rest(below, t0 - 1.0, t0 + 61.0, power=1e6),
        at_rest(far, t0 - 1.0, t0 + 61.0, power=1e6),
    )
    bias, draws = np.zeros(3), [np.random.default_rng(4) for _ in range(2)]
    got = telescope.labelled(paths, t0, t0 + 60.0, bias, "simulated", draws[0])
    alone = telescope.scans(paths, t0, t0 + 60.0, bias, "simulated", draws[1])
    assert all(same(a, b) for a, (b, _) in zip(alone, got, strict=True))
    values = np.concatenate([s.values for s, _ in got])
    who = np.concatenate([labels.first for _, labels in got])
    assert {k: int(np.sum(who == k)) for k in (1, 2)} == {1: 60, 2: 60}
    assert np.sum(who == -1) == len(who) - 120 > 100
    for k in (1, 2):
        assert np.max(np.ptp(values[who == k], axis=0)) < 5e-3
    assert np.linalg.norm(values[who == 1].mean(axis=0) - values[who == 2].mean(axis=0)) > 3e-3


rows = st.lists(st.lists(st.integers(0, 9), max_size=4), max_size=8)


def table(names: list[list[int]]) -> Labels:
    start = np.concatenate([[0], np.cumsum([len(x) for x in names])]).astype(np.int64)
    return Labels(start, np.array([b for x in names for b in x], dtype=np.int64), np.empty(0, dtype=np.int64))


@given(rows, rows, st.randoms(use_true_random=False))
def test_tables_join_and_are_taken_apart_as_lists_are(a, b, random):
    both = one_after_another(table(a), table(b))
    assert makers(both) == a + b
    assert both.first.tolist() == [x[0] if x else -1 for x in a + b]
    assert both.look.tolist() == [i for i, x in enumerate(a + b) for _ in x]
    picked = [random.randrange(len(a + b)) for _ in range(5)] if a + b else []
    assert makers(both.where(np.array(picked, dtype=np.int64))) == [(a + b)[i] for i in picked]
    mask = np.array([i in picked for i in range(len(a + b))], dtype=bool)
    assert makers(both.where(mask)) == [x for x, kept in zip(a + b, mask, strict=True) if kept]


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(0.1, 9.0)), min_size=1, max_size=12))
def test_bodies_are_grouped_by_their_leader(echoes):
    leader = np.array([k for k, _ in echoes], dtype=np.int64)
    power = np.array([p for _, p in echoes])
    got = makers(grouped(leader, power, np.arange(len(echoes))))
    assert [sorted(x) for x in got] == [np.flatnonzero(leader == k).tolist() for k in np.unique(leader)]
    assert all(np.all(np.diff(power[x]) <= 0.0) for x in got)


def test_looks_of_one_body_each_or_of_none():
    labels = ones(np.array([4, -1, 2]))
    assert makers(labels) == [[4], [], [2]]
    assert makers(nobody(2)) == [[], []]
    assert len(one_after_another()) == 0


@pytest.mark.parametrize("names", [[[1], [], [2, 3]]])
def test_what_was_shed_goes_with_the_scan_alone(names):
    scan = table(names).without(np.array([5, 6]))
    assert scan.shed.tolist() == [5, 6]
    assert len(scan.where(np.array([0])).shed) == 0
