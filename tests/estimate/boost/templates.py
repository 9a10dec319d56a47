"""Templates fitted to ascents drawn from their own model."""

from tests.estimate.scenes import TELESCOPES, template
from tocsin.estimate.boost import fit_template

FITS = 36


def fitted(ascent, out=True, warm=None, model=None):
    return fit_template(ascent.looks, TELESCOPES, model or template(), ascent.out if out else None, warm)
