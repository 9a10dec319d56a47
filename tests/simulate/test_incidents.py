"""The incidents of the past as the sensors have them: places, times and channels of their looks.

Values of comparison stand here: of the Moon by JPL's DE421, of radars by their published limits.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from tocsin.catalogue import Network, event, network_of
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.earth.time import tai_from_utc
from tocsin.sensor.measurement import focal_values, position_from_radar
from tocsin.sensor.scan import Scan
from tocsin.simulate.world import Simulation, simulate

Array = NDArray[np.float64]
HWASONG = "hwasong-14-2017-07-04"


@cache
def world(name: str, seed: int = 3) -> tuple[Simulation, Network, float]:
    """An incident simulated with radars and telescopes that make no false looks of noise, nor nature any."""
    told = event(name)
    whole = network_of(told.network)
    quiet = replace(
        whole,
        radars=tuple(replace(r, false_looks_per_scan=0.0) for r in whole.radars),
        satellites=tuple((replace(s, false_looks_per_frame=0.0), e) for s, e in whole.satellites),
    )
    nature = replace(told.nature, flashes=False, hot_spots=False, sunlit_cloud=False)
    return simulate(replace(told, nature=nature), quiet, seed), quiet, told.start_t_tai


def looks(name: str, sensor: str) -> tuple[Array, Array, list[Scan]]:
    """Times (n,) s after the start and values (n, .) of all looks of a sensor, and its scans."""
    made, _, start = world(name)
    scans = [s for s in made.scans if s.sensor == sensor]
    t = np.concatenate([s.t_look for s in scans]) - start
    return t, np.concatenate([s.values for s in scans]), scans


def heights(name: str, sensor: str) -> tuple[Array, Array, Array]:
    """Times (n,) s, elevations (n,) deg and heights (n,) km of a radar's looks."""
    t, z, scans = looks(name, sensor)
    place = np.broadcast_to(scans[0].r_ecef, (len(z), 3))
    return t, np.degrees(z[:, 2]), geodetic_from_ecef(position_from_radar(z, place))[2] / 1e3


@pytest.mark.parametrize(
    ("clock", "elevation", "azimuth", "range_km"),
    [("21:45", 0.49, 67.5, 382_990.0), ("22:00", 1.3, 71.0, 382_943.0), ("23:00", 4.8, 85.0, 382_743.0)],
)
def test_the_moon_is_heard_where_it_stood(
    clock: str, elevation: float, azimuth: float, range_km: float
) -> None:
    t, z, scans = looks("moonrise-1960", "BMEWS-T")
    _, _, start = world("moonrise-1960")
    near = np.abs(start + t - tai_from_utc(f"1960-10-05T{clock}:00Z")) < 130.0
    assert near.sum() > 12
    # The biases of angle are 0.02 deg; the ground's image in the lowest beam some tenths in elevation.
    assert np.degrees(z[near, 1].mean()) == pytest.approx(azimuth, abs=0.2)
    assert np.degrees(z[near, 2].mean()) == pytest.approx(elevation, abs=0.5)
    sigma = max(s.sigmas[:, 0].max() for s in scans if len(s))
    folded = (range_km - 1737.4 + 45.0) % 5556.0
    assert z[near, 0].mean() / 1e3 == pytest.approx(folded, abs=4e-3 * sigma / np.sqrt(near.sum()) + 10.0)


def test_the_moon_comes_into_the_lowest_beam_as_it_rises_and_is_heard_no_more_once_intervals_vary() -> None:
    t, _, scans = looks("moonrise-1960", "BMEWS-T")
    # Geometric rise at about 21:30, 900 s after the start; refraction lifts it some ten minutes.
    assert 300.0 < t[0] < 1500.0
    assert len(t) > 0.9 * sum(s.t - scans[0].t > 900.0 for s in scans)
    told = event("moonrise-1960")
    varied = replace(told, nature=replace(told.nature, moon="rejected"))
    assert not sum(len(s) for s in simulate(varied, world("moonrise-1960")[1], 3).scans)


def test_all_three_radars_are_blind_at_once_in_1967_and_see_before_and_after() -> None:
    made, net, start = world("solar-burst-1967")
    assert {r.key for r in net.radars} == {"BMEWS-T", "BMEWS-C", "BMEWS-F"}
    for site in net.radars:
        scans = [s for s in made.scans if s.sensor == site.key]
        assert len(scans) > 600
        # The burst of 18:40 UTC, a quarter of an hour after the start, for 75 minutes.
        assert all(s.blind == (900.0 <= s.t - start < 5400.0) for s in scans)
    assert not sum(len(s) for s in made.scans)


def test_the_rocket_body_is_looked_at_low_down_off_the_coast_and_falls_at_sea() -> None:
    t, elevation, height = heights("decaying-body-1979", "WEST-79")
    made, net, _ = world("decaying-body-1979")
    assert len(t) > 30
    assert elevation.min() > 1.5
    assert np.all((height > 90.0) & (height < 110.0))
    _, z, _ = looks("decaying-body-1979", "WEST-79")
    assert np.all((np.degrees(z[:, 1]) > 169.0) & (np.degrees(z[:, 1]) < 351.0))
    assert z[:, 0].max() < 1e3 * net.radars[0].range_max_km
    (flight,) = made.flights
    assert flight.end == "impact"
    assert np.degrees(flight.impact) == pytest.approx([8.0, -107.0], abs=5.0)


def test_in_1983_five_cells_of_cloud_shine_one_after_the_other_in_one_channel() -> None:
    t, z, scans = looks("autumn-1983", "cosmos-1382")
    told = event("autumn-1983")
    clouds = told.nature.bright_clouds
    assert len(clouds) == 5
    gaps = [b.start_s - (a.start_s + a.duration_s) for a, b in pairwise(clouds)]
    assert min(gaps) > 0.0
    assert clouds[-1].start_s - clouds[0].start_s < 900.0
    r = np.concatenate([np.tile(s.r_ecef, (len(s), 1)) for s in scans])
    for cloud in clouds:
        mine = (t >= cloud.start_s) & (t < cloud.start_s + cloud.duration_s)
        place = ecef_from_geodetic(np.radians(cloud.lat_deg), np.radians(cloud.lon_deg), 12e3)
        away = np.abs(z[mine] - focal_values(np.tile(place, (mine.sum(), 1)), r[mine]))
        assert mine.sum() > 0.9 * cloud.duration_s
        assert np.median(away) < 1e-4
    shining = [np.any([(c.start_s <= x < c.start_s + c.duration_s + 1.0) for c in clouds]) for x in t]
    assert np.all(shining)


def test_the_cells_lie_in_one_area_near_the_line_over_the_base() -> None:
    """All within some 100 km; 2,500 km from the base, about 10 mrad from the line over it."""
    clouds = event("autumn-1983").nature.bright_clouds
    place = ecef_from_geodetic(
        np.radians([c.lat_deg for c in clouds]), np.radians([c.lon_deg for c in clouds]), np.full(5, 12e3)
    )
    assert np.linalg.norm(place - place.mean(axis=0), axis=-1).max() < 60e3
    aim = ecef_from_geodetic(np.radians(47.5), np.radians(-111.2), 150e3)
    _, _, scans = looks("autumn-1983", "cosmos-1382")
    at = next(s for s in scans if len(s)).r_ecef
    off = focal_values(place, np.tile(at, (5, 1))) - focal_values(aim[None], at[None])
    assert np.all(np.linalg.norm(off, axis=-1) < 12e-3)


def test_in_1983_no_radar_sees_anything_and_none_is_blind() -> None:
    made, net, _ = world("autumn-1983")
    assert {r.key for r in net.radars} == {"OLED", "BAL", "MISD"}
    mine = [s for s in made.scans if s.kind == "radar"]
    assert len(mine) > 1000
    assert not any(len(s) or s.blind for s in mine)


def test_olenegorsk_has_the_sounding_rocket_only_within_its_published_limits() -> None:
    t, elevation, height = heights("black-brant-1995-01-25", "OLED")
    assert np.all((elevation > 5.0) & (elevation < 35.0))
    breaks = np.flatnonzero(np.diff(t) > 120.0)
    assert len(breaks) == 1
    ascent, descent = np.split(height, breaks + 1)
    # "About 2 min of the ascent, 117 to 630 km high", and again on the way down.
    assert 100.0 < t[breaks[0]] - t[0] < 160.0
    assert 110.0 < ascent[0] < 150.0
    assert 600.0 < ascent[-1] < 700.0
    assert t[breaks[0] + 1] > 900.0
    assert np.all(np.diff(descent) < 20.0)


def test_with_a_satellite_two_channels_have_the_rocket_and_the_radar_its_stages_too() -> None:
    t, _, _ = looks("black-brant-1995-with-satellite", "hyp-1995")
    made, net, _ = world("black-brant-1995-with-satellite")
    burnout = made.flights[0].t_burnout
    assert burnout is not None
    assert len(t) > 25
    assert t[0] < 40.0
    assert t[-1] < burnout - made.flights[0].t_launch + 2.0
    assert [r.key for r in net.radars] == ["OLED"]
    _, elevation, _ = heights("black-brant-1995-with-satellite", "OLED")
    assert np.all((elevation > 5.0) & (elevation < 35.0))
    scans = looks("black-brant-1995-with-satellite", "OLED")[2]
    assert max(len(s) for s in scans) >= 2


def test_armavir_alone_sees_both_targets_of_2013_and_only_high_up() -> None:
    made, _, _ = world("mediterranean-2013")
    assert {s.sensor for s in made.scans if len(s)} == {"ARM1"}
    t, elevation, height = heights("mediterranean-2013", "ARM1")
    assert max(len(s) for s in looks("mediterranean-2013", "ARM1")[2]) == 2
    # Its published lower limit is 2 deg; the noise of a weak look low down is some tenths.
    assert elevation.min() > 1.4
    assert height.min() > 225.0
    assert 150.0 < t[0] < 260.0
    for flight in made.flights:
        assert flight.apogee_m == pytest.approx(350e3, abs=100.0)


def test_the_spent_stage_is_all_that_the_radar_has_and_it_is_below_two_degrees() -> None:
    t, elevation, height = heights(f"{HWASONG}-spent-stage", "MIS1")
    assert len(t) > 10
    # A body that rises to 535 km there never comes above 1.6 deg; noise of some tenths on each look.
    assert np.mean(elevation) < 1.6
    assert np.all((height > 380.0) & (height < 560.0))
    made, _, start = world(f"{HWASONG}-spent-stage")
    stage = made.flights[0].companions[0]
    top = geodetic_from_ecef(stage.r_ecef)[2].max() / 1e3
    assert 400.0 < top < 535.0
    # Fourteen minutes aloft, as Russia told.
    assert stage.t[-1] - stage.t[0] == pytest.approx(840.0, abs=60.0)
    assert stage.t[0] - start < t[0]


def test_the_broken_track_has_some_looks_just_over_the_horizon() -> None:
    t, elevation, height = heights(f"{HWASONG}-broken-track", "MIS1")
    assert 3 <= len(t) <= 8
    assert t[-1] <= 300.0
    assert elevation[0] == pytest.approx(2.0, abs=1.0)
    # It crosses 2 deg at 515 to 550 km, and is not much higher when it is lost.
    assert np.all((height > 440.0) & (height < 720.0))


def test_the_wrong_association_goes_from_the_missile_to_its_stage_at_the_same_height() -> None:
    t, elevation, height = heights(f"{HWASONG}-wrong-association", "MIS1")
    first, second = t < 300.0, t > 330.0
    assert first.sum() >= 4
    assert second.sum() >= 8
    assert (first | second).all()
    assert np.mean(elevation[second]) < 1.6
    assert abs(np.median(height[second]) - height[first][0]) < 80.0


@pytest.mark.parametrize("kind", ["spent-stage", "broken-track", "wrong-association"])
def test_in_all_three_the_satellites_see_the_whole_burn_of_the_true_missile(kind: str) -> None:
    made, net, start = world(f"{HWASONG}-{kind}")
    burnout = made.flights[0].t_burnout
    assert burnout is not None
    assert made.flights[0].apogee_m == pytest.approx(2802e3, abs=100.0)
    assert len(net.satellites) == 2
    for satellite, _ in net.satellites:
        t, _, _ = looks(f"{HWASONG}-{kind}", satellite.key)
        assert t[-1] == pytest.approx(burnout - start, abs=5.0)
        assert len(t) > 200
