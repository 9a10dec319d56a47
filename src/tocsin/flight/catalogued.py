"""Element sets as a catalogue would publish them: not quite those of the orbits flown."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tocsin.catalogue.elementspread import ElementSpread
from tocsin.earth.constants import MU
from tocsin.earth.time import DAY
from tocsin.motion.elementsets import ElementSets


def as_catalogued(elements: ElementSets, spread: ElementSpread, rng: np.random.Generator) -> ElementSets:
    """The elements as a catalogue would have them: off by a draw of `spread`, constant errors of the orbit.

    Place on the orbit and mean motion are off along the track, the eccentricity's vector and the plane by
    metres over the semi-major axis; the argument of latitude keeps to its own error.
    """
    e, n = elements, len(elements)
    a = np.cbrt(MU / e.mean_motion**2)
    along, rate = rng.normal(0.0, (spread.along_m, spread.along_m_day), (n, 2)).T
    p, q, c, s = (rng.standard_normal((n, 4)) * np.repeat([spread.radial_m, spread.cross_m], 2)).T / a
    k, h = e.eccentricity * np.cos(e.argp) + p, e.eccentricity * np.sin(e.argp) + q
    argp = np.arctan2(h, k)
    latitude = e.argp + e.mean_anomaly + along / a
    node = s / np.sin(e.inclination)
    return replace(
        e,
        mean_motion=e.mean_motion * (1.0 + rate / DAY / (a * e.mean_motion)),
        eccentricity=np.minimum(np.hypot(k, h), 0.999),
        inclination=np.abs(e.inclination + c),
        raan=(e.raan + node) % (2.0 * np.pi),
        argp=argp % (2.0 * np.pi),
        mean_anomaly=(latitude - node * np.cos(e.inclination) - argp) % (2.0 * np.pi),
    )
