"""Sunlit cloud over the view: against denser patches, drawn looks against their means, and the field."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

import tocsin.sensor.infrared.bright_cloud as module
from tocsin.catalogue import network
from tocsin.earth.bodies import sun_ecef
from tocsin.motion.orbit import satellite_states
from tocsin.sensor.infrared.bright_cloud import bright_cloud, draw_cloud_looks
from tocsin.sensor.infrared.cloud_looks import CLOUD_LOOKS
from tocsin.sensor.infrared.field import in_field
from tocsin.sensor.infrared.limb import limb, meets, toward
from tocsin.sensor.measurement import line_of_sight

OKO, ELEMENTS = network("1983-09-25", ("cosmos-1382",)).satellites[0]
DISC = replace(OKO, limb_depth_deg=None)
T = ELEMENTS.epoch_t_tai
BAND = 0.001


def at(hours, satellite=DISC, **more):
    t = T + 3600.0 * hours
    return bright_cloud(satellite, satellite_states(ELEMENTS, [t])[0][0], sun_ecef([t])[0], 1.0, **more)


def test_ten_times_as_many_patches_change_little(monkeypatch):
    hours = np.arange(-4.0, 5.0)
    usual = np.array([at(h).mean.sum() for h in hours])
    monkeypatch.setattr(module, "ON_GLOBE", 20_000)
    monkeypatch.setattr(module, "ON_LIMB", 1800)
    fine = np.array([at(h).mean.sum() for h in hours])
    assert usual.sum() == pytest.approx(fine.sum(), rel=0.1)
    assert np.all(np.abs(usual - fine) < 0.3 * fine + 1e-4)


def test_in_1983_it_is_brightest_about_the_stated_hour_and_in_the_oko_s_own_field():
    """The band about the limb has most of the looks; three hours before there are next to none."""
    now, before = at(0.0, OKO).mean.sum(), at(-3.0, OKO).mean.sum()
    assert now > 20.0 * before
    assert 0.8 < now / at(0.0).mean.sum() <= 1.0


def test_solid_angles_are_of_the_lit_part_of_the_disc():
    """Beside lines of sight, drawn even over the disc, that meet cloud which the Sun may light."""
    s, sun = satellite_states(ELEMENTS, [T])[0][0], sun_ecef([T])[0]
    rng, n = np.random.default_rng(2), 200_000
    edge = float(limb(s, np.zeros(1), 12e3)[0][0])
    angle = np.arccos(rng.uniform(np.cos(edge), 1.0, n))
    r = meets(s, toward(np.tile(s, (n, 1)), rng.uniform(0.0, 2.0 * np.pi, n), angle), 12e3)
    lit = r @ sun > -0.1 * np.linalg.norm(r, axis=-1) * np.linalg.norm(sun)
    found = at(0.0).patches.solid_angle
    assert found.sum() == pytest.approx(2.0 * np.pi * (1.0 - np.cos(edge)) * lit.mean(), rel=0.1)


def test_looks_are_drawn_from_their_patches():
    bright = at(0.0, OKO, looks=replace(CLOUD_LOOKS, flicker=0.02))
    s = satellite_states(ELEMENTS, [T])[0]
    n = 3000
    places = np.tile(s, (n, 1))
    frame, values, brightness = draw_cloud_looks(bright, places, np.random.default_rng(1))
    low, high = stats.poisson.interval(1.0 - BAND, n * bright.mean.sum())
    assert low <= len(frame) <= high
    assert brightness.min() >= 1.0
    assert np.all(np.diff(frame) >= 0)
    # Each stands no farther from the middle of the nearest patch that can give looks than that is wide.
    u = line_of_sight(values, places[frame])
    patch = bright.patches.r - s
    patch /= np.linalg.norm(patch, axis=-1, keepdims=True)
    away = np.arccos(np.clip(u @ patch.T, -1.0, 1.0)).min(axis=1)
    assert away.max() < bright.patches.wide.max()
    # A patch at the edge of the field reaches over it by no more than its half.
    assert in_field(replace(OKO, limb_depth_deg=0.8), s + 5e7 * u, places[frame]).all()


def test_no_looks_in_endless_noise_and_fewer_in_more():
    s, sun = satellite_states(ELEMENTS, [T])[0][0], sun_ecef([T])[0]
    assert bright_cloud(DISC, s, sun, np.inf).mean.sum() == 0.0
    assert bright_cloud(DISC, s, sun, 3.0).mean.sum() < 0.2 * bright_cloud(DISC, s, sun, 1.0).mean.sum()
