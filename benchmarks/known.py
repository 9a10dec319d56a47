"""What it costs to say which looks of a scan are those of 30,000 known objects: ours and two plain ways."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np
from sgp4.api import WGS72, Satrec

from tocsin.catalogue import radars
from tocsin.catalogue.elementspread import ELEMENT_SPREAD
from tocsin.earth.celestial import itrs_from_teme
from tocsin.earth.orientation import utc_from_tai_jd
from tocsin.earth.time import tai_from_utc
from tocsin.estimate.looks import Channel
from tocsin.flight.catalogued import as_catalogued
from tocsin.flight.overhead import paths_overhead
from tocsin.flight.population import draw_population
from tocsin.motion.elementsets import ElementSets
from tocsin.motion.orbit import JD_1950
from tocsin.motion.orbits import Orbits, orbit_states, orbits_of
from tocsin.sensor.measurement import range_azimuth_elevation
from tocsin.sensor.radar import Radar
from tocsin.sensor.scan import Scan
from tocsin.sensor.view import within
from tocsin.track.known import Known, known_step

OBJECTS, SECONDS, ROUNDS = 30_000, 130.0, 5
RADARS = ("LEK", "ARM1", "KAL", "MIS1", "YEN", "BAR", "ORS", "PEC")
T0 = tai_from_utc("2025-05-05T00:00:00Z")
DENSITY, GATE = 1e-9, 25.0
SPEED, AGE = 7.5e3, ELEMENT_SPREAD.along_m + ELEMENT_SPREAD.along_m_day


def scan_of(radar: Radar, orbits: Orbits, t: float, rng: np.random.Generator) -> tuple[Scan, np.ndarray]:
    """Looks at nine of ten objects in view, with noise and no biases, and whose they are."""
    r, v = orbit_states(orbits, t)
    z, _ = range_azimuth_elevation(r, v, np.broadcast_to(radar.r_ecef, r.shape))
    rows = np.flatnonzero(within(radar.site, *z.T) & (rng.random(len(r)) < radar.detection))
    angle = np.radians(0.2 if radar.site.band == "VHF" else 0.07)
    sigma = np.tile([75.0 if radar.site.band == "VHF" else 30.0, angle, angle], (len(rows), 1))
    sigma[:, 1] /= np.cos(z[rows, 2])
    values = z[rows] + rng.standard_normal(sigma.shape) * sigma
    values[:, 1] %= 2.0 * np.pi
    n = len(rows)
    scan = Scan(
        radar.key, "radar", "simulated", t, radar.r_ecef, np.full(n, t), values, sigma, np.full(n, 20.0)
    )
    return scan, rows


def dense(radar: Radar, scan: Scan, r: np.ndarray, v: np.ndarray) -> np.ndarray:
    """The nearest object of each look (k,) or -1: all objects against all looks, one spread for all."""
    z, H = range_azimuth_elevation(r, v, np.broadcast_to(radar.r_ecef, r.shape))
    # Elements a day old, mostly off along the track.
    spread = np.einsum("nij,nj->ni", H, v) * (AGE / SPEED)
    d2 = np.zeros((len(r), len(scan)))
    for a in range(3):
        nu = scan.values[None, :, a] - z[:, None, a]
        if a == 1:
            nu = (nu + np.pi) % (2.0 * np.pi) - np.pi
        d2 += nu**2 / (scan.sigmas[None, :, a] ** 2 + spread[:, None, a] ** 2 + 1e-12)
    d2[np.isnan(d2)] = np.inf
    nearest = np.argmin(d2, axis=0)
    return np.where(d2[nearest, np.arange(len(scan))] < GATE, nearest, -1)


def records(sets: ElementSets) -> list[Satrec]:
    """SGP4's record of each object."""
    jd, fraction = utc_from_tai_jd(sets.epoch_t)
    out = []
    for i in range(len(sets)):
        record = Satrec()
        record.sgp4init(
            WGS72, "i", int(sets.norad[i]), float(jd[i] - JD_1950 + fraction[i]), float(sets.bstar[i]), 0.0,
            0.0,
            float(sets.eccentricity[i]), float(sets.argp[i]), float(sets.inclination[i]),
            float(sets.mean_anomaly[i]), float(sets.mean_motion[i]) * 60.0, float(sets.raan[i]),
        )  # fmt: skip
        out.append(record)
    return out


def one_by_one(sats: list[Satrec], t: float) -> tuple[np.ndarray, np.ndarray]:
    """Earth-fixed states of all, each object by itself."""
    jd, fraction = (float(part[0]) for part in utc_from_tai_jd(np.array([t])))
    found = [sat.sgp4(jd, fraction) for sat in sats]
    r, v = (1e3 * np.array([f[k] for f in found]) for k in (1, 2))
    return itrs_from_teme(np.full(len(r), t), r, v)


def seconds(job: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def main() -> None:
    """See that all sides name the same objects; then medians by turns."""
    rng = np.random.default_rng(2026)
    population = draw_population(OBJECTS, T0, rng)
    paths_overhead(population.where(np.arange(100)), T0, T0 + 60.0)
    taken_s = statistics.median(
        seconds(lambda: paths_overhead(population, T0, T0 + 2400.0)) for _ in range(3)
    )
    print(f"paths of {OBJECTS:,} objects for 40 minutes: {taken_s:.2f} s, {OBJECTS / taken_s:,.0f} a second")
    sets = as_catalogued(population.elements, ELEMENT_SPREAD, rng)
    by_key = {site.key: Radar(site) for site in radars()}
    sensors = [by_key[key] for key in RADARS]
    channels = tuple(
        Channel(s.key, False, tuple(s.bias_sigma), s.site.band, (s.site.lat_deg, s.site.lon_deg), s.air)
        for s in sensors
    )
    orbits, seen_by_all = orbits_of(population.elements), orbits_of(sets)
    frames = sorted(
        (float(t), i)
        for i, s in enumerate(sensors)
        for t in np.arange(T0 + s.frame_s * rng.random(), T0 + SECONDS, s.frame_s)
    )
    known = Known.of(sets, channels, tuple(s.site for s in sensors), rcs_m2=population.rcs_m2)
    ours, grids, right, looks, wrong = [], [], 0, 0, 0
    for t, i in frames:
        scan, identity = scan_of(sensors[i], orbits, t, rng)
        had = known.grids
        start = time.perf_counter()
        known, taken, _ = known_step(known, scan, i, DENSITY)
        took = time.perf_counter() - start
        (ours if known.grids is had else grids).append(took)
        right += int((taken == identity).sum())
        wrong += int(((taken != identity) & (taken >= 0)).sum())
        looks += len(scan)
    print(
        f"{len(frames)} scans, {looks / len(frames):.0f} looks each: {right / looks:.2%} right, {wrong} wrong"
    )
    minute, step = statistics.median(grids[-2:]), statistics.median(ours)
    per_minute = sum(60.0 / s.frame_s for s in sensors)
    whole = step + minute / per_minute
    print(
        f"a scan {step * 1e3:.1f} ms, each minute's grid {minute * 1e3:.0f} ms: {whole * 1e3:.1f} ms in all"
    )
    sats, (t, i) = records(sets), frames[-1]
    scan, identity = scan_of(sensors[i], orbits, t, rng)
    states = one_by_one(sats, t)
    batch = orbit_states(seen_by_all, t)
    assert np.nanmax(np.abs(states[0] - batch[0])) < 1e-3
    named = dense(sensors[i], scan, *batch)
    _, taken, _ = known_step(known, scan, i, DENSITY)
    print(f"looks given to the right object: ours {np.mean(taken == identity):.2%}, "
          f"dense {np.mean(named == identity):.2%}")  # fmt: skip
    jobs = {
        "ours": lambda: known_step(known, scan, i, DENSITY),
        "all by SGP4 in batches, dense comparison": lambda: dense(
            sensors[i], scan, *orbit_states(seen_by_all, t)
        ),
        "each by SGP4, dense comparison": lambda: dense(sensors[i], scan, *one_by_one(sats, t)),
    }
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for number in range(ROUNDS + 1):
        for name, job in list(jobs.items())[:: -1 if number % 2 else 1]:
            took = seconds(job)
            if number:
                times[name].append(took)
    own = statistics.median(times["ours"]) + minute / per_minute
    for name, values in times.items():
        took = statistics.median(values) + (minute / per_minute if name == "ours" else 0.0)
        print(f"{name:44}{took * 1e3:10.1f} ms a scan, {took / own:8.1f} times ours")


if __name__ == "__main__":
    main()
