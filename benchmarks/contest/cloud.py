"""Objects released close together, seen by a radar of the catalogue that cannot always tell them apart."""

from __future__ import annotations

import numpy as np

from contest.scene import Array, Bodies, Known, Scene, flown, midcourse, place, scene
from tocsin.catalogue.radar import radars
from tocsin.sensor.beam import Beam
from tocsin.sensor.echo.resolution import cells, merged
from tocsin.sensor.echo.swerling import detection_probability, draw_power, mean_snr_of
from tocsin.sensor.measurement import range_azimuth_elevation
from tocsin.sensor.radar import Radar

RADARS = {"VHF": "LEK", "UHF": "KAL"}
RCS_M2 = 1.0
SWERLING = 1
RELEASE_M_S = 2.0  # 1 sigma of what separates them, an axis
V_SIGMA = 20.0  # of what is known of their mean velocity, from the track of what carried them
SECONDS = 280.0


def cloud(band: str, objects: int, spread_m: float, seed: int) -> Scene:
    """A scene of so many objects, places 1 sigma `spread_m` an axis apart, seen for 280 s by one radar.

    Noise, cells, beam and revisit are the catalogue's; bodies in one cell are one look, at their middle by
    power. Refraction, lasting errors, the ground's image and false looks are left out.
    """
    rng = np.random.default_rng([seed, objects, int(spread_m), len(band), ord(band[0])])
    site = next(r for r in radars() if r.key == RADARS[band])
    beam = Beam(site, refraction=False)
    lat, lon, r_site = place(site.lat_deg, site.lon_deg)
    middle = midcourse(r_site, site.boresight_deg)
    x0 = middle + rng.standard_normal((objects, 6)) * np.repeat([spread_m, RELEASE_M_S], 3)
    z0, _ = range_azimuth_elevation(*np.split(flown(middle[None], r_site, 1.0, 1)[1][0], 2, axis=1), r_site)
    snr = beam.snr(z0, np.array([RCS_M2]))
    detection = float(detection_probability(snr, site.false_alarm_probability, SWERLING)[0])
    density = Radar(site).false_density
    cell = (beam.range_cell_m, beam.beamwidth)
    known = Known(lat, lon, r_site, detection, density, site.revisit_s, middle[3:], V_SIGMA, cell)
    times, x = flown(x0, r_site, site.revisit_s, round(SECONDS / site.revisit_s))
    return scene(known, times, x, lambda x, rng: look(beam, r_site, x, rng), rng)


def look(beam: Beam, r_site: Array, x: Array, rng: np.random.Generator) -> tuple[Array, Array, Bodies]:
    """Looks at bodies x (b, 6): values and sigmas (n, 3), and who is in each."""
    z, _ = range_azimuth_elevation(x[:, :3], x[:, 3:], r_site)
    power = draw_power(beam.snr(z, np.full(len(z), RCS_M2)), SWERLING, rng)
    leader = cells(z, power, beam.range_cell_m, beam.beamwidth)
    rows, total, middle, spread = merged(z, power, leader)
    strong = total > beam.threshold
    rows, middle, spread = rows[strong], middle[strong], spread[strong]
    sigma = np.hypot(beam.noise(mean_snr_of(total[strong]), middle), spread)
    values = middle + rng.standard_normal(sigma.shape) * sigma
    return values, sigma, tuple(tuple(np.flatnonzero(leader == row).tolist()) for row in rows)
