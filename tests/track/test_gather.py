"""Where a sensor's own track belongs, by the live tracks of the others."""

from dataclasses import replace

import numpy as np
import pytest

from tests.track.scenes import folded, watched
from tocsin.track.coasts import Coasts
from tocsin.track.gather import GATE, Tables, apart, home_of
from tocsin.track.hypotheses.chain import Chains
from tocsin.track.looktable import LookTable
from tocsin.track.others import everyone, others_of
from tocsin.track.solves import Solves

OCEAN = "ocean-arc-2025-07-15"


@pytest.fixture(scope="module")
def pictures():
    """A flight seen by several sensors at once, at moments at which another one has just looked."""
    _, t0, plan, scans = watched(OCEAN, "russia", 2)
    times = t0 + np.concatenate([np.arange(60.0, 180.0, 7.3), np.arange(700.0, 1100.0, 23.7)])
    return [(tracker._setting, tracker.picture) for tracker, _ in folded(plan, scans, times)]


def test_one_body_is_at_one_place_to_all_sensors_whichever_has_just_looked(pictures):
    far = {True: [], False: []}
    for setting, picture in pictures:
        for c, sensed in enumerate(picture.sensed):
            others = others_of(everyone(picture, setting), c)
            late = picture.t - sensed.local.t
            if others is None or len(sensed.tracks) != 1 or not 0.0 < late < 15.0:
                continue
            d2, judged = apart(picture, sensed.groups.units, others, setting)
            assert judged.tolist() == [True]
            far[bool(setting.telescope[c])].append(float(d2[0]))
    assert len(far[True]) > 10
    assert len(far[False]) > 10
    for values in far.values():
        assert np.mean(np.array(values) < GATE) > 0.95


def test_system_tracks_that_may_be_one_body_are_no_ambiguity(pictures):
    """Each sensor has founded its own of one body: they are as likely homes as each other, and all right."""
    tried = 0
    for setting, picture in pictures:
        live = np.flatnonzero(picture.members.live)
        channels = np.unique(picture.members.channel[live])
        if len(live) != len(channels) or len(live) < 3:
            continue
        founder = picture.members.local[live]
        systems = picture.systems.founded(founder)
        system = picture.members.system.copy()
        system[live] = len(picture.systems) + np.arange(len(live))
        apart_ = replace(
            picture,
            members=replace(picture.members, system=system),
            systems=systems,
            solutions=(*picture.solutions, *[None] * len(live)),
        )
        around = everyone(apart_, setting)
        tables = Tables(Chains(), LookTable(), Coasts(), Solves())
        for c, own in zip(picture.members.channel[live].tolist(), system[live].tolist(), strict=True):
            home = home_of(apart_, c, 0, others_of(around, c), setting, tables, own)
            assert home in set(system[live].tolist()) - {own}
            tried += 1
    assert tried > 5


def test_where_a_sensor_is_going_is_what_its_last_two_scans_tell(pictures):
    """Its next scan is where it would be by then, but for how its orbit bends in a second or two."""
    *_, scans = watched(OCEAN, "russia", 2)
    for setting, picture in pictures[::7]:
        for c in np.flatnonzero(np.isfinite(picture.heard)):
            later = (s for s in scans if s.sensor == setting.channels[c].name and s.t > picture.t)
            after = next(later, None)
            if after is None:
                continue
            ahead = picture.r_sensor[c] + picture.v_sensor[c] * (after.t - picture.t)
            off = np.linalg.norm(after.r_ecef - ahead)
            assert off < (30.0 if setting.telescope[c] else 1e-6)
