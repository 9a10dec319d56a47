"""What is overhead while a raid flies: its true paths, and what the tracker is told of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path as File

import numpy as np

from tocsin.catalogue import Network
from tocsin.catalogue.elementspread import ELEMENT_SPREAD
from tocsin.earth.time import DAY
from tocsin.flight.catalogued import as_catalogued
from tocsin.flight.overhead import Dome, paths_overhead
from tocsin.flight.population import LEAST_RCS_M2, Population, draw_population
from tocsin.flight.shells import CROSS_SECTION, KINDS
from tocsin.interchange.elementfile import read_element_file
from tocsin.motion.elementsets import ElementSets, sets_of_rows
from tocsin.motion.path import Path

SEED = 2026


@dataclass(frozen=True)
class Background:
    """truth: the population as it flies; told: its elements as a catalogue has them; rcs_m2 (N,), NaN where
    the catalogue has none.
    """

    truth: Population
    told: ElementSets
    rcs_m2: np.ndarray

    def paths(self, network: Network, t0: float, t1: float) -> tuple[Path, ...]:
        """The paths of all that comes into a dome over any of the network's radars."""
        return paths_overhead(self.truth, t0, t1, tuple(map(Dome.over, network.radars)))


def made(n: int, t0: float) -> Background:
    """n objects drawn as they are spread over kinds and shells; the catalogue knows their cross-sections."""
    rng = np.random.default_rng(SEED)
    truth = draw_population(n, t0, rng)
    return Background(truth, as_catalogued(truth.elements, ELEMENT_SPREAD, rng), truth.rcs_m2)


def of_file(path: File, t0: float) -> Background:
    """The objects of a file of element sets, dated anew.

    SGP4 over the years between a file and a raid says nothing: a low orbit's place is lost within weeks, and
    many would have come down. So all epochs are moved by one number of whole days, such that the middle one
    lies within the day before t0: each set keeps its age against the others, and the shells stay what they
    were, but the planes stand elsewhere to the Sun. They are the truth; the catalogue is off as for made
    ones. No cross-section is in such a file: the truth's are drawn as those of satellites, and not told.
    """
    sets = sets_of_rows(read_element_file(path))
    later = np.floor((t0 - np.median(sets.epoch_t)) / DAY) * DAY
    sets = replace(sets, epoch_t=sets.epoch_t + later)
    rng, n = np.random.default_rng(SEED), len(sets)
    median, scatter = CROSS_SECTION["satellite"]
    rcs = np.maximum(median * np.exp(scatter * rng.standard_normal(n)), LEAST_RCS_M2)
    truth = Population(sets, np.full(n, KINDS.index("satellite")), rcs)
    return Background(truth, as_catalogued(sets, ELEMENT_SPREAD, rng), np.full(n, np.nan))
