"""The seven things that an event may be, and how well each explains what was seen and what was not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, final

from tocsin.assess.assessment import Evidence
from tocsin.assess.evidence.model import EVIDENCE, EvidenceModel

Hypothesis = Literal[
    "nothing",
    "natural",
    "nuisance of one channel",
    "fault or injected data",
    "satellite or re-entry",
    "launch elsewhere",
    "launch toward us",
]
LEAST_SHARE = 1e-6


@final
@dataclass(frozen=True, slots=True)
class Facts:
    """What else is known of an event.

    arc: ln of how well the way it moves suits what is launched, satellite: the same of what was in orbit,
    both on one scale; protected: P(impact on protected ground), None before there is a region; share: of the
    Earth's surface that is protected; absence_*: ln of the chance of the silence of sensors that look there.
    """

    arc: float = 0.0
    satellite: float = 0.0
    protected: float | None = None
    share: float = 0.052
    absence_elsewhere: float = 0.0
    absence_toward: float = 0.0
    absence_satellite: float = 0.0


@final
@dataclass(frozen=True, slots=True)
class Weighed:
    """ln likelihood of each hypothesis over that of nothing; `common`: of data put into all channels.

    factor: ln of a launch, wherever it goes, over the best of the others, which is `rival`. The data that
    all channels were given cannot be told from a launch by looking at them, and count in no factor: keys and
    origins vouch for those.
    """

    likelihood: dict[Hypothesis, float]
    common: float
    factor: float
    rival: Hypothesis


def weigh(said: tuple[Evidence, ...], facts: Facts, model: EvidenceModel = EVIDENCE) -> Weighed:
    """The Bayes factors of an event.

    Each channel has one latent nuisance, whatever the number of its looks: ln p = llr + ln(1/F + (1 - 1/F)
    e^slow), so that a launch is never more than F times as likely as a nuisance by one channel alone. What
    other channels saw is then chance, or a nuisance of their own that lies there by chance.
    """
    sure = sum(s.llr for s in said)
    mimic = [s.llr + _mimics(s.slow, model) for s in said]
    other = [_not_it(m, model) for m in mimic]
    one = [m + sum(other) - o for m, o in zip(mimic, other, strict=True)]
    fault = [
        s.llr - math.log(model.channel_factor) + sum(other) - o for s, o in zip(said, other, strict=True)
    ]
    launch = sure + facts.arc
    toward, elsewhere = launch + facts.absence_toward, launch + facts.absence_elsewhere
    anywhere = _sum([math.log(facts.share) + toward, math.log1p(-facts.share) + elsewhere])
    if facts.protected is not None:
        p = min(max(facts.protected, LEAST_SHARE), 1.0 - LEAST_SHARE)
        toward += math.log(p / facts.share)
        elsewhere += math.log((1.0 - p) / (1.0 - facts.share))
    likelihood: dict[Hypothesis, float] = {
        "nothing": 0.0,
        "natural": sum(s.llr + _mimics(s.still, model) for s in said),
        "nuisance of one channel": _mean(one),
        "fault or injected data": _mean(fault),
        "satellite or re-entry": sum(
            o if s.phenomenology == "infrared" else s.llr for s, o in zip(said, other, strict=True)
        )
        + facts.satellite
        + facts.absence_satellite,
        "launch elsewhere": elsewhere,
        "launch toward us": toward,
    }
    others = [name for name in likelihood if not name.startswith("launch")]
    rival = max(others, key=lambda name: likelihood[name])
    common = sure - math.log(model.common_factor)
    return Weighed(likelihood, common, anywhere - likelihood[rival], rival)


def _mimics(better: float, model: EvidenceModel) -> float:
    """ln of how likely a nuisance moves so: most of them in their own way, one in F as a missile would."""
    few = 1.0 / model.channel_factor
    return _sum([math.log(few), math.log1p(-few) + better])


def _not_it(mimic: float, model: EvidenceModel) -> float:
    """ln of a channel's looks where they are not the thing: chance, or its own nuisance lying there."""
    q = model.nuisance_chance
    return _sum([math.log1p(-q), math.log(q * model.chance_agreement) + mimic])


def _sum(logs: list[float]) -> float:
    """ln of the sum of what these are the logarithms of; -inf of none."""
    top = max(logs, default=-math.inf)
    return top if math.isinf(top) else top + math.log(sum(math.exp(v - top) for v in logs))


def _mean(logs: list[float]) -> float:
    """ln of the mean; nought, that of nothing at all, where there are none."""
    return _sum(logs) - math.log(len(logs)) if logs else 0.0
