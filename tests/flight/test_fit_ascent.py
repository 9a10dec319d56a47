"""The match: known unknowns come back, real ascents lie within 3 km and 80 m/s, and others are refused."""

from dataclasses import asdict, replace

import numpy as np
import pytest

from tests.flight.ascents import BEARING, LAT, REAL, VEHICLE, analysed, csv, flown, real, shown
from tocsin.errors import TocsinError
from tocsin.flight.cutoff import find_cutoff, find_restart
from tocsin.flight.fit_ascent import fit_ascent
from tocsin.flight.least_squares import least_squares
from tocsin.interchange.telemetry import read_telemetry

# Worst differences measured, km and m/s, with what a change in the last digit may add.
MEASURED = {
    "Iridium_NEXT_4": (0.9, 26.0),
    "SpaceX_CRS-12": (0.3, 22.0),
    "TESS": (0.9, 26.0),
    "SES-10": (1.2, 24.0),
    "GPS_III_SV01": (1.0, 12.0),
    "Intelsat_35e": (0.5, 14.0),
}
KNOWN = {
    "as it is": VEHICLE,
    "heavy, never at its cap": replace(VEHICLE, thrust=12.0, burn_s=150.0, cap=60.0),
    "light, of another fuel": replace(VEHICLE, thrust=15.5, exhaust=3400.0, cap=33.0, ln_later=-0.05),
    "short, with more drag": replace(VEHICLE, burn_s=120.0, exhaust=2700.0, ln_drag=2.0),
}


def fit(file, lat=LAT, bearing=BEARING):
    return fit_ascent(read_telemetry(file), lat, bearing, lambda share: None)


def worst(found):
    return np.abs(found.height - found.told_height).max(), np.abs(found.speed - found.told_speed).max()


@pytest.mark.parametrize("case", KNOWN)
def test_known_unknowns_come_back(case, tmp_path):
    vehicle = KNOWN[case]
    t, speed, height, _ = flown(vehicle, vehicle.burn_s + 10.0)
    found = fit(csv(tmp_path / "a.csv", t, *shown(speed, height)))
    assert found.matched
    apart, faster = worst(found)
    assert apart < 300.0
    assert faster < 15.0
    told, sigma = asdict(found.vehicle), asdict(found.sigma)
    for key, truth in asdict(vehicle).items():
        if key == "cap" and case == "heavy, never at its cap":
            continue
        assert abs(told[key] - truth) < 4.0 * sigma[key], key
    # The sigmas say something: less than what was assumed before.
    assert sigma["thrust"] < 0.2
    assert sigma["exhaust"] < 200.0


def test_the_share_done_is_told_and_steering_is_not(tmp_path):
    shares = []
    t, speed, height, _ = flown()
    found = fit_ascent(read_telemetry(csv(tmp_path / "a.csv", t, speed, height)), LAT, BEARING, shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert set(asdict(found.vehicle)) == {"thrust", "exhaust", "burn_s", "cap", "ln_later", "ln_drag"}


@pytest.mark.parametrize("name", REAL)
def test_real_ascents_are_matched(name, reference):
    found = fit(real(reference, name))
    assert found.matched
    assert found.t[-1] == found.telemetry.events.cutoff_s + 3.0
    height, speed = worst(found)
    assert height < MEASURED[name][0] * 1e3
    assert speed < MEASURED[name][1]
    # As kerosene launchers are: more than they weigh, 2.6-3.3 km/s, throttled below 4 g.
    assert 12.0 < found.vehicle.thrust < 14.5
    assert 2600.0 < found.vehicle.exhaust < 3300.0
    assert 30.0 < found.vehicle.cap < 40.0


@pytest.mark.parametrize("name", REAL)
def test_engines_are_heard_in_real_speeds(name, reference):
    read = read_telemetry(real(reference, name))
    assert find_cutoff(read) == pytest.approx(read.events.cutoff_s, abs=2.0)


@pytest.mark.parametrize("step", [0.5, 1.0, 2.0])
def test_a_cutoff_is_found_in_the_speed(step, tmp_path):
    for burn in (120.3, 155.4):
        vehicle = replace(VEHICLE, burn_s=burn)
        t, speed, height, _ = flown(vehicle, burn + 15.0, step)
        found = find_cutoff(read_telemetry(csv(tmp_path / "a.csv", t, speed, height)))
        assert found == pytest.approx(burn, abs=1.0)


def test_a_restart_is_the_first_of_five_seconds_of_thrust():
    t = np.arange(0.0, 60.0)
    pull = np.zeros(60)
    pull[10:14] = 30.0
    pull[30:] = 8.0
    assert find_restart(t, pull) == 30.0
    assert find_restart(t, np.zeros(60)) is None
    assert find_restart(t[:34], pull[:34]) is None


def test_a_vehicle_never_passes_its_cap_and_loses_what_it_burns():
    for vehicle in KNOWN.values():
        stages = vehicle.rocket().stages
        before, after = stages[:, 0], stages[:, 0] - stages[:, 1]
        np.testing.assert_allclose(after[:-1], before[1:])
        # Rows of constant thrust swing about the cap by a few per cent.
        assert (stages[:, 2] / after).max() < 1.06 * vehicle.cap
        assert (stages[:, 1] * stages[:, 3] / stages[:, 2]).sum() == pytest.approx(vehicle.burn_s)


@pytest.mark.parametrize(
    "change",
    [
        {"thrust": 9.0},
        {"exhaust": 400.0},
        {"burn_s": 900.0},
        {"cap": 12.0},
        {"ln_drag": 9.0},
        {"ln_later": -3.0},
    ],
)
def test_what_cannot_fly_is_no_rocket(change):
    assert replace(VEHICLE, **change).rocket() is None


def test_least_squares_meets_the_linear_answer_and_the_curved_valley():
    rng = np.random.default_rng(7)
    A, b = rng.normal(size=(20, 4)), rng.normal(size=20)
    p, r, J = least_squares(lambda p: A @ p - b, np.zeros(4), np.full(4, 1e-4))
    np.testing.assert_allclose(p, np.linalg.lstsq(A, b)[0], atol=1e-6)
    np.testing.assert_allclose(J, A, atol=1e-8)
    np.testing.assert_allclose(r, A @ p - b)

    def valley(p):  # Rosenbrock's, with an edge of sense at the start
        return None if p[0] < -1.2 else np.array([10.0 * (p[1] - p[0] ** 2), 1.0 - p[0]])

    p, _, _ = least_squares(valley, np.array([-1.2, 1.0]), np.array([-1e-6, 1e-6]))
    np.testing.assert_allclose(p, [1.0, 1.0], atol=1e-3)
    assert least_squares(valley, np.array([-2.0, 1.0]), np.full(2, 1e-6)) is None


def test_what_cannot_be_matched_is_refused_in_a_line(tmp_path):
    t, speed, height, _ = flown()
    early = t <= 140.0
    slow = np.where(t < 100.0, speed, 0.0)
    cases = {
        "no engine stops": csv(tmp_path / "a.csv", t[early], speed[early], height[early]),
        "before the cut-off at 155": analysed(
            tmp_path / "b.analysed.json", t[early], speed[early], height[early], meco=155
        ),
        "samples up to the cut-off at 12 s": analysed(
            tmp_path / "c.analysed.json", t, slow, height, meco=12
        ),
        "burns for 900 s": analysed(
            tmp_path / "d.analysed.json", t * 6.0, speed, height, meco=900
        ),
    }  # fmt: skip
    for wanted, file in cases.items():
        with pytest.raises(TocsinError, match=wanted) as error:
            fit(file)
        (line,) = error.value.problems
        assert line.startswith(f"{file}: ")


def test_another_ascent_than_this_vehicle_s_is_not_matched(tmp_path):
    t, speed, height, _ = flown()
    found = fit(csv(tmp_path / "a.csv", t, speed, 0.3 * height))
    assert not found.matched
