"""What the catalogue declares of a radar whose looks are fitted: its noise, and which way it looks."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tocsin.catalogue.radar import RadarSite
from tocsin.cli.station import USUAL, Station, assumed_lines
from tocsin.earth.time import utc_from_tai
from tocsin.interchange.looktable import LookTable
from tocsin.sensor.echo.accuracy import angle_sigma, range_sigma
from tocsin.sensor.radar import Radar

Array = NDArray[np.float64]

NOISE_FROM = ("reference_snr_db", "bandwidth_hz", "beamwidth_deg", "coupling_rate_m_s")
ERRORS_FROM = ("bias_range_m", "bias_angle_deg", "clock_s", "troposphere_scale", "ionosphere_scale")
OF_AIR = ("troposphere_scale", "ionosphere_scale", "surface_refractivity", "tecu")
SLACK = 3.0  # sigmas of a look's own angles that it may lie beyond an edge


def noise_of(site: RadarSite | None) -> Array:
    """1-sigma noise (3,) m, rad, rad of a look that does not tell its own.

    Of a radar of the catalogue: that of one look with its reference signal-to-noise ratio, on the boresight.
    """
    if site is None:
        angle = math.radians(USUAL.sigma_angle_deg)
        return np.array([USUAL.sigma_range_m, angle, angle])
    snr, beam = 10.0 ** (site.reference_snr_db / 10.0), Radar(site).beam
    range_m = math.hypot(float(range_sigma(snr, site.bandwidth_hz)), beam.coupling_m)
    angle = float(angle_sigma(snr, beam.beamwidth))
    return np.array([range_m, angle, angle])


def declared_lines(
    stations: tuple[Station, ...],
    noise_m: float | None,
    noise_deg: float | None,
    tells: bool = False,
    rates: bool = True,
) -> list[str]:
    """What is taken of the radars' errors that no look tells, each figure with "assumed" where it is so.

    noise_m, noise_deg: the noise that was asked for, None where the radar's own is taken; tells: the looks
    bring theirs; rates: the noise of range rates is that assumed.
    """
    lines = []
    for s in stations:
        if s.site is None:
            continue
        own = noise_of(s.site)
        noise = f"{own[0] if noise_m is None else noise_m:.3g} m, "
        noise += f"{math.degrees(own[1]) if noise_deg is None else noise_deg:.2g} deg"
        told = noise_m is not None and noise_deg is not None
        bias = s.site
        who = s.name if s.name == bias.key else f"{s.name} ({bias.key})"
        if not tells:
            why = ", as asked" if told else f": {_why(s.site, NOISE_FROM)}, at {s.site.reference_snr_db:g} dB"
            lines.append(f"{who}, noise of looks that do not tell theirs: {noise}{why}")
        lines += [
            f"{who}, lasting errors, 1 sigma: range {bias.bias_range_m:g} m, "
            f"angles {bias.bias_angle_deg:g} deg, clock {1e3 * bias.clock_s:g} ms, "
            f"of the refraction {bias.troposphere_scale:g} (troposphere) "
            f"and {bias.ionosphere_scale:g} (ionosphere): {_why(s.site, ERRORS_FROM)}",
        ]
    known = [
        *(
            ("sigma_range_m", tells or noise_m is not None),
            ("sigma_angle_deg", tells or noise_deg is not None),
        ),
        ("sigma_rate_m_s", tells or not rates),
    ]
    places = [s for s in stations if s.site is None]
    if places:
        airless = all(s.channel.air is None for s in places)
        lines += assumed_lines((*(name for name, it_is in known if it_is), *(OF_AIR if airless else ())))
    return lines


def outside(table: LookTable, station: Station) -> dict[str, Any] | None:
    """How many looks of a radar of the catalogue lie outside its sector, and the first of them, or None.

    Outside is what lies beyond an edge by more than SLACK sigmas of the look's angles. Times are in order.
    """
    site = station.site
    if site is None:
        return None
    mine = np.flatnonzero([name == station.name for name in table.sensor])
    beyond = mine[~_in_sector(site, table.values[mine, 1:], SLACK * table.sigmas[mine, 1:])]
    if not len(beyond):
        return None
    i = int(beyond[0])
    return {
        "looks": len(beyond),
        "sector": f"azimuth {site.az_start_deg:g} to {site.az_end_deg:g} deg, "
        f"elevation {site.el_min_deg:g} to {site.el_max_deg:g} deg",
        "place": table.place[i],
        "utc": utc_from_tai(float(table.t[i]), 3),
        "azimuth_deg": math.degrees(table.values[i, 1]),
        "elevation_deg": math.degrees(table.values[i, 2]),
    }


def _in_sector(site: RadarSite, angles: Array, slack: Array) -> NDArray[np.bool_]:
    """Whether azimuths and elevations (n, 2) rad lie within (n,) the sector, widened by slack (n, 2) rad."""
    slack_az, slack_el = np.degrees(slack).T
    el = np.degrees(angles[:, 1])
    offset = (np.degrees(angles[:, 0]) - site.az_start_deg + slack_az) % 360.0
    return np.asarray(
        (offset <= site.sector_deg + 2.0 * slack_az)
        & (el >= site.el_min_deg - slack_el)
        & (el <= site.el_max_deg + slack_el)
    )


def _why(site: RadarSite, names: tuple[str, ...]) -> str:
    guessed = any(site.notes.get(name, "").startswith("assumed") for name in names)
    return "of the catalogue, assumed" if guessed else f"of the catalogue ({site.source})"
