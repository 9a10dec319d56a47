"""The boost phase of a system track: templates while it burns, and what is known of burnout."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.ellipsoid import ecef_from_geodetic, geodetic_from_ecef
from tocsin.estimate.ballistic import Gaussian
from tocsin.estimate.kinematic import fit_kinematic
from tocsin.estimate.looks import Channel, Looks
from tocsin.estimate.template import BoostFit, Template, fit_template
from tocsin.sensor.measurement import line_of_sight
from tocsin.track.powered import STRICT_LIMIT, one_motion

Array = NDArray[np.float64]
LEAST_LOOKS = 12
CLOUD_TOP_M = 10e3
# A template whose misfit, its engines' included, is rarer than this does not explain the looks.
LEAST_TAIL = 1e-3
# From so many looks on, a template of less weight than this is fitted no more.
ENOUGH_LOOKS, HOPELESS = 60, 1e-6


@dataclass(frozen=True, slots=True)
class BoostEstimate:
    """The bank's answer: fits with their weights, the state to go on from, and which model it came from."""

    fits: tuple[BoostFit, ...]
    weights: tuple[float, ...]
    state: Gaussian | None
    model: str
    looks: int
    burnout: float | None = None

    @property
    def best(self) -> BoostFit | None:
        """The fit of the greatest weight."""
        return self.fits[int(np.argmax(self.weights))] if self.fits else None


@dataclass(frozen=True, slots=True)
class Bank:
    """The templates that the boost fit is allowed to think of, and the drag assumed after burnout."""

    templates: tuple[Template, ...]
    inv_beta: float


def ground_below(looks: Looks) -> tuple[float, float]:
    """Where the first line of sight first meets the cloud tops: (lat, lon) rad."""
    r, z = looks.r_sensor[0], looks.z[:1, :2]
    u = line_of_sight(z, looks.r_sensor[:1])[0]
    # A sphere of the local radius, refined once, is within a kilometre: the fit does the rest.
    radius = 6371e3 + CLOUD_TOP_M
    for _ in range(2):
        b = float(u @ r)
        inside = max(b * b - float(r @ r) + radius**2, 0.0)
        point = r + u * (-b - np.sqrt(inside))
        lat, lon, _h = geodetic_from_ecef(point)
        radius = float(np.linalg.norm(ecef_from_geodetic(lat, lon, CLOUD_TOP_M)))
    return float(lat), float(lon)


def estimate_boost(
    looks: Looks,
    channels: tuple[Channel, ...],
    bank: Bank,
    burnout: tuple[float, float] | None,
    before: BoostEstimate | None,
) -> BoostEstimate | None:
    """Fit every template of the bank, weigh them by exp(-evidence / 2), and merge their states.

    The merged state is the mixture's mean and covariance. Where no template explains the looks (misfit rarer
    than 1e-3, or another motion at the end than two telescopes see without any template), the profile-free
    state is taken instead, and none where only one telescope sees it.
    """
    if len(looks) < LEAST_LOOKS:
        return None
    fits = _fits(looks, channels, bank, burnout, before)
    if not fits:
        return None
    evidence = np.array([f.evidence for f in fits])
    weights = np.exp(-0.5 * (evidence - evidence.min()))
    weights /= weights.sum()
    state: Gaussian | None = _merge(fits, weights)
    model = "template " + fits[int(np.argmax(weights))].template.name
    free = fit_kinematic(looks, channels, fits[int(np.argmax(weights))].state.x[:3])
    refuted = free is not None and state is not None and not one_motion(free, state, STRICT_LIMIT)
    if refuted or max(f.tail for f in fits) < LEAST_TAIL:
        # No vehicle that we know of moves so: a template would be sure of a wrong place.
        state = free
        model = "profile-free" if state is not None else "no template explains it"
    done = None if burnout is None else burnout[0]
    return BoostEstimate(tuple(fits), tuple(float(w) for w in weights), state, model, len(looks), done)


def _fits(
    looks: Looks,
    channels: tuple[Channel, ...],
    bank: Bank,
    burnout: tuple[float, float] | None,
    before: BoostEstimate | None,
) -> list[BoostFit]:
    """Each template fitted, from its last fit where there is one; those long since hopeless are left out."""
    warm: dict[str, Array] = {}
    hopeless: set[str] = set()
    if before is not None:
        warm = {f.template.name: f.solution.x for f in before.fits}
        if before.looks >= ENOUGH_LOOKS:
            alive = {
                f.template.name for f, w in zip(before.fits, before.weights, strict=True) if w > HOPELESS
            }
            hopeless = {t.name for t in bank.templates} - alive
    start = ground_below(looks)
    found = []
    for template in bank.templates:
        if template.name in hopeless:
            continue
        size = 7 + len(template.rocket.stages)
        theta = warm[template.name][:size] if template.name in warm else None
        fit = fit_template(looks, channels, template, start, burnout, theta)
        if fit is not None:
            found.append(fit)
    return found


def _merge(fits: list[BoostFit], weights: Array) -> Gaussian:
    """Mean and covariance of a mixture of states at one time."""
    best = fits[int(np.argmax(weights))].state
    usable = [(f.state, w) for f, w in zip(fits, weights, strict=True) if abs(f.state.t - best.t) < 1.0]
    total = sum(w for _, w in usable)
    x = sum((w / total * s.x for s, w in usable), np.zeros(6))
    P = sum((w / total * (s.P + np.outer(s.x - x, s.x - x)) for s, w in usable), np.zeros((6, 6)))
    return Gaussian(best.t, x, P)
