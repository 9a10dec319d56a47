"""The seven things that an event may be, and how well each explains what was seen and what was not."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, get_args

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from tocsin.assess.assessment import Evidence
from tocsin.assess.evidence.model import EVIDENCE, EvidenceModel
from tocsin.earth.kernel import kernel

Array = NDArray[np.float64]
Hypothesis = Literal[
    "nothing",
    "natural",
    "nuisance of one channel",
    "fault or injected data",
    "satellite or re-entry",
    "launch elsewhere",
    "launch toward us",
]
HYPOTHESES: Final[tuple[Hypothesis, ...]] = get_args(Hypothesis)
NO_LAUNCH: Final = 5  # of HYPOTHESES, the first so many
LEAST_SHARE = 1e-6


class Facts(NamedTuple):
    """What else is known of an event.

    arc: ln of how well the way it moves suits what is launched, satellite: the same of what was in orbit,
    both on one scale; protected: P(impact on protected ground), None before there is a region; share: of the
    Earth's surface that is protected; absence_*: ln of the chance of the silence of sensors that look there;
    glow: ln of the share of bodies from orbit that shine as this does, -inf unless it falls shining.
    """

    arc: float = 0.0
    satellite: float = 0.0
    protected: float | None = None
    share: float = 0.052
    absence_elsewhere: float = 0.0
    absence_toward: float = 0.0
    absence_satellite: float = 0.0
    glow: float = -math.inf


class Weighed(Struct, frozen=True, gc=False):
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
    """The Bayes factors of an event: `weigh_all` of one."""
    return weigh_all((said,), (facts,), model)[0]


def weigh_all(
    said: Sequence[tuple[Evidence, ...]], facts: Sequence[Facts], model: EvidenceModel = EVIDENCE
) -> list[Weighed]:
    """The Bayes factors of each event, from what its channels say and what else is known of it.

    Each channel has one latent nuisance, whatever the number of its looks: ln p = llr + ln(1/F + (1 - 1/F)
    e^slow), so that a launch is never more than F times as likely as a nuisance by one channel alone. What
    other channels saw is then chance, or a nuisance of their own that lies there by chance.
    """
    channels = np.array(
        [(e.llr, e.slow, e.still, e.phenomenology == "infrared") for one in said for e in one], np.float64
    ).reshape(-1, 4)
    end = np.cumsum([len(one) for one in said], dtype=np.int64)
    known = np.array(facts, np.float64)  # None is NaN there
    ln = np.empty((len(said), len(HYPOTHESES) + 2))
    figures = np.array([model.channel_factor, model.nuisance_chance, model.chance_agreement], np.float64)
    for_all(channels, end, known, figures, ln)
    told = ln.tolist()
    rivals = ln[:, :NO_LAUNCH].argmax(axis=1).tolist()
    common = math.log(model.common_factor)
    return [
        Weighed(
            dict(zip(HYPOTHESES, row[:-2], strict=True)),
            row[-2] - common,
            row[-1] - row[best],
            HYPOTHESES[best],
        )
        for row, best in zip(told, rivals, strict=True)
    ]


@kernel
def both(a: float, b: float) -> float:
    """ln(e^a + e^b)."""
    top = max(a, b)
    return top if math.isinf(top) else top + math.log(math.exp(a - top) + math.exp(b - top))


@kernel
def of_one(channels: Array, facts: Array, figures: Array, ln: Array) -> None:
    """Fill ln (9,): of each of HYPOTHESES, of what all channels say together, and of a launch anywhere.

    channels (k, 4): llr, slow, still, and 1 of a telescope; facts (8,): as `Facts`; figures: of the
    model, F, and the chances of another nuisance and that it lies there.
    """
    factor, chance, agreement = figures
    arc, satellite, protected, share, elsewhere, toward, orbit, glow = facts
    few, most = -math.log(factor), math.log1p(-1.0 / factor)
    free, lies_there = math.log1p(-chance), math.log(chance * agreement)
    sure = natural = chances = in_orbit = dark = bright = 0.0
    nuisance = fault = -math.inf
    for k in range(len(channels)):
        llr, slow, still, infrared = channels[k]
        # A nuisance moves in its own way, but for one in F that moves as a missile would.
        mimic = llr + both(few, most + slow)
        # Its looks where they are not the thing: chance, or its own nuisance lying there.
        other = both(free, lies_there + mimic)
        sure += llr
        natural += llr + both(few, most + still)
        chances += other
        if infrared > 0.5:
            dark += other
            bright += llr
        else:
            in_orbit += llr
        nuisance = both(nuisance, mimic - other)
        fault = both(fault, llr + few - other)
    n = math.log(len(channels)) if len(channels) else 0.0
    ln[0], ln[1] = 0.0, natural
    ln[2] = nuisance + chances - n if len(channels) else 0.0
    ln[3] = fault + chances - n if len(channels) else 0.0
    # It glows or does not, for all telescopes alike.
    ln[4] = in_orbit + both(math.log1p(-math.exp(glow)) + dark, glow + bright) + satellite + orbit
    ln[5], ln[6] = sure + arc + elsewhere, sure + arc + toward
    ln[7] = sure
    ln[8] = both(math.log(share) + ln[6], math.log1p(-share) + ln[5])
    if not math.isnan(protected):
        p = min(max(protected, LEAST_SHARE), 1.0 - LEAST_SHARE)
        ln[5] += math.log((1.0 - p) / (1.0 - share))
        ln[6] += math.log(p / share)


@kernel
def for_all(channels: Array, end: NDArray[np.int64], facts: Array, figures: Array, ln: Array) -> None:
    """Fill ln (n, 9) of n events; channels (m, 4): of all of them, those of each up to end (n,)."""
    for i in range(len(end)):
        of_one(channels[end[i - 1] if i else 0 : end[i]], facts[i], figures, ln[i])
