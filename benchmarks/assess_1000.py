"""What 1,000 tracks mean: impact regions, arcs, launches, territories and classes, on one core."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.assess import assess_all
from tocsin.assess.assessment import Evidence
from tocsin.assess.case import Case
from tocsin.assess.classify import classify, kinematics_of
from tocsin.assess.ladder.grounds import Grounds
from tocsin.assess.launch import launch_by_arc, launches_by_arc
from tocsin.assess.region import place, places
from tocsin.assess.territory import Territories
from tocsin.assess.trajectory import (
    apogee_sigma,
    speed_and_height,
    speeds_and_heights,
    trajectories,
    trajectory,
)
from tocsin.catalogue import borders
from tocsin.earth.constants import OMEGA
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodesic_inverse
from tocsin.estimate.body import ASSUMED_SIGMA_LN_BETA, Body
from tocsin.estimate.falls import Falls, predict_falls
from tocsin.estimate.predict import predict_fall
from tocsin.motion.ballistic import impact, propagate
from tocsin.motion.minimum_energy import minimum_energy
from tocsin.sensor.measurement import site_axes
from tocsin.track.solution import Solution

Array = NDArray[np.float64]

TRACKS, ALONE, ROUNDS = 1000, 40, 15
# Open waters, as in raid-1000.toml: latitude and longitude of areas at least 5 deg wide, deg.
WATERS = ((37.5, 42.5, 131.5, 136.5), (34.0, 42.0, 147.0, 157.0), (40.0, 50.0, -40.0, -25.0),
          (70.0, 76.0, 35.0, 50.0), (5.0, 15.0, 60.0, 70.0), (-5.0, 5.0, 85.0, 95.0))  # fmt: skip
# 1 sigma of place and velocity after some looks of radars, and after boost alone: assumed.
HELD = {"linear": (400.0, 3.0, 0.3), "samples": (2500.0, 60.0, ASSUMED_SIGMA_LN_BETA)}


def bodies(kind: str, rng: np.random.Generator) -> list[Body]:
    """Arcs of nearly least energy between open waters, some minutes after burnout at 100 to 250 km."""
    r_sigma, v_sigma, drag_sigma = HELD[kind]
    made: list[Body] = []
    while len(made) < TRACKS:
        a, b = rng.choice(len(WATERS), 2, replace=False)
        here, there = (
            np.radians([rng.uniform(w[0], w[1]), rng.uniform(w[2], w[3])]) for w in (WATERS[a], WATERS[b])
        )
        distance, azimuth = geodesic_inverse(*here, *there)
        speed, climb, _, _ = minimum_energy(min(distance, 12e6))
        r = ecef_from_geodetic(*here, rng.uniform(100e3, 250e3))
        climb *= rng.uniform(0.9, 1.4)
        level = speed * np.cos(climb)
        v = site_axes(r).T @ [level * np.sin(azimuth), level * np.cos(azimuth), speed * np.sin(climb)]
        v -= np.cross([0.0, 0.0, OMEGA], r)
        x, inv_beta = np.concatenate([r, v]), 1.0 / rng.uniform(1500.0, 10000.0)
        if impact(0.0, x, inv_beta).status != "impact":
            continue
        t = rng.uniform(0.0, 240.0)
        root = np.diag([r_sigma] * 3 + [v_sigma] * 3) @ (np.eye(6) + 0.3 * rng.standard_normal((6, 6)))
        P = np.zeros((7, 7))
        P[:6, :6], P[6, 6] = root @ root.T, drag_sigma**2
        made.append(Body(t, propagate(0.0, x, inv_beta, [t])[0], P, inv_beta))
    return made


def solution_of(body: Body) -> Solution:
    """A radar's arc."""
    return Solution("ballistic", body.state, None, body.t, 1.0, False, False, body)


def case_of(number: int, body: Body) -> Case:
    """A track that one radar sees, with nobody's silence to be weighed."""
    seen = Evidence(
        channel="LEK", phenomenology="radar", looks=20, first_t=body.t - 90.0, last_t=body.t, llr=90.0
    )
    grounds = Grounds(0, 0, (("60.30,30.55", "VHF", 20),), True, False, True)
    return Case(f"t-{number}", "alone", body.t + 10.0, solution_of(body), grounds, (seen,))


def alone(body: Body, territories: Territories, now: float) -> object:
    """One track by itself."""
    region = predict_fall(body)
    if region is None:
        return None
    return (
        region,
        trajectory(body, region.t),
        apogee_sigma(body, region.t_apogee),
        speed_and_height(body, now, True),
        launch_by_arc(body.state, body.inv_beta),
        place(region.lat, region.lon, region.t, region.sigma_t, region.P),
        territories.probabilities(region.samples, region.landed, region.orbit),
        classify(kinematics_of(solution_of(body), body.inv_beta)),
    )


def seconds(job: Callable[[], object]) -> float:
    """The processor's time of one call on this one thread: what else runs beside it counts little."""
    start = time.thread_time()
    job()
    return time.thread_time() - start


def agreement(made: list[Body], falls: Falls) -> str:
    """How far the first bodies' regions lie from those of `predict_fall`, in sigma of the latter."""
    apart, wrong = [], 0
    for i, body in enumerate(made[:ALONE]):
        one, same = predict_fall(body), falls.region(i)
        if one is None or same is None:
            raise SystemExit(f"body {i} has a region one way only")
        wrong += one.linear is not same.linear
        d = ecef_from_geodetic(one.lat, one.lon, 0.0) - ecef_from_geodetic(same.lat, same.lon, 0.0)
        apart.append(float(np.linalg.norm(d)) / np.sqrt(np.linalg.eigvalsh(one.P)[-1]))
    return f"of {ALONE} alone {wrong} decide otherwise, middles {max(apart):.4f} sigma apart at the most"


def jobs_of(
    made: list[Body], asked: Array, falls: Falls, territories: Territories
) -> dict[str, tuple[Callable[[], object], int]]:
    """What is timed, and of how many tracks."""
    cases = [case_of(i, b) for i, b in enumerate(made)]
    drag, states = np.array([b.inv_beta for b in made]), [b.state for b in made]
    return {
        "one by one": (lambda: [alone(b, territories, b.t + 10.0) for b in made[:ALONE]], ALONE),
        "assessed whole": (lambda: assess_all(cases, territories, 1.0 / 9000.0), TRACKS),
        "regions and arcs": (lambda: predict_falls(made, asked), TRACKS),
        "ephemerides told": (lambda: trajectories(falls, made), TRACKS),
        "places told": (lambda: places(falls.lat, falls.lon, falls.t, falls.sigma_t, falls.P), TRACKS),
        "speeds and heights told": (lambda: speeds_and_heights(falls.asked_x[:, 0]), TRACKS),
        "launches by arc": (lambda: launches_by_arc(states, drag), TRACKS),
    }


def main() -> None:
    """See that both ways agree; then alternate the jobs round by round and print the best and ratios."""
    territories = Territories(borders())
    for kind in HELD:
        made = bodies(kind, np.random.default_rng(1000))
        asked = np.array([[b.t + 10.0] for b in made])
        falls = predict_falls(made, asked)
        print(f"{kind}: {falls.linear.mean():.3f} linear; {agreement(made, falls)}")
        jobs = jobs_of(made, asked, falls, territories)
        times: dict[str, list[float]] = {name: [] for name in jobs}
        for job, _ in jobs.values():
            job()
        for number in range(ROUNDS):
            for name, (job, count) in list(jobs.items())[:: -1 if number % 2 else 1]:
                times[name].append(seconds(job) / count)
        base, whole = min(times["one by one"]), times["assessed whole"]
        for name, taken in times.items():
            each = min(taken)
            print(f"  {name:28}{each * 1e6:10.1f} us a track{base / each:9.1f} times as fast as one by one")
        print(f"  assessed whole, mean of all{np.mean(whole) * 1e6:11.1f} us a track, garbage collected")


if __name__ == "__main__":
    main()
