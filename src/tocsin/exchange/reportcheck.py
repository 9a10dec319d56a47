"""What a track report must be before a centre may fuse it."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from tocsin.assess.assessment import Ellipse, Place, StateEstimate
from tocsin.exchange.keys import MAX_NAME
from tocsin.exchange.report import TrackReport
from tocsin.exchange.scancheck import MAX_LENGTH_M, MAX_LOOKS, MAX_TIME_S

MAX_TEXT = 200
MAX_ENTRIES = 100
MAX_SPEED = 1e6
MAX_KM = 1e6
MAX_OBJECTS = 100_000
MAX_LN = 1e9
# Rounding in a solver can leave a correlation matrix this far from positive; more than this is no covariance.
LEAST_EIGENVALUE = -1e-6
LEAST_VARIANCE = 1e-12


def report_problems(report: TrackReport) -> list[str]:
    """Everything that is wrong with a report."""
    return list(_problems(report))


def _problems(report: TrackReport) -> Iterator[str]:
    for name in ("centre", "track"):
        text = getattr(report, name)
        if not (0 < len(text) <= MAX_NAME and text.isprintable()):
            yield f"{name} must have 1 to {MAX_NAME} printable characters"
    if len(report.model) > MAX_TEXT:
        yield f"model is longer than {MAX_TEXT} characters"
    for name in ("t", "issued_t", "first_satellite_t", "stereo_t", "burnout_t", "first_radar_t"):
        t = getattr(report, name)
        if t is not None and not abs(t) <= MAX_TIME_S:
            yield f"{name} is {t}; give TAI s"
    if report.issued_t < report.t:
        yield "issued_t is before t: it was sent before it was made"
    if report.heading_deg is not None and not abs(report.heading_deg) <= 360.0:
        yield f"heading_deg is {report.heading_deg}"
    if not 0 <= report.infrared <= MAX_ENTRIES:
        yield f"infrared is {report.infrared}; give 0 to {MAX_ENTRIES}"
    if len(report.radars) > MAX_ENTRIES or any(
        len(text) > MAX_NAME for radar in report.radars for text in radar
    ):
        yield f"radars has more than {MAX_ENTRIES} entries, or one longer than {MAX_NAME} characters"
    if not 1 <= report.objects <= MAX_OBJECTS:
        yield f"objects is {report.objects}; give 1 to {MAX_OBJECTS}"
    if report.closed_by is not None and len(report.closed_by) > MAX_TEXT:
        yield f"closed_by is longer than {MAX_TEXT} characters"
    yield from _evidence(report)
    yield from _classes(report.classes)
    yield from _state(report.state)
    yield from _launch(report.launch)


def _evidence(report: TrackReport) -> Iterator[str]:
    if len(report.evidence) > MAX_ENTRIES:
        yield f"evidence has more than {MAX_ENTRIES} entries"
        return
    for e in report.evidence:
        figures = (
            e.first_t / MAX_TIME_S,
            e.last_t / MAX_TIME_S,
            *(v / MAX_LN for v in (e.llr, e.slow, e.still)),
        )
        if not all(abs(v) <= 1.0 for v in figures) or not 0 <= e.looks <= MAX_LOOKS:
            yield f"evidence of {e.channel[:MAX_NAME]!r} has a figure that is not finite, or impossible"
        if not (0 < len(e.channel) <= MAX_NAME and e.channel.isprintable()) or e.by is not None:
            yield "evidence has a channel without a sound name, or of another centre"


def _classes(classes: dict[str, float]) -> Iterator[str]:
    if len(classes) > MAX_ENTRIES or any(len(name) > MAX_NAME for name in classes):
        yield f"classes has more than {MAX_ENTRIES} entries, or one longer than {MAX_NAME} characters"
    elif not (all(0.0 <= p <= 1.0 + 1e-6 for p in classes.values()) and sum(classes.values()) <= 1.0 + 1e-6):
        yield "classes are not probabilities"


def _state(state: StateEstimate | None) -> Iterator[str]:
    if state is None:
        return
    if len(state.x) != 6 or len(state.P) != 36:
        yield f"state has {len(state.x)} and {len(state.P)} numbers, not 6 and 36"
        return
    x, P = np.array(state.x), np.array(state.P).reshape(6, 6)
    limits = np.repeat([MAX_LENGTH_M, MAX_SPEED], 3)
    if not (abs(state.t) <= MAX_TIME_S and np.all(np.abs(x) <= limits)):
        yield "state.t or state.x is not finite, or too large"
    if not np.all((np.diag(P) >= LEAST_VARIANCE) & (np.diag(P) <= limits**2)):
        yield "state.P has a variance that is not positive, or too large"
        return
    sigma = np.sqrt(np.diag(P))
    whole = np.outer(sigma, sigma)
    # Compared before any difference or quotient is formed, which hostile numbers could make overflow.
    if not np.all(np.abs(P) <= whole * (1.0 + 1e-6)):
        yield "state.P has a correlation beyond 1"
    elif not np.all(np.abs(P - P.T) <= whole * 1e-6):
        yield "state.P is not symmetric"
    elif np.linalg.eigvalsh(P / whole)[0] < LEAST_EIGENVALUE:
        yield "state.P is not a covariance: it has a negative eigenvalue"


def _launch(place: Place | None) -> Iterator[str]:
    if place is None:
        return
    if not (abs(place.lat_deg) <= 90.0 and abs(place.lon_deg) <= 180.0):
        yield f"launch is at latitude {place.lat_deg}, longitude {place.lon_deg}"
    if not (abs(place.t) <= MAX_TIME_S and 0.0 <= place.sigma_s <= MAX_TIME_S):
        yield f"launch.t is {place.t} and sigma_s {place.sigma_s}"
    for name in ("ellipse_50_km", "ellipse_90_km"):
        if not _sound(getattr(place, name)):
            yield f"launch.{name} is not an ellipse"


def _sound(ellipse: Ellipse) -> bool:
    axes = 0.0 <= ellipse.semi_minor_km <= ellipse.semi_major_km <= MAX_KM
    return axes and math.isfinite(ellipse.azimuth_deg) and abs(ellipse.azimuth_deg) <= 360.0
