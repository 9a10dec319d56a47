"""Ascents with their fits, kept for all tests of templates."""

import pytest

from tests.estimate.boost.templates import FITS, fitted
from tests.estimate.scenes import Ascent


@pytest.fixture(scope="session")
def flown():
    drawn = [Ascent(seed) for seed in range(FITS)]
    return [(a, fitted(a)) for a in drawn]
