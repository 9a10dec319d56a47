"""A radar as its picture shows it."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tocsin.cli.footprint import beam_end, under_shell
from tocsin.cli.sensorfigures import source_of, standing
from tocsin.console.picture.radarsensor import Footprint, RadarScene
from tocsin.console.picture.sensorpanels import Line
from tocsin.sensor.echo.equation import LEAST_RCS_M2
from tocsin.sensor.errors import left_uncorrected
from tocsin.sensor.radar import Radar

Array = NDArray[np.float64]

SHELLS_KM = (200.0, 1000.0)
HALF, MOST = 0.5, 0.9
MOST_RCS_M2 = 100.0
AT_KM, HIGHEST_DEG = 2000.0, 15.0
FIGURES = ("reference_range_km", "reference_snr_db")


def radar_scene(radar: Radar) -> RadarScene:
    """The scene of a radar, on the azimuth of a face's boresight and at the fence's elevation."""
    site = radar.site
    azimuth = float(radar.beam.boresight(np.radians([site.boresight_deg]))[0])
    up = math.radians(min(max(site.fence_el_deg, site.el_min_deg), site.el_max_deg))
    edge = math.radians(site.az_start_deg)
    rcs = np.geomspace(LEAST_RCS_M2, MOST_RCS_M2, 61)
    half = detection_range(radar, azimuth, up, rcs, HALF)
    limit, height = beam_end(radar)
    shells = ((h, under_shell(radar, 1e3 * h)) for h in SHELLS_KM)
    r_km = np.linspace(max(site.range_min_km, 50.0), site.range_max_km, 240)
    looks = _values(1e3 * r_km, azimuth, up)
    beam = radar.beam
    sigma = beam.noise(beam.snr(looks, np.ones(len(looks))), looks)
    lasting = _lasting(radar, looks)
    across = r_km * math.cos(up)
    at_km = AT_KM if site.range_min_km < AT_KM < site.range_max_km else float(np.median(r_km))
    elevation, parts = elevation_errors(radar, azimuth, at_km)
    return RadarScene(
        centre=site.centre,
        hypothetical=site.hypothetical,
        all_round=site.sector_deg >= 360.0,
        lat_deg=site.lat_deg,
        lon_deg=site.lon_deg,
        footprints=tuple(Footprint(f"{h:,.0f} km up", *edges) for h, edges in shells if edges is not None),
        limit=limit,
        limit_words=f"{site.range_max_km:,.0f} km away, {height / 1e3:,.0f} km up",
        where=f"on the boresight, {math.degrees(up):g}\u00b0 up",
        rcs_m2=rcs,
        half_of=half,
        most_of=detection_range(radar, azimuth, up, rcs, MOST),
        at_edge=detection_range(radar, edge, up, rcs, HALF),
        spread=_spread(radar, azimuth, up, rcs),
        range_max_km=site.range_max_km,
        range_max_words=f"instrumented range, {site.range_max_km:,.0f} km: {_standing(radar)}",
        range_km=r_km,
        range_noise_m=sigma[:, 0],
        cross_noise_km=across * sigma[:, 1],
        range_lasting_m=lasting[:, 0],
        cross_lasting_km=across * math.radians(site.bias_angle_deg),
        half_km=float(detection_range(radar, azimuth, up, [1.0], HALF)[0]),
        elevation_deg=elevation,
        parts=parts,
        whole=np.sqrt(np.sum([p.y**2 for p in parts], axis=0)),
        at_km=at_km,
    )


def snr_needed(probability: float, p_fa: float) -> float:
    """Mean signal-to-noise of a Swerling 1 look for a detection probability: ln(p_fa) / ln(P) - 1."""
    return math.log(p_fa) / math.log(probability) - 1.0


def detection_range(
    radar: Radar, azimuth: float, elevation: float, rcs_m2: ArrayLike, probability: float
) -> Array:
    """Range km (n,) at which one look at cross-sections (n,) is detected with a probability, Swerling 1.

    R = R_0 (snr(R_0) / snr)^(1/4), from the radar's own signal-to-noise at its reference range.
    """
    rcs = np.asarray(rcs_m2, dtype=np.float64)
    start = radar.site.reference_range_km
    there = radar.beam.snr(_values(np.full(len(rcs), 1e3 * start), azimuth, elevation), rcs)
    need = snr_needed(probability, radar.site.false_alarm_probability)
    return np.asarray(start * (there / need) ** 0.25)


def elevation_errors(radar: Radar, azimuth: float, at_km: float) -> tuple[Array, tuple[Line, ...]]:
    """Elevations (n,) deg and the 1-sigma parts of a look's elevation error there, deg, at 1 m2."""
    site, beam = radar.site, radar.beam
    deg = np.linspace(site.el_min_deg, min(site.el_max_deg, max(HIGHEST_DEG, site.el_min_deg + 5.0)), 160)
    looks = _values(np.full(len(deg), 1e3 * at_km), azimuth, np.radians(deg))
    parts = (
        ("noise of a look", beam.noise(beam.snr(looks, np.ones(len(looks))), looks)[:, 2]),
        ("echo's image in the ground", beam.image_sigma(looks[:, 2])),
        ("refraction left", _lasting(radar, looks)[:, 1]),
        ("fixed error", np.full(len(deg), math.radians(site.bias_angle_deg))),
    )
    return deg, tuple(Line(words, np.degrees(y)) for words, y in parts)


def _lasting(radar: Radar, looks: Array) -> Array:
    """1-sigma errors (n, 2) that last: range m with what is left of the refraction, elevation rad of that."""
    lower, upper = left_uncorrected(radar.beam.between, looks)
    troposphere, ionosphere = radar.site.troposphere_scale, radar.site.ionosphere_scale
    left = np.hypot(troposphere * lower, ionosphere * upper)
    return np.stack([np.hypot(radar.site.bias_range_m, left[:, 0]), left[:, 1]], axis=-1)


def _spread(radar: Radar, azimuth: float, up: float, rcs: Array) -> Array | None:
    """Least and greatest range km (2, n) with the reference at the ends of its assumed ranges."""
    site = radar.site
    ends = [site.ranges.get(name, (getattr(site, name),)) for name in FIGURES]
    if all(len(end) == 1 for end in ends):
        return None
    found = [
        detection_range(
            replace(radar, site=replace(site, reference_range_km=r, reference_snr_db=db)),
            azimuth, up, rcs, HALF,
        )
        for r, db in product(*ends)
    ]  # fmt: skip
    return np.stack([np.min(found, axis=0), np.max(found, axis=0)])


def _standing(radar: Radar) -> str:
    source = source_of(radar.site, "range_max_km")
    return "published" if standing(source) == "stated" else standing(source)


def _values(range_m: Array, azimuth: float, elevation: ArrayLike) -> Array:
    return np.stack(np.broadcast_arrays(range_m, azimuth, elevation), axis=-1).astype(np.float64)
