"""How soon states come, of hand-made logs and figures, and of one flight that is flown and seen."""

import math

import numpy as np
import pytest

from tests.study.ladder.lines import line
from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.errors import TocsinError
from tocsin.motion.path import Path
from tocsin.study.calibration.flown import Flown
from tocsin.study.ladder.draws import (
    CLASSES,
    FALLING,
    PROTECTED,
    Drawn,
    aims_of,
    draw,
    ground,
    path_of,
    whole,
)
from tocsin.study.ladder.soon import checked, grouped, left, one, spread
from tocsin.study.ladder.through import Soon, attacked, soon_of

NEVER = math.inf
EMPTY = Path("none", np.arange(2.0), np.zeros((2, 3)), np.zeros((2, 3)), np.zeros(2), 1.0)


def drawn(t_impact: float | None = 1000.0) -> Drawn:
    return Drawn("irbm", "toward", EMPTY, t_impact, 0.0, 1000.0, (True, False), (), 3)


def test_a_flight_that_never_comes_to_a_state_counts_as_infinite():
    found = spread([30.0, NEVER, 10.0, 20.0])
    assert (found.early, found.median, found.most, found.reached) == (10.0, 20.0, NEVER, 3)
    assert spread([NEVER, NEVER, 5.0]).median == NEVER
    many = spread([float(k) for k in range(1, 41)])
    assert (many.early, many.median, many.most) == (2.0, 20.0, 38.0)


def test_what_is_left_is_what_so_many_have_at_least():
    found = left([600.0, 300.0, None, 900.0])
    assert (found.early, found.median, found.most, found.reached) == (900.0, 600.0, 0.0, 3)


def test_a_state_is_reached_with_the_centre_that_comes_to_it_first():
    log = (
        line(10.0, "notice", what="first satellite look"),
        line(15.0, "probable", "possible"),
        line(100.0, "confirmed (degraded)", "probable", track="china-1"),
        line(160.0, "confirmed", "confirmed"),
        line(11.0, "confirmed", "confirmed", picture="alone"),
    )
    found = soon_of(drawn(), False, log)
    assert found.event == {"notice": 0.0, "probable": 5.0, "confirmed": 90.0}
    assert found.threat == {"possible": 5.0, "probable": 90.0, "confirmed": 150.0}
    assert found.left_s == (900.0, 840.0)
    assert (found.surest, found.gravest, found.seen) == ("confirmed", "confirmed", True)
    assert [soon_of(drawn(), d, log).could for d in (False, True)] == [True, False]
    assert [attacked(e) for e in log] == [False, False, False, True, False]


def test_what_nobody_saw_comes_to_nothing():
    found = soon_of(drawn(None), True, ())
    assert not found.seen
    assert set(found.event.values()) == {NEVER}
    assert (found.left_s, found.gravest) == ((None, None), "none")


def test_flights_are_grouped_by_class_aim_and_network():
    events = {"notice": 1.0, "probable": 2.0, "confirmed": 3.0}
    threats = {"possible": 1.0, "probable": 2.0, "confirmed": NEVER}
    each = [
        Soon(
            "irbm", aim, degraded, not degraded, True, events, threats, "confirmed", gravest, (60.0, None), 2
        )
        for aim, gravest in (("toward", "probable"), ("elsewhere", "none"))
        for degraded in (False, True, False)
    ]
    found = list(grouped(each, [("irbm", "toward"), ("irbm", "elsewhere")]))
    assert [(g.aim, g.degraded, g.flights, g.drawn) for g in found] == [
        (aim, degraded, 1 if degraded else 2, 2 if degraded else 4)
        for aim in ("toward", "elsewhere")
        for degraded in (False, True)
    ]
    assert found[0].gravest == {"none": 0, "possible": 0, "probable": 2, "confirmed": 0}
    assert found[0].threat["confirmed"].reached == 0
    assert [g.could for g in found] == [2, 0, 2, 0]


@pytest.mark.parametrize(("names", "flights"), [(("icbm",), 4), (("irbm",), 0), (("irbm",), 10**6)])
def test_what_cannot_be_drawn_is_refused(names, flights):
    with pytest.raises(TocsinError, match=r"no class 'icbm'|--flights"):
        checked(names, flights)


def test_a_path_is_the_ascent_and_then_the_free_flight():
    t_light, t = np.array([0.0, 1.0, 2.0]), np.array([2.0, 3.0, 4.0])
    light, x = np.zeros((3, 6)), np.zeros((3, 6))
    light[:, 0], x[:, 0] = t_light, 10.0 * t
    flown = Flown(
        "irbm", 1, t_light, light, t, x, 2.0, 4.0, (0.0, 0.0), False, np.array([5.0, 5, 0, 0, 0, 0]), 2.0
    )
    path = path_of(flown, 100.0)
    assert path.t.tolist() == [100.0, 101.0, 102.0, 103.0, 104.0]
    assert path.r_ecef[:, 0].tolist() == [0.0, 1.0, 2.0, 30.0, 40.0]
    assert path.power.tolist() == [5.0, 5.0, 0.0, 0.0, 0.0]
    assert path.rcs_m2 == 2.0


def test_every_aim_is_open_land_of_the_protected_countries():
    for south, north, west, east in PROTECTED:
        assert north - south >= 5.0
        assert east - west >= 5.0
        corners = np.radians([(lat, lon) for lat in (south, north) for lon in (west, east)])
        assert ground().protected(corners[:, None], np.ones(4)).sum(axis=1).min() > 0.5


@pytest.mark.parametrize("name", ["mrbm", "re-entry", "meteor"])
def test_a_draw_comes_down_where_it_is_asked_to_and_can_be_seen(name):
    for aim in aims_of(name):
        found = draw(name, aim, 3, 7)
        again = draw(name, aim, 3, 7)
        np.testing.assert_array_equal(found.path.r_ecef, again.path.r_ecef)
        assert found.name == name in CLASSES
        assert 0.0 <= found.path.t[0] - whole().t_tai < 86400.0 + 1.0
        assert found.begin < found.end
        assert [type(c) for c in found.could] == [bool, bool]
        assert found.radars or name == "meteor"
        assert found.could[0] or name in FALLING
        assert (found.path.power > 0.0).any() or name == "re-entry"
        lat, lon, _ = geodetic_from_ecef(found.path.r_ecef[-1])
        landed = ground().protected(np.array([[[float(lat), float(lon)]]]), np.ones(1)).sum() > 0.5
        if found.t_impact is not None:
            assert landed == (aim == "toward")


def test_one_flight_through_both_networks():
    """A short-range missile toward protected ground: seen to burn, then by radar, and a threat for sure."""
    full, blind = one("srbm", "toward", 0, 1)
    assert full.seen
    assert full.gravest == "confirmed"
    assert 0.0 < full.event["notice"] < full.event["probable"] < full.event["confirmed"]
    assert full.event["confirmed"] <= full.threat["confirmed"] < 400.0
    assert 0.0 < full.left_s[1] <= full.left_s[0] < 600.0
    assert blind.degraded
    assert blind.event["notice"] > full.event["notice"]
