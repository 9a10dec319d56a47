"""Whose centres a network has: Russia's and China's, or that of another country alone."""

from dataclasses import replace

import pytest

from tocsin.catalogue import event, network, network_of
from tocsin.centre.joint import run_joint
from tocsin.centre.setup import CENTRES, centres_of, setups
from tocsin.simulate.world import simulate


@pytest.mark.parametrize("date", ["1995-01-25", "2017-07-04", "2025-07-15"])
def test_both_partners_are_there_with_sensors_or_without(date: str) -> None:
    whole = network(date)
    assert centres_of(whole) == CENTRES
    alone = replace(whole, radars=tuple(r for r in whole.radars if r.centre == "russia"))
    assert centres_of(alone) == centres_of(replace(whole, satellites=(), radars=())) == CENTRES


def test_another_country_s_centre_has_no_partner_beside_it() -> None:
    assert centres_of(network("1967-05-23", (), ("BMEWS-T", "BMEWS-C"))) == ("america",)
    assert [s.name for s in setups(network("1967-05-23", (), ("BMEWS-T",)))] == ["america"]


def test_of_a_mixed_network_those_that_have_sensors_are_there() -> None:
    assert centres_of(network("1995-01-25", (), ("OLED", "BMEWS-C"))) == ("russia", "america")
    assert centres_of(network("1995-01-25", ("hyp-1995",), ("BMEWS-C",))) == ("russia", "america")
    assert centres_of(network("1995-01-25", (), ("KOR", "BMEWS-C"))) == ("china", "america")


def test_a_centre_alone_assesses_what_it_sees_and_tells_nobody() -> None:
    told = replace(event("decaying-body-1979"), duration_s=270.0)
    net = network_of(told.network)
    events = run_joint(net, simulate(told, net, 1).scans, None)
    assert {e.centre for e in events} == {"america"}
    assert {e.picture for e in events} == {"alone", "joint"}
    assert not any(ev.phenomenology == "partner" for e in events for ev in e.assessment.evidence)


def test_a_centre_without_a_partner_in_the_network_tells_nobody() -> None:
    """Russia's policy is toward China, which has no sensor here."""
    told = replace(event("black-brant-1995-with-satellite"), duration_s=180.0)
    net = network_of(replace(told.network, radars=("OLED", "BMEWS-C")))
    events = run_joint(net, simulate(told, net, 1).scans, None)
    assert {e.centre for e in events} == {"russia"}
    # Its policy tells from `probable` on, 5 s later: there was something to tell.
    assert any(e.event_state not in ("quiet", "notice") and e.t < told.start_t_tai + 120.0 for e in events)
    assert not any(ev.phenomenology == "partner" for e in events for ev in e.assessment.evidence)
