"""What the tracker is tried on: real networks with their scans, and bodies over one radar."""

from dataclasses import replace
from functools import cache

import numpy as np

from tocsin.catalogue import event, network_of, radars
from tocsin.centre.setup import setup
from tocsin.earth.ellipsoid import ecef_from_geodetic
from tocsin.estimate.ballistic import transported
from tocsin.motion.ballistic import propagate
from tocsin.motion.path import Path
from tocsin.sensor.radar import Radar
from tocsin.simulate.world import simulate
from tocsin.track.tracker import Tracker

SITES = {r.key: r for r in radars()}


@cache
def watched(key, centre, seed, radar_keys=None):
    """A simulated event, its start, and the set-up and the scans of one centre."""
    told = event(key)
    net = network_of(told.network, told.start_utc)
    if radar_keys is not None:
        net = replace(net, radars=tuple(r for r in net.radars if r.key in radar_keys))
    plan = setup(centre, net, None)
    names = {c.name for c in plan.channels}
    world = simulate(told, net, seed)
    return world.flights[0], told.start_t_tai, plan, tuple(s for s in world.scans if s.sensor in names)


def tracker_of(plan) -> Tracker:
    return Tracker(plan.channels, plan.frames, plan.detection, plan.density, plan.bank, cells=plan.cells)


def folded(plan, scans, times):
    """The tracker and the time at each of some times (ascending), folded once through the scans."""
    tracker = tracker_of(plan)
    left = list(times)
    for scan in scans:
        while left and scan.t > left[0]:
            yield tracker, left.pop(0)
        tracker.step(scan)


def main_track(tracker):
    """The system track of the most looks."""
    return max(range(len(tracker.members)), key=lambda k: sum(m.hits for m in tracker.members[k]))


def true_state(path, t):
    """Position and velocity of a path, the latter by central differences."""
    r = path.position(np.array([t - 0.5, t, t + 0.5]))
    return np.concatenate([r[1], r[2] - r[0]])


def nees_at(state, path, t, inv_beta):
    """NEES of a ballistic state carried to t."""
    here = transported(state, t, inv_beta)
    d = true_state(path, t) - here.x
    return float(d @ np.linalg.solve(here.P, d))


# Over Lekhtusi's sector, 900 km up and climbing, some 2,000 km away.
OVERHEAD = ecef_from_geodetic(np.radians(68.0), np.radians(-5.0), 900e3)


def coasting(offset_m=0.0, t0=0.0, length=400.0):
    """A body in free flight toward the radar, displaced along the meridian by an offset in metres."""
    up = OVERHEAD / np.linalg.norm(OVERHEAD)
    east = np.cross([0.0, 0.0, 1.0], up)
    east /= np.linalg.norm(east)
    north = np.cross(up, east)
    x = np.concatenate([OVERHEAD + offset_m * north, 5000.0 * east + 1500.0 * up])
    t = np.arange(0.0, length + 1.0)
    y = propagate(0.0, x, 0.0, t)
    return Path("body", t0 + t, y[:, :3], y[:, 3:], np.zeros(len(t)), 1.0)


def radar(key="LEK", **changes) -> Radar:
    return Radar(replace(SITES[key], **changes))
