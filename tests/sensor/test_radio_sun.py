"""The Sun over the assembled radar: quiet it costs little; a burst blinds while it is up, not at night."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sensor.scenes import at_rest
from tocsin.catalogue import radars
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError
from tocsin.sensor.beam import Beam
from tocsin.sensor.echo.burst import BURST_1967_SFU, beam_gain, quiet_flux, sun_direction, sun_loss
from tocsin.sensor.echo.schedule import Schedule
from tocsin.sensor.falselooks import false_looks
from tocsin.sensor.measurement import position_from_radar
from tocsin.sensor.radar import Radar
from tocsin.sensor.radiosun import RadioSun, blinding_flux, deaf, sun_noise
from tocsin.sensor.surroundings import surroundings

SITES = {r.key: r for r in radars()}
DAY, NIGHT = tai_from_utc("1967-05-23T10:00:00Z"), tai_from_utc("1967-05-23T22:30:00Z")
SPAN = 120.0


def lekhtusi(**changes):
    return replace(SITES["LEK"], false_looks_per_scan=0.0, **changes)


def scans_at(t0, sun, site=None, paths=(), seed=1):
    radar = Radar(lekhtusi() if site is None else site, sun=sun, schedule=Schedule(volume_s=1.0))
    return radar.scans(paths, t0, t0 + SPAN, np.zeros(6), "x", np.random.default_rng(seed))


def body(t0, range_km, rcs, az_deg=300.0, el_deg=20.0):
    look = np.array([[range_km * 1e3, np.radians(az_deg), np.radians(el_deg)]])
    return at_rest(
        position_from_radar(look, Beam(lekhtusi()).r_ecef[None])[0], t0 - 1, t0 + SPAN + 1, rcs=rcs
    )


def burst(t0, flux=BURST_1967_SFU, start=0.0, lasts=SPAN + 10.0):
    return RadioSun(bursts=((t0 + start, lasts, flux),))


def test_the_sun_of_the_two_times():
    """Noon at 60 N 30 E in May, and an hour and a half past the northern midnight's sunset."""
    for t, up in ((DAY, True), (NIGHT, False)):
        _, elevation = sun_direction([t], *np.radians([60.3, 30.55]))
        assert (elevation[0] > np.radians(40.0 if up else -0.6)) is np.bool_(up)


def test_a_burst_as_that_of_1967_blinds_with_the_sun_up_and_not_with_the_sun_set():
    assert all(s.blind and not len(s) for s in scans_at(DAY, burst(DAY)))
    for scans in (scans_at(NIGHT, burst(NIGHT)), scans_at(DAY, RadioSun()), scans_at(DAY, None)):
        assert len(scans) > 15
        assert not any(s.blind for s in scans)


def test_a_burst_begins_and_ends():
    scans = scans_at(DAY, burst(DAY, start=40.0, lasts=40.0))
    assert [s.blind for s in scans] == [40.0 <= s.t - DAY < 80.0 for s in scans]


def test_what_comes_through_a_burst_is_told_and_the_scan_not_called_blind():
    near = body(DAY, 400.0, 100.0)
    scans = scans_at(DAY, burst(DAY), paths=(near,))
    assert sum(len(s) for s in scans) > 10
    assert all(s.blind == (len(s) == 0) for s in scans)
    far = scans_at(DAY, burst(DAY), paths=(body(DAY, 3000.0, 1.0),))
    assert not sum(len(s) for s in far)
    assert sum(len(s) for s in scans_at(DAY, None, paths=(body(DAY, 3000.0, 1.0),))) > 8


def test_blind_is_the_signal_of_a_square_metre_at_half_range_below_the_threshold_everywhere():
    """Around the flux at which the noise lifts the threshold to that signal, by the radar's own equation."""
    site = lekhtusi()
    beam = Beam(site)
    az, el = np.radians(np.arange(245.0, 355.1, 1.0)), np.radians(np.arange(2.0, 70.1, 1.0))
    a, e = (x.ravel() for x in np.meshgrid(az, el))
    signal = beam.snr(np.stack([np.full(len(a), 3e6), a, e], axis=-1), np.ones(len(a)))
    at = sun_direction([DAY], *np.radians([site.lat_deg, site.lon_deg]))
    flux = np.geomspace(5e2, 5e4, 15)
    told = [bool(deaf(sun_noise(burst(DAY, f), beam, np.array([DAY])), beam)[0]) for f in flux]
    loss = [
        sun_loss(
            *at, a, e, f + quiet_flux(155e6), 155e6, float(beam_gain(beam.beamwidth)), beam.beamwidth, 800.0
        )
        for f in flux
    ]
    assert told == [bool(np.all(signal / one < beam.threshold)) for one in loss]
    assert {True, False} == set(told)


@pytest.mark.parametrize("key", ["LEK", "YEN"])
def test_the_blinding_flux_is_where_a_radar_goes_deaf(key):
    """With the Sun up and, at a northern noon in May, above or beside the sector."""
    beam = Beam(SITES[key])
    least = blinding_flux(beam)
    quiet = float(quiet_flux(beam.site.frequency_hz))
    told = [
        bool(deaf(sun_noise(burst(DAY, share * least - quiet), beam, np.array([DAY])), beam)[0])
        for share in (0.99, 1.01)
    ]
    assert told == [False, True]


def test_a_radar_that_looks_into_the_sun_alone_is_blinded_by_less():
    """A sector of 4 deg about the Sun: all of it is in the main lobe or the first sidelobes."""
    (azimuth,), (elevation,) = np.degrees(sun_direction([DAY], *np.radians([60.3, 30.55])))
    at = {
        "az_start_deg": azimuth - 2,
        "az_end_deg": azimuth + 2,
        "el_min_deg": elevation - 2,
        "el_max_deg": elevation + 2,
    }
    away = {
        "az_start_deg": azimuth + 118,
        "az_end_deg": azimuth + 122,
        "el_min_deg": 20.0,
        "el_max_deg": 24.0,
    }
    told = []
    for sector in (at, away):
        beam = Beam(lekhtusi(**sector))
        told.append(bool(deaf(sun_noise(burst(DAY, 1e3), beam, np.array([DAY])), beam)[0]))
    assert told == [True, False]


def test_a_burst_drowns_clutter_but_makes_no_more_false_alarms():
    site = replace(SITES["LEK"], false_looks_per_scan=0.5)
    beam = Beam(site)
    t = DAY + np.arange(2000.0)
    loud = sun_noise(burst(DAY, lasts=1e4), beam, t)
    maps = surroundings(site)
    count = [
        len(false_looks(beam, m, 2000, np.random.default_rng(3), sun).frame)
        for m in ((), maps)
        for sun in (None, loud)
    ]
    assert count[0] == count[1]
    # 20 dB at the most over the threshold, against 18 dB and more of noise.
    assert count[2] > count[0] + 200
    assert count[3] - count[0] < 0.15 * (count[2] - count[0])


@given(st.floats(0.0, 2 * np.pi), st.floats(0.0, 1.5), st.floats(1.0, 1e6))
def test_a_look_s_loss_is_that_of_the_formula(azimuth, elevation, flux):
    beam = Beam(lekhtusi())
    t = np.array([DAY, DAY + 30.0])
    sun = sun_noise(RadioSun(bursts=((DAY - 1.0, 100.0, flux),)), beam, t)
    found = sun.loss(np.array([1]), np.array([[2e6, azimuth, elevation]]))
    marks = sun_direction([DAY + 30.0], *np.radians([60.3, 30.55]))
    whole = flux + float(quiet_flux(155e6))
    gain = float(beam_gain(beam.beamwidth))
    assert gain == pytest.approx(26_000.0 / 4.0)
    told = sun_loss(*marks, azimuth, elevation, whole, 155e6, gain, beam.beamwidth, 800.0)
    np.testing.assert_allclose(found - 1.0, told - 1.0, rtol=2e-3)


def test_the_quiet_sun_costs_little_outside_the_beam():
    beam = Beam(lekhtusi())
    sun = sun_noise(RadioSun(), beam, np.array([DAY]))
    (azimuth,), (elevation,) = sun_direction([DAY], *np.radians([60.3, 30.55]))
    off = np.array([[2e6, azimuth + a, elevation + e] for a in (0.3, 1.0, 3.0) for e in (0.0, -0.5)])
    assert np.all(10 * np.log10(sun.loss(np.zeros(6, dtype=np.int64), off)) < 0.3)
    (inside,) = sun.loss(np.zeros(1, dtype=np.int64), np.array([[2e6, azimuth, elevation]]))
    assert 10 * np.log10(inside) > 3.0


@pytest.mark.parametrize(
    ("bursts", "says"),
    [
        (((0.0, -1.0, 5.0),), "duration"),
        (((0.0, 1.0, -5.0),), "flux"),
        (((np.nan, 1.0, 5.0),), "start"),
        (((0.0, 1.0),), "not a start"),
    ],
)
def test_a_burst_that_is_none_is_refused(bursts, says):
    with pytest.raises(TocsinError, match=says):
        RadioSun(bursts=bursts)
