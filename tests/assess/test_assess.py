"""The whole assessment of a track: all that an event must tell, and nothing before it is known."""

import math

import numpy as np
import pytest

from tests.estimate.scenes import BURNOUT, INV_BETA, LAUNCH, T_BURNOUT, TELESCOPES, Ascent, template
from tocsin.assess.assess import assess
from tocsin.assess.assessment import Evidence
from tocsin.assess.case import NO_TIMES, Case
from tocsin.assess.ladder.grounds import Grounds
from tocsin.assess.territory import Territories
from tocsin.catalogue import borders
from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.body import ASSUMED_SIGMA_LN_BETA, body_of, carried
from tocsin.motion.ballistic import impact, propagate
from tocsin.track.boost import Bank, estimate_boost
from tocsin.track.solution import Solution

TERRITORIES = Territories(borders())
# How far the arcs that are flown in a batch may be off those flown one by one (`motion.arcs`).
BATCH_M, BATCH_S = 3.0, 5e-3
ONE_RADAR = (("60.30,30.55", "VHF", 9),)
RADAR_ONLY = Grounds(0, 0, ONE_RADAR, True, False, True)
BOTH = Grounds(2, 90, ONE_RADAR, True, True, True)


def channel(name, kind, llr=40.0, first_t=0.0, last_t=90.0):
    return Evidence(
        channel=name,
        phenomenology=kind,
        looks=9,
        first_t=first_t,
        last_t=last_t,
        llr=llr,
        slow=-50.0,
        still=-50.0,
    )


def said(grounds):
    """Sound evidence of as many channels as the ladder is told of."""
    eyes = [channel(f"satellite {k}", "infrared") for k in range(grounds.infrared)]
    return (*eyes, *(channel(site, "radar") for site, _, _ in grounds.radars))


SPREAD = np.diag([300.0, 300.0, 300.0, 1.0, 1.0, 1.0]) ** 2


def arc(state=None, phase="ballistic", boost=None):
    return Solution(phase, state, boost, None, 1.0, False, False)


HELD = Gaussian(T_BURNOUT, BURNOUT, SPREAD)


def told(
    solution, now=T_BURNOUT + 10.0, grounds=RADAR_ONLY, before=None, evidence=None, times=NO_TIMES, objects=1
):
    case = Case(
        track="t-1",
        picture="alone",
        now=now,
        solution=solution,
        grounds=grounds,
        evidence=said(grounds) if evidence is None else evidence,
        milestones=times,
        before=before,
        objects=objects,
    )
    return assess(case, TERRITORIES, INV_BETA)


def test_the_reference_flight_comes_down_in_russia():
    """Launched at 47 N 110 W, down at 55.3 N 36.8 E: a threat to protected ground, if the event is sure."""
    made = told(arc(HELD), grounds=BOTH)
    end = impact(T_BURNOUT, BURNOUT, INV_BETA)
    assert (made.impact.lat_deg, made.impact.lon_deg) == pytest.approx((55.4, 36.7), abs=0.1)
    assert made.impact.t == pytest.approx(end.t, abs=BATCH_S)
    assert made.time_to_target_s == pytest.approx(end.t - made.t)
    assert made.territory["RU"] > 0.99
    assert sum(made.territory.values()) == pytest.approx(1.0)
    assert (made.event_state, made.threat_state) == ("confirmed", "confirmed")
    assert made.apogee_km == pytest.approx(end.apogee_m / 1e3)
    assert 0.1 < made.apogee_sigma_km < 20.0
    assert made.range_km == pytest.approx(8220.0, abs=400.0)
    assert made.flight_time_s == pytest.approx(1779.0, abs=400.0)
    assert made.speed_m_s == pytest.approx(6500.0, abs=100.0)
    assert made.classes["icbm-liquid"] + made.classes["icbm-solid"] > 0.9
    assert len(made.trajectory) == 25
    assert sum(made.classes.values()) == pytest.approx(1.0)
    assert made.loft["normal"] > 0.9
    assert sum(made.loft.values()) == pytest.approx(1.0)
    assert made.landed == 1.0


def test_a_group_says_of_how_many_it_is_at_the_least():
    made = told(arc(HELD), grounds=BOTH, objects=5)
    assert made.objects == 5
    assert any("at least 5 objects" in why for why in made.reasons)
    assert not any("at least" in why for why in told(arc(HELD), grounds=BOTH).reasons)


def test_nothing_of_the_impact_while_it_burns():
    made = told(arc(HELD, "boost"), grounds=BOTH._replace(ballistic=False))
    for name in ("impact", "apogee_km", "apogee_sigma_km", "range_km", "flight_time_s", "time_to_target_s"):
        assert getattr(made, name) is None
    assert (made.trajectory, made.landed) == ((), 0.0)
    assert made.threat_state == "possible"
    assert made.speed_m_s == pytest.approx(np.linalg.norm(BURNOUT[3:]))


def test_an_unobservable_track_says_so():
    made = told(arc(None, "unobservable"), grounds=RADAR_ONLY._replace(ballistic=False))
    assert (made.state, made.impact, made.launch, made.speed_m_s) == (None, None, None, None)
    assert made.event_state == "notice"
    assert sum(made.territory.values()) == pytest.approx(1.0)
    assert "unobservable" in made.model


def orbiter():
    r = 6878137.0
    v = math.sqrt(3.986004418e14 / r)
    x = np.array([r, 0.0, 0.0, 0.0, v * 0.5 - 7.292115e-5 * r, v * math.sqrt(0.75)])
    return Gaussian(0.0, x, SPREAD)


def test_a_body_in_orbit_has_no_impact():
    made = told(arc(orbiter()), now=10.0)
    assert (made.impact, made.time_to_target_s, made.landed) == (None, None, 0.0)
    assert made.orbit == made.territory["orbit"] == 1.0
    assert made.threat_state == "none"
    assert made.classes["satellite"] > 0.9
    assert sum(made.territory.values()) == pytest.approx(1.0)


def test_the_event_state_does_not_fall_and_its_time_stays():
    first = told(arc(HELD), now=1000.0, grounds=BOTH)
    assert first.confirmed_t == 1000.0
    later = told(arc(HELD), now=1100.0, grounds=RADAR_ONLY, before=first)
    assert (later.event_state, later.confirmed_t) == ("confirmed", 1000.0)
    quiet = told(arc(HELD), now=1000.0)
    assert (quiet.event_state, quiet.confirmed_t) == ("probable", None)


def test_the_threat_may_fall_while_the_event_stays():
    threat = told(arc(HELD), grounds=BOTH)
    short = BURNOUT * np.array([1.0, 1.0, 1.0, 0.8, 0.8, 0.8])
    away = told(arc(Gaussian(T_BURNOUT, short, SPREAD)), now=T_BURNOUT + 60.0, grounds=BOTH, before=threat)
    assert (threat.threat_state, away.threat_state) == ("confirmed", "none")
    assert away.event_state == "confirmed"


def test_it_is_closed_after_the_impact_and_not_before():
    end = impact(T_BURNOUT, BURNOUT, INV_BETA)
    first = told(arc(HELD), grounds=BOTH)
    assert told(arc(HELD), now=end.t - 1.0, grounds=BOTH, before=first).event_state == "confirmed"
    over = told(arc(HELD), now=end.t + 60.0, grounds=BOTH, before=first)
    assert over.event_state == "closed"
    assert over.speed_m_s is None


def test_the_state_is_told_at_the_last_radar_look():
    seen = Evidence(channel="LEK", phenomenology="radar", looks=9, first_t=800.0, last_t=900.0, llr=50.0)
    made = told(arc(HELD), now=901.0, evidence=(seen,))
    assert made.state.t == 900.0
    there = propagate(T_BURNOUT, BURNOUT, INV_BETA, [900.0])[0, :3]
    np.testing.assert_allclose(made.state.x[:3], there, atol=BATCH_M, rtol=0.0)
    assert np.linalg.eigvalsh(np.array(made.state.P).reshape(6, 6)).min() > 0.0


@pytest.fixture(scope="module")
def boosted():
    ascent = Ascent(7)
    bank = Bank((template("icbm-liquid"), template("icbm-solid")), INV_BETA)
    return ascent, estimate_boost(ascent.looks, TELESCOPES, bank, ascent.out, None)


def test_the_launch_of_a_template(boosted):
    ascent, boost = boosted
    made = told(
        arc(boost.state, boost=boost), now=ascent.out[0] + 5.0, grounds=Grounds(2, 90, (), True, False, True)
    )
    assert (made.launch.lat_deg, made.launch.lon_deg) == pytest.approx(np.degrees(LAUNCH[:2]), abs=0.1)
    assert made.launch.t == pytest.approx(ascent.t_launch, abs=5.0)
    assert abs((made.heading_deg - math.degrees(ascent.azimuth) + 180.0) % 360.0 - 180.0) < 2.0
    assert made.event_state == "probable"
    # From the middle of a continent, not from the sea; and the templates know which of two it was.
    assert made.classes["slbm"] < 0.01
    assert made.classes["icbm-solid"] > 0.9
    assert "icbm-solid" in made.model


def test_milestones_are_passed_on():
    times = {"first_satellite_t": 40.0, "stereo_t": 41.0, "burnout_t": 181.0, "first_radar_t": None}
    made = told(arc(HELD), times=times)
    assert (made.first_satellite_t, made.stereo_t, made.burnout_t, made.first_radar_t) == (
        40.0,
        41.0,
        181.0,
        None,
    )


def test_from_an_island_launch_the_sea_is_weighed():
    """A launch place by the arc, 100 km either way: on a shore it is partly sea, and the class says so."""
    x = propagate(T_BURNOUT, BURNOUT, INV_BETA, [T_BURNOUT])[0]
    turn = math.radians(-60.0)  # from Montana to the middle of the Pacific
    c, s = math.cos(turn), math.sin(turn)
    about = np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
    moved = np.concatenate([about @ x[:3], about @ x[3:]])
    assert told(arc(Gaussian(T_BURNOUT, moved, SPREAD))).classes["slbm"] > 0.7
    assert told(arc(HELD)).classes["slbm"] < 0.01


def test_what_the_air_has_told_of_the_drag_is_in_the_impact_and_in_the_state():
    """A heavier body than assumed, its drag known to a twentieth: earlier, and sure of when."""
    learnt = body_of(HELD, 0.5 * INV_BETA, 0.05)
    known = Solution("ballistic", HELD, None, None, 1.0, True, False, learnt)
    before, after = told(arc(HELD)), told(known)
    end = impact(T_BURNOUT, BURNOUT, 0.5 * INV_BETA)
    assert after.impact.t == pytest.approx(end.t, abs=BATCH_S)
    assert after.impact.t < before.impact.t - 1.0
    assert after.impact.sigma_s < 0.7 * before.impact.sigma_s
    assert after.trajectory[-1].sigma_km < before.trajectory[-1].sigma_km
    low = Evidence(channel="r", phenomenology="radar", looks=9, first_t=900.0, last_t=end.t - 15.0, llr=9.0)
    at_last = carried(learnt, end.t - 15.0)
    made = told(known, evidence=(low,))
    assert made.state.x == pytest.approx(tuple(at_last.x), abs=BATCH_M)
    assert made.drag.inv_beta == learnt.inv_beta
    # All seven, as they hang together by then.
    assert pytest.approx(tuple(at_last.P[6]), rel=0.02) == made.drag.P
    assert (*[0.0] * 6, pytest.approx(ASSUMED_SIGMA_LN_BETA**2)) == before.drag.P
