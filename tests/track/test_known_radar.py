"""The whole chain: a population, its paths, the looks that a radar makes of them, and whose those are."""

import numpy as np
import pytest

from tests.track.overhead import SITES, T0
from tocsin.catalogue.elementspread import ELEMENT_SPREAD
from tocsin.estimate.looks import Channel
from tocsin.flight.catalogued import as_catalogued
from tocsin.flight.overhead import Dome, paths_overhead
from tocsin.flight.population import draw_population
from tocsin.sensor.radar import Radar
from tocsin.track.known import Known, known_step
from tocsin.track.known.match import frame_of

SECONDS = 180.0


@pytest.fixture(scope="module")
def watched():
    """Scans of a radar at 1,500 objects, what was taken of each, the reports, and how far looks were off."""
    rng = np.random.default_rng(8)
    population = draw_population(1500, T0, rng)
    sets = as_catalogued(population.elements, ELEMENT_SPREAD, rng)
    site = SITES["LEK"]
    radar = Radar(site)
    dome = Dome(np.radians(site.lat_deg), np.radians(site.lon_deg), 6e6, np.radians(site.el_min_deg))
    paths = paths_overhead(population, T0 - 60.0, T0 + SECONDS + 60.0, (dome,))
    scans = radar.scans(paths, T0, T0 + SECONDS, radar.draw_bias(rng), "simulated", rng)
    place = (site.lat_deg, site.lon_deg)
    channel = Channel(site.key, False, tuple(radar.bias_sigma), site.band, place, radar.air)
    known = Known.of(sets, (channel,), (site,), rcs_m2=population.rcs_m2)
    taken, reports, d2 = [], [], []
    for scan in scans:
        frame, objects, entries = frame_of(known, scan, 0, radar.false_density)
        seen = frame.predicted(objects, entries.now)
        at = {int(o): i for i, o in enumerate(objects)}
        known, mine, new = known_step(known, scan, 0, radar.false_density)
        taken.append(mine)
        reports += new
        for j in np.flatnonzero(mine >= 0):
            i = at[int(mine[j])]
            nu = scan.values[j] - seen.z[i]
            nu[1] = (nu[1] + np.pi) % (2.0 * np.pi) - np.pi
            d2.append(nu @ np.linalg.solve(seen.S[i] + np.diag(scan.sigmas[j] ** 2), nu))
    return taken, reports, np.array(d2)


def test_hardly_a_look_of_the_radars_own_is_nobodys(watched):
    taken = np.concatenate(watched[0])
    assert len(taken) > 300
    assert (taken >= 0).mean() > 0.985


def test_nothing_that_is_there_and_flies_as_it_should_is_told_of(watched):
    assert not [r for r in watched[1] if r.kind != "released"]


def test_the_gate_is_honest_with_clocks_air_and_images_in_the_ground(watched):
    d2 = watched[2]
    # The budget has all of them at their stated sizes; one draw of fixed errors is shared by all looks.
    assert 1.8 < d2.mean() < 4.0
    assert (d2 > 16.3).mean() < 0.01
