"""The boost phase of a system track: templates and a free model weighed, as the other rooms read it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.boost import BoostFit, Mixture, Template, fit_boost
from tocsin.estimate.looks import Channel, Looks

LEAST_LOOKS = 12
MOST_LOOKS = 80  # of more, frames are taken together: a fit takes as much less time, and says the same


@dataclass(frozen=True, slots=True)
class BoostEstimate:
    """The bank's answer: fits with their weights, the state to go on from, and which model it came from.

    weights: of the templates among themselves; mixture: what it was drawn from, the free model's weight and
    the components of the state included.
    """

    fits: tuple[BoostFit, ...]
    weights: tuple[float, ...]
    state: Gaussian | None
    model: str
    looks: int
    burnout: float | None = None
    mixture: Mixture | None = None

    @property
    def best(self) -> BoostFit | None:
        """The fit of the greatest weight."""
        return self.fits[int(np.argmax(self.weights))] if self.fits else None


@dataclass(frozen=True, slots=True)
class Bank:
    """The templates that the boost fit is allowed to think of, and what is assumed of them after burnout.

    inv_beta: Cd A / m, m2/kg; post_boost: for each template, 1-sigma m/s an axis of what it may yet gain.
    """

    templates: tuple[Template, ...]
    inv_beta: float
    post_boost: tuple[float, ...] = ()


def estimate_boost(
    looks: Looks,
    channels: tuple[Channel, ...],
    bank: Bank,
    burnout: tuple[float, float] | None,
    before: BoostEstimate | None,
) -> BoostEstimate | None:
    """The mixture of the bank and the free model; None from too few looks.

    The model is the likelier of the best template and the profile-free one; no state where only one telescope
    sees it and no template explains what it saw.
    """
    if len(looks) < LEAST_LOOKS:
        return None
    found = fit_boost(
        looks,
        channels,
        bank.templates,
        burnout,
        before.mixture if before is not None else None,
        MOST_LOOKS,
    )
    done = None if burnout is None else burnout[0]
    weights = _among_templates(found)
    if found.state is None:
        model = "no template explains it"
    elif not found.fits or found.free_weight >= max(found.weights):
        model = "profile-free"
    else:
        model = "template " + found.fits[int(np.argmax(found.weights))].template.name
    return BoostEstimate(found.fits, weights, found.state, model, len(looks), done, found)


def _among_templates(found: Mixture) -> tuple[float, ...]:
    """The templates' weights, summing to one, even where the free model or nothing explains the looks."""
    evidence = np.array([f.evidence for f in found.fits])
    if len(evidence) == 0:
        return ()
    weights = np.exp(-0.5 * (evidence - evidence.min()))
    return tuple(float(w) for w in weights / weights.sum())
