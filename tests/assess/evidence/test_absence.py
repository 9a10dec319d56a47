"""Absence as evidence: who should have seen it by now, who will, and who was blind."""

import math

import numpy as np
import pytest

from tocsin.assess.evidence.absence import Watching, absence
from tocsin.assess.evidence.courses import LOFTS, arc_of, arcs_to, plume_over
from tocsin.assess.evidence.model import EVIDENCE
from tocsin.catalogue import network
from tocsin.earth.constants import OMEGA
from tocsin.earth.ellipsoid import ecef_from_geodetic, geodesic_inverse, geodetic_from_ecef
from tocsin.motion.minimum_energy import minimum_energy

NET = network("2025-07-15T12:00:00Z", satellites=("cosmos-2541",), radars=("PEC", "LEK"))
T = NET.t_tai
DAKOTA, URALS = (math.radians(47.5), math.radians(-101.0)), np.radians([[58.0, 62.0]])


def on_duty(**lost):
    whole = {key: Watching(5.0, 0.9, ((T - 1e4, T + 1e4),)) for key in ("PEC", "LEK", "cosmos-2541")}
    return {**whole, **lost}


def test_a_least_energy_arc_takes_its_time_and_ends_at_its_aim():
    """Against Bate, Mueller and White's formulae, and the turn of the Earth beneath."""
    arcs = arcs_to(DAKOTA, T, URALS)
    assert arcs.t.shape == (len(LOFTS), 40)
    _, _, apogee, time = minimum_energy(6371e3 * math.acos(float(_unit(*DAKOTA) @ _unit(*URALS[0]))))
    least = LOFTS.index(1.0)
    flown = arcs.t[least, -1] - arcs.t[least, 0]
    assert flown == pytest.approx(time, rel=1e-6)
    heights = np.linalg.norm(arcs.r[least], axis=1) - 6371e3
    assert heights.max() == pytest.approx(apogee, rel=2e-3)
    assert heights[[0, -1]] == pytest.approx([0.0, 0.0], abs=1.0)
    lon = math.atan2(arcs.r[least, -1, 1], arcs.r[least, -1, 0])
    assert lon == pytest.approx(URALS[0, 1] - OMEGA * flown, abs=1e-9)
    lofted = LOFTS.index(max(LOFTS))
    assert arcs.t[lofted, -1] - arcs.t[lofted, 0] > flown


def _unit(lat, lon):
    return np.array([math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)])


def test_before_anything_can_see_it_silence_says_nothing_and_the_time_is_told():
    arcs = arcs_to(DAKOTA, T, URALS)
    ln, expected = absence(NET, on_duty(), arcs, frozenset(), T + 60.0)
    assert ln == 0.0
    pec = next(e for e in expected if e.channel == "PEC")
    assert pec.state == "will see"
    assert T + 600.0 < pec.t < T + 1500.0
    assert pec.by_now == 0.0


def test_after_that_silence_lowers_it():
    arcs = arcs_to(DAKOTA, T, URALS)
    early, late = (absence(NET, on_duty(), arcs, frozenset(), T + s)[0] for s in (900.0, 1800.0))
    assert late < early <= 0.0
    assert late == pytest.approx(
        max(math.log(EVIDENCE.least_absence), 2.0 * math.log(EVIDENCE.doubt)), abs=0.7
    )
    expected = absence(NET, on_duty(), arcs, frozenset(), T + 1800.0)[1]
    assert all(e.state == "should have seen" for e in expected if e.phenomenology == "radar")


def test_who_sees_it_is_not_silent():
    arcs = arcs_to(DAKOTA, T, URALS)
    heard = frozenset({"PEC", "LEK", "cosmos-2541"})
    assert absence(NET, on_duty(), arcs, heard, T + 1800.0) == (0.0, ())


@pytest.mark.parametrize("how", ["blind", "silent"])
def test_the_blind_and_the_dead_change_nothing_and_are_told(how):
    arcs = arcs_to(DAKOTA, T, URALS)
    gone = Watching(5.0, 0.9, (), **{how: True})
    ln, expected = absence(NET, {"PEC": gone, "LEK": gone}, arcs, frozenset(), T + 1800.0)
    assert ln == 0.0
    assert {e.state for e in expected} == {"blind" if how == "blind" else "dead"}


def test_only_the_time_on_duty_counts():
    arcs = arcs_to(DAKOTA, T, URALS)
    part = Watching(5.0, 0.9, ((T - 1e4, T + 600.0),))
    ln, _ = absence(NET, {"PEC": part}, arcs, frozenset(), T + 1800.0)
    whole, _ = absence(NET, {"PEC": on_duty()["PEC"]}, arcs, frozenset(), T + 1800.0)
    assert whole < -2.0
    assert ln > -0.1


def test_a_telescope_is_asked_for_plumes_and_a_radar_for_bodies():
    plume = plume_over(DAKOTA, 60e3, T, T + 60.0)
    keys = {e.channel for e in absence(NET, on_duty(), plume, frozenset(), T + 60.0)[1]}
    assert keys <= {"cosmos-2541"}
    arcs = arcs_to(DAKOTA, T, URALS)
    keys = {e.channel for e in absence(NET, on_duty(), arcs, frozenset(), T + 60.0)[1]}
    assert keys <= {"PEC", "LEK"}


def test_a_known_arc_goes_where_it_goes():
    r = ecef_from_geodetic(math.radians(75.0), math.radians(50.0), 1000e3)
    x = np.concatenate([r, [-4000.0, -3000.0, -2000.0]])
    arc = arc_of(T, x, 0.0, T, T + 200.0)
    assert arc.r[0, 0] == pytest.approx(r)
    lat, lon, _ = geodetic_from_ecef(arc.r[0, -1])
    assert geodesic_inverse(math.radians(75.0), math.radians(50.0), float(lat), float(lon))[0] > 500e3
    ln, expected = absence(NET, on_duty(), arc, frozenset(), T + 200.0)
    assert ln < -2.0
    assert {e.channel for e in expected if e.state == "should have seen"} >= {"PEC"}


def test_elements_that_are_too_old_to_ask_for_count_all_the_same():
    """As of the fireball of 22 December 2020, 62 days after the last public sets."""
    later = T + 90 * 86400.0
    plume = plume_over(DAKOTA, 60e3, later, later + 60.0)
    duty = {"cosmos-2541": Watching(5.0, 0.9, ((later - 1e4, later + 1e4),))}
    ln, expected = absence(NET, duty, plume, frozenset(), later + 60.0)
    assert ln <= 0.0
    assert len(expected) <= 1
