"""Every assumed figure of the infrared side: its range, its reason, and what it may not be."""

from dataclasses import replace

import numpy as np
import pytest

from tocsin.catalogue.assumed import assumptions
from tocsin.errors import TocsinError
from tocsin.motion.plume import PLUME
from tocsin.sensor.infrared.background import BACKGROUND
from tocsin.sensor.infrared.centroid import CENTROID
from tocsin.sensor.infrared.detector import DETECTOR
from tocsin.sensor.infrared.pointing import POINTING
from tocsin.sensor.infrared.transmission import ABSORBERS

SETS = [PLUME, ABSORBERS, BACKGROUND, DETECTOR, POINTING, CENTROID]
EACH = [(s, a) for s in SETS for a in assumptions(s)]
NAMES = [f"{type(s).__name__}.{a.name}" for s, a in EACH]


def test_none_is_missing():
    assert len(NAMES) == len(set(NAMES)) == 8 + 4 + 3 + 6 + 5 + 2


@pytest.mark.parametrize(("parameters", "figure"), EACH, ids=NAMES)
def test_a_value_in_a_range_with_a_reason(parameters, figure):
    assert figure.low < figure.high
    assert figure.low <= figure.value <= figure.high
    assert figure.note.startswith("assumed: ")
    assert figure.value == getattr(parameters, figure.name)


@pytest.mark.parametrize(("parameters", "figure"), EACH, ids=NAMES)
@pytest.mark.parametrize("bad", [np.nan, -1.0, np.inf])
def test_a_figure_that_cannot_be_is_refused_by_name(parameters, figure, bad):
    with pytest.raises(TocsinError, match=f"{figure.name} = .* is impossible: give a number") as caught:
        replace(parameters, **{figure.name: bad})
    assert f"{figure.low:g} to {figure.high:g}" in str(caught.value)


@pytest.mark.parametrize(("parameters", "figure"), EACH, ids=NAMES)
def test_the_ends_of_the_range_are_possible(parameters, figure):
    for end in (figure.low, figure.high):
        assert getattr(replace(parameters, **{figure.name: end}), figure.name) == end


def test_mistakes_together_are_told_together():
    with pytest.raises(TocsinError) as caught:
        replace(POINTING, jitter_s=0.0, drift_s=-5.0)
    assert len(caught.value.problems) == 2
