"""What telescopes' looks say of a powered flight: templates, a free model, and the two weighed together."""

from tocsin.estimate.boost.burnout import last_of_plume, plume_end
from tocsin.estimate.boost.gravity_turn import TurnFit, fit_gravity_turn
from tocsin.estimate.boost.mixture import Component, Mixture, fit_boost
from tocsin.estimate.boost.template import BoostFit, Template
from tocsin.estimate.boost.template_fit import fit_template

__all__ = [
    "BoostFit",
    "Component",
    "Mixture",
    "Template",
    "TurnFit",
    "fit_boost",
    "fit_gravity_turn",
    "fit_template",
    "last_of_plume",
    "plume_end",
]
