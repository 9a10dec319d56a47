"""The Bayes factors: what one channel is worth at most, what two are, and what silence takes away."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.assess.assessment import Evidence
from tocsin.assess.evidence.hypotheses import HYPOTHESES, Facts, weigh
from tocsin.assess.evidence.model import EVIDENCE, EvidenceModel
from tocsin.errors import TocsinError

F = EVIDENCE.channel_factor


def channel(kind="infrared", llr=20.0, slow=-50.0, still=-50.0, name="a"):
    return Evidence(
        channel=name,
        phenomenology=kind,
        looks=9,
        first_t=0.0,
        last_t=60.0,
        llr=llr,
        slow=slow,
        still=still,
    )


llrs = st.floats(0.0, 1e6)


@given(llrs, st.sampled_from(["infrared", "radar"]), st.floats(-1e6, 50.0), st.floats(-1e6, 50.0))
def test_one_channel_alone_never_passes_the_stated_factor(llr, kind, slow, still):
    found = weigh((channel(kind, llr, slow, still),), Facts())
    assert found.factor <= math.log(F) + 1e-6


def test_two_phenomenologies_pass_it():
    both = weigh((channel("infrared"), channel("radar", name="b")), Facts(satellite=-20.0))
    assert both.factor > math.log(1e4)
    # At its least against nature seen twice, each time moving as a missile: F times F.
    assert both.factor == pytest.approx(2.0 * math.log(F), abs=0.1)
    assert both.rival == "natural"


def test_nothing_said_is_nothing():
    found = weigh((), Facts())
    assert found.likelihood["nothing"] == 0.0
    assert found.factor == 0.0


def test_what_stands_still_is_natural_and_what_creeps_a_nuisance():
    assert weigh((channel(still=9.0, slow=5.0),), Facts()).rival == "natural"
    assert weigh((channel(still=-40.0, slow=5.0),), Facts()).rival == "nuisance of one channel"
    assert weigh((channel(still=9.0, slow=5.0),), Facts()).factor == pytest.approx(-9.0, abs=0.1)


def test_three_channels_by_the_formulae_themselves():
    """Products and means of plain probabilities, which the logarithms stand for."""
    f, q, c = F, EVIDENCE.nuisance_chance, EVIDENCE.nuisance_chance * EVIDENCE.chance_agreement
    said = (channel("infrared", 3.0, -2.0, 0.5), channel("radar", 5.0, 1.0, -1.0), channel("radar", 2.0))
    found = weigh(said, Facts(arc=-0.3, satellite=-0.7, absence_satellite=-0.2))
    ratio = [math.exp(s.llr) for s in said]
    mimic, still = (
        [r * (1.0 / f + (1.0 - 1.0 / f) * math.exp(m)) for r, m in zip(ratio, by, strict=True)]
        for by in ([s.slow for s in said], [s.still for s in said])
    )
    other = [1.0 - q + c * m for m in mimic]
    others = math.prod(other)
    nuisance = sum(m * others / o for m, o in zip(mimic, other, strict=True)) / 3.0
    fault = sum(r / f * others / o for r, o in zip(ratio, other, strict=True)) / 3.0
    orbit = other[0] * ratio[1] * ratio[2] * math.exp(-0.7 - 0.2)
    launch = math.prod(ratio) * math.exp(-0.3)
    expected = (1.0, math.prod(still), nuisance, fault, orbit, launch, launch)
    assert tuple(found.likelihood) == HYPOTHESES
    assert list(found.likelihood.values()) == pytest.approx([math.log(v) for v in expected], rel=1e-12)
    assert found.factor == pytest.approx(math.log(launch / max(expected[:5])), rel=1e-12)
    assert found.rival == HYPOTHESES[expected.index(max(expected[:5]))]


def test_silence_lowers_a_launch_and_nothing_else():
    said = (channel(),)
    loud, quiet = weigh(said, Facts()), weigh(said, Facts(absence_elsewhere=-5.0, absence_toward=-9.0))
    assert quiet.factor == pytest.approx(loud.factor - 5.0, abs=0.1)
    assert quiet.likelihood["launch toward us"] == loud.likelihood["launch toward us"] - 9.0
    for name in ("nothing", "natural", "nuisance of one channel", "fault or injected data"):
        assert quiet.likelihood[name] == loud.likelihood[name]


def test_where_it_comes_down_tells_toward_us_from_elsewhere_and_not_whether_it_was_launched():
    said = (channel(), channel("radar", name="b"))
    here, there = weigh(said, Facts(protected=0.99)), weigh(said, Facts(protected=0.0))
    assert here.factor == there.factor
    odds = here.likelihood["launch toward us"] - here.likelihood["launch elsewhere"]
    assert odds == pytest.approx(math.log(0.99 / 0.01) - math.log(0.052 / 0.948))
    flat = weigh(said, Facts(protected=0.052))
    assert flat.likelihood["launch toward us"] == pytest.approx(flat.likelihood["launch elsewhere"])


def test_a_plume_speaks_against_a_satellite_and_an_orbit_for_it():
    radar = channel("radar", name="b")
    orbit = Facts(arc=math.log(1e-6), satellite=0.0)
    assert weigh((radar,), orbit).rival == "satellite or re-entry"
    assert weigh((radar,), orbit).factor < -math.log(1e5)
    assert weigh((radar, channel(llr=40.0)), orbit).likelihood["satellite or re-entry"] < 20.0 + 40.0


def test_what_shines_as_it_falls_may_have_come_from_orbit():
    said = (channel("infrared", llr=60.0), channel("radar", llr=40.0, name="b"))
    dark, shining = weigh(said, Facts()), weigh(said, Facts(glow=math.log(0.3), arc=math.log(0.01)))
    assert dark.factor > math.log(1e4)
    assert shining.rival == "satellite or re-entry"
    assert shining.factor == pytest.approx(math.log(0.01 / 0.3), abs=0.1)


def test_a_body_glows_for_all_telescopes_or_for_none():
    two = tuple(channel("infrared", llr=60.0, name=name) for name in "ab")
    one, both = (weigh(said, Facts(glow=math.log(0.3))) for said in (two[:1], two))
    assert one.likelihood["satellite or re-entry"] == pytest.approx(60.0 + math.log(0.3), abs=0.01)
    assert both.likelihood["satellite or re-entry"] == pytest.approx(120.0 + math.log(0.3), abs=0.01)


def test_data_put_into_every_channel_are_told_and_count_in_no_factor():
    said = tuple(channel(name=str(k)) for k in range(4))
    found = weigh(said, Facts())
    assert found.common == pytest.approx(80.0 - math.log(EVIDENCE.common_factor))
    assert found.factor > math.log(EVIDENCE.common_factor)


@given(st.lists(st.tuples(st.sampled_from(["infrared", "radar"]), llrs), min_size=1, max_size=6))
def test_the_order_of_channels_is_nothing(rows):
    said = tuple(channel(kind, llr, name=str(k)) for k, (kind, llr) in enumerate(rows))
    a, b = weigh(said, Facts()), weigh(said[::-1], Facts())
    assert a.factor == pytest.approx(b.factor, rel=1e-9, abs=1e-6)
    assert all(math.isfinite(v) for v in a.likelihood.values())


@given(st.lists(st.floats(16.0, 100.0), min_size=1, max_size=5))
def test_another_channel_that_agrees_never_lowers(llrs):
    said = tuple(channel(llr=v, name=str(k)) for k, v in enumerate(llrs))
    factors = [weigh(said[: n + 1], Facts(satellite=-1e3)).factor for n in range(len(said))]
    assert all(b >= a - 1e-9 for a, b in pairwise(factors))


def test_impossible_figures_are_refused_together():
    with pytest.raises(TocsinError) as told:
        EvidenceModel(channel_factor=0.0, doubt=float("nan"))
    assert len(told.value.problems) == 2
