"""Templates and the free model weighed together: each by its marginal likelihood of the same looks."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import NDArray

from tocsin.estimate.ballistic import Gaussian, transported
from tocsin.estimate.boost.frames import fewer
from tocsin.estimate.boost.gravity_turn import TurnFit, turn_seen
from tocsin.estimate.boost.meeting import meeting
from tocsin.estimate.boost.moments import merged_states
from tocsin.estimate.boost.sighting import sightings
from tocsin.estimate.boost.template import BoostFit, Status, Template
from tocsin.estimate.boost.template_fit import fit_seen
from tocsin.estimate.looks import Channel, Looks

Array = NDArray[np.float64]

FREE_SHARE = 2.0 / 3.0  # before any look: that the vehicle is in no bank of notional classes (assumed)
# A template's motion is not a vehicle's: what is added to its state, m and m/s (assumed).
ASSUMED_DISCREPANCY = np.array([300.0, 300.0, 300.0, 5.0, 5.0, 5.0])
# A template whose misfit, its engines' included, is rarer than this does not explain the looks.
LEAST_TAIL = 1e-3
# From so many looks on, a template of less weight than this is fitted no more.
ENOUGH_LOOKS, HOPELESS = 60, 1e-6
AGAIN_LOOKS = 48  # at which searches begin anew
THREADS = 2
NEGLIGIBLE = 1e-4  # weight, below which a component is not carried


@final
@dataclass(frozen=True, slots=True, eq=False)
class Component:
    """One explanation: its weight, its state at the mixture's time, a template's name or "profile-free"."""

    weight: float
    state: Gaussian
    name: str


@final
@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """What the looks of a boost say: templates and the free model with their weights, and one state.

    weights (k,) of the fits, which with `free_weight` sum to one; state: the mixture's mean and covariance;
    components: what it is a mixture of, for a region of impact; burnout: time and sigma, as told or, where
    the looks go on, by a kink in the motion; hopeless: names of templates that are fitted no more; crossed:
    whether lines of several telescopes tell the heading. A status of "unobservable" has no state: one
    telescope, and no template that explains what it saw.
    """

    status: Status
    fits: tuple[BoostFit, ...]
    weights: tuple[float, ...]
    free: TurnFit
    free_weight: float
    state: Gaussian | None
    components: tuple[Component, ...]
    burnout: tuple[float, float] | None
    looks: int
    hopeless: frozenset[str] = frozenset()
    crossed: bool = False


def fit_boost(
    looks: Looks,
    channels: tuple[Channel, ...],
    bank: tuple[Template, ...],
    t_burnout: tuple[float, float] | None = None,
    before: Mixture | None = None,
    most: int | None = None,
) -> Mixture:
    """Fit every template of the bank and the gravity turn to the telescopes' looks, and weigh them.

    w_i ~ prior_i exp(-evidence_i / 2): two thirds for a vehicle that is in no bank (assumed), the rest shared
    by the templates. Both evidences are -2 ln p(looks) less the same constant, so they compare. A template
    whose misfit is rarer than 1e-3 has no weight. before: the mixture of fewer looks, from which the searches
    go on; a template long since hopeless is not fitted again. most: of more looks, frames are taken together.
    """
    seen = sightings(looks if most is None else fewer(looks, most), channels)
    if not seen.sound:
        status: Status = "unobservable" if len(seen.t) == 0 else "invalid"
        return Mixture(
            status, (), (), turn_seen(replace(seen, sound=False), None, None), 0.0, None, (), None, 0
        )
    path = meeting(seen)
    crossed = path is not None and path.shows_heading(seen.last)
    anew = before is None or _anew(before, len(looks), crossed)
    warm = {f.template.name: f for f in before.fits} if before is not None and not anew else {}
    hopeless = _hopeless(before)
    wanted = [t for t in bank if t.name not in hopeless and (anew or t.name in warm)]
    # The kernels let other threads run, and no fit hangs on another.
    with ThreadPoolExecutor(THREADS) as pool:
        freely = pool.submit(turn_seen, seen, t_burnout, before.free if before is not None else None, path)
        fits = list(pool.map(lambda t: fit_seen(seen, t, t_burnout, warm.get(t.name), path), wanted))
        free = freely.result()
    fits = [f for f in fits if f.status == "converged"]
    weights, free_weight = _weights(fits, free, len(bank))
    components = _components(fits, weights, free, free_weight)
    state = None
    if components:
        state = merged_states(np.array([c.weight for c in components]), [c.state for c in components])
    return Mixture(
        status="converged" if components else "unobservable",
        fits=tuple(fits),
        weights=tuple(float(w) for w in weights),
        free=free,
        free_weight=free_weight,
        state=state,
        components=components,
        burnout=t_burnout if t_burnout is not None else free.kink,
        looks=len(looks),
        hopeless=hopeless,
        crossed=crossed,
    )


def _anew(before: Mixture, looks: int, crossed: bool) -> bool:
    """Whether every search begins anew: other minima may have come up.

    Once, at enough looks; when lines first cross; and where nothing was found, with twice the looks. Searches
    begun anew at other times found nothing better.
    """
    enough, twice = before.looks < AGAIN_LOOKS <= looks, looks >= 2 * before.looks
    return enough or (crossed and not before.crossed) or (twice and not before.fits)


def _hopeless(before: Mixture | None) -> frozenset[str]:
    """Names of the templates that the looks before have ruled out, as long as anything explains them."""
    if before is None or before.state is None:
        return frozenset()
    if before.looks < ENOUGH_LOOKS:
        return before.hopeless
    ruled_out = {f.template.name for f, w in zip(before.fits, before.weights, strict=True) if w < HOPELESS}
    return before.hopeless | ruled_out


def _weights(fits: list[BoostFit], free: TurnFit, bank: int) -> tuple[Array, float]:
    """Weights of the fitted templates, of so many in the bank, and of the free model."""
    log = np.array([-0.5 * f.evidence if f.tail > LEAST_TAIL else -math.inf for f in fits])
    log += math.log((1.0 - FREE_SHARE) / max(bank, 1))
    alone = -0.5 * free.evidence + math.log(FREE_SHARE) if free.state is not None else -math.inf
    most = max([*log, alone], default=-math.inf)
    if not math.isfinite(most):
        return np.zeros(len(fits)), 0.0
    weights, other = np.exp(log - most), math.exp(alone - most)
    total = float(weights.sum()) + other
    return weights / total, other / total


def _components(
    fits: list[BoostFit], weights: Array, free: TurnFit, free_weight: float
) -> tuple[Component, ...]:
    """The explanations that count, at the time of the latest of them."""
    told = [
        (float(w), replace(f.state, P=f.state.P + np.diag(ASSUMED_DISCREPANCY**2)), f.template.name)
        for f, w in zip(fits, weights, strict=True)
        if w > NEGLIGIBLE
    ]
    if free.state is not None and free_weight > NEGLIGIBLE:
        told.append((free_weight, free.state, "profile-free"))
    total = sum(w for w, _, _ in told)
    latest = max((s.t for _, s, _ in told), default=0.0)
    return tuple(
        Component(w / total, s if s.t > latest - 1e-6 else transported(s, latest, 0.0), name)
        for w, s, name in told
    )
