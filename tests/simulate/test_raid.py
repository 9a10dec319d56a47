"""The raid: its file read strictly, its flights where and when they are asked, its looks named rightly."""

from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.sensor.scenes import at_rest
from tocsin.catalogue import vehicles
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError
from tocsin.sensor.measurement import position_from_radar
from tocsin.simulate.raid import ALONE, fly_raid, look, network_of_raid
from tocsin.simulate.raidfile import read_raid

FILE = Path(__file__).parents[2] / "benchmarks" / "raid-1000.toml"
WHOLE = read_raid(FILE)
T0 = tai_from_utc(WHOLE.start_utc)
SMALL = WHOLE.model_copy(
    update={"flights": 24, "group": WHOLE.group.model_copy(update={"share": 0.8, "size": 4})}
)


@pytest.fixture(scope="module")
def raid():
    return fly_raid(SMALL)


def test_the_committed_raid_is_the_one_that_is_meant():
    assert (WHOLE.flights, WHOLE.launch_window_s, WHOLE.duration_s) == (1000, 600.0, 2400.0)
    missiles = {v.key for v in vehicles() if v.role == "missile"}
    assert {s.vehicle for s in WHOLE.salvo} == missiles
    assert len({s.launch for s in WHOLE.salvo}) == 5
    network = network_of_raid(WHOLE)
    assert (len(network.satellites), len(network.radars)) == (4, 8)
    assert all(r.false_looks_per_scan == 20.0 for r in network.radars)
    assert all(s.false_looks_per_frame == 30.0 for s, _ in network.satellites)
    for region in WHOLE.region:
        assert np.ptp(region.lat_deg) >= 5.0
        assert np.ptp(region.lon_deg) >= 5.0


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("lat_deg = [37.5, 42.5]", "lat_deg = [38.5, 42.5]", "region 1, lat_deg: .* at least 5 deg wide"),
        ('aim = "sea-of-okhotsk"', 'aim = "sea-of-okhotks"', "salvo 2, aim: .*sea-of-okhotsk"),
        ("share = 0.15\nrange_km = [3000", "share = 0.25\nrange_km = [3000", "sum to 1.1"),
        ("seed = 2026", "seed = 2026\ncolour = 3", "colour: no such key"),
        ('vehicle = "mrbm"', 'vehicle = "launcher-medium"', "salvo 2, vehicle"),
        ("loft = [1.2, 1.6]", "loft = [1.6, 1.2]", "smaller first"),
        ("flights = 1000", "flights = 1000.5", "flights: .*whole number"),
        ('"cosmos-2541"', '"cosmos-9999"', "satellites"),
        ("seed = 2026", "seed = ", "not TOML"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path, old, new, words):
    text = FILE.read_text()
    assert old in text
    file = tmp_path / "raid.toml"
    file.write_text(text.replace(old, new, 1))
    with pytest.raises(TocsinError, match=words):
        read_raid(file)


def test_flights_are_shared_out_among_the_salvos(raid):
    assert np.bincount(raid.salvo).tolist() == [2, 5, 4, 5, 5, 3]
    count = np.bincount(raid.group[raid.group != ALONE])
    assert len(count) == 4
    assert np.all(count == 4)
    assert [p.name for p in raid.paths[:3]] == ["raid 1 srbm", "raid 2 srbm", "raid 3 mrbm"]


def test_each_flies_between_its_regions_and_in_its_time(raid):
    regions = {r.key: r for r in WHOLE.region}
    slack = 0.5  # deg: a member of a group may lie 20 km outside
    for path, s in zip(raid.paths, raid.salvo, strict=True):
        salvo = WHOLE.salvo[s]
        assert T0 <= path.t[0] <= T0 + WHOLE.launch_window_s
        for place, key in ((path.r_ecef[0], salvo.launch), (path.r_ecef[-1], salvo.aim)):
            lat, lon, height = geodetic_from_ecef(place)
            region = regions[key]
            assert region.lat_deg[0] - slack < np.degrees(lat) < region.lat_deg[1] + slack
            assert region.lon_deg[0] - slack < np.degrees(lon) < region.lon_deg[1] + slack
            assert abs(height) < 100.0


def test_a_groups_members_are_two_to_twenty_kilometres_apart_all_the_way(raid):
    for group in range(4):
        mine = [raid.paths[i] for i in np.flatnonzero(raid.group == group)]
        begin, end = max(p.t[0] for p in mine), min(p.t[-1] for p in mine)
        assert np.ptp([p.t[0] for p in mine]) == 0.0
        t = np.linspace(begin + 1.0, end - 10.0, 60)
        for a, b in combinations(mine, 2):
            apart = np.linalg.norm(a.position(t) - b.position(t), axis=1)
            # On the way the same angle over the ground is more, and the last seconds in the air differ.
            assert apart.min() > 1.5e3
            assert apart.max() < 30e3
            assert 1.99e3 < apart[0] < 20.1e3


def test_one_seed_one_raid(raid):
    again = fly_raid(SMALL)
    assert all(np.array_equal(a.r_ecef, b.r_ecef) for a, b in zip(raid.paths, again.paths, strict=True))
    other = fly_raid(SMALL.model_copy(update={"seed": 1, "flights": 6}))
    assert not np.array_equal(other.paths[0].r_ecef[0], raid.paths[0].r_ecef[0])


def test_a_range_that_cannot_be_flown_is_refused():
    salvo = WHOLE.salvo[0].model_copy(update={"range_km": [900.0, 950.0], "share": 1.0})
    with pytest.raises(TocsinError, match="srbm from sea-of-japan"):
        fly_raid(WHOLE.model_copy(update={"flights": 1, "salvo": [salvo]}))


def test_looks_lie_where_the_bodies_they_name_are(raid):
    site = next(r for r in network_of_raid(SMALL).radars if r.key == "HYP-HUA")
    above = ecef_from_geodetic(np.radians(site.lat_deg + 8.0), np.radians(site.lon_deg), 8e5)
    other = at_rest(above, T0, T0 + 2400.0)
    paths = (*raid.paths, other)
    seen = look(SMALL, paths, 600.0)
    assert all(a.t <= b.t for (a, _), (b, _) in pairwise(seen))
    assert {scan.kind for scan, _ in seen} == {"radar", "telescope"}
    far, bodies = [], []
    for scan, labels in seen:
        if scan.kind != "radar":
            continue
        one = np.flatnonzero(labels.count == 1)
        r = position_from_radar(scan.values[one], np.tile(scan.r_ecef, (len(one), 1)))
        for k, b in enumerate(labels.first[one]):
            error = np.linalg.norm(r[k] - paths[b].position(np.array([scan.t - 0.01]))[0])
            far.append(error / (scan.values[one[k], 0] * scan.sigmas[one[k], 1:].max() + 2e3))
            bodies.append(int(b))
    assert len(far) > 300
    assert np.max(far) < 6.0
    assert bodies.count(len(raid.paths)) > 50
