"""What every scan promises, and what those of one call promise together."""

from __future__ import annotations

import math

import numpy as np

from tocsin.sensor.scan import Scan
from tocsin.testing.promise import hold

COLUMNS = {"telescope": 2, "radar": 3}
CLOCK_S = 2e-6  # what the rounding of TAI seconds and of sums of frames may come to
FRAME_PART = 1e-3


def check_scans(
    scans: tuple[Scan, ...], key: str, frame_s: float, origin: str, t0: float, t1: float, where: str
) -> None:
    """Raise AssertionError, with the place, for the first promise of scans from t0 to t1 that is broken."""
    hold(isinstance(scans, tuple), f"{where}: scans() gave a {type(scans).__name__}, not a tuple of scans")
    for i, scan in enumerate(scans):
        here = f"{where}: scan {i}"
        hold(isinstance(scan, Scan), f"{here}: is a {type(scan).__name__}, not a Scan")
        hold(scan.sensor == key, f"{here}: says sensor {scan.sensor!r}, but the sensor's key is {key!r}")
        hold(scan.origin == origin, f"{here}: says origin {scan.origin!r}, but was asked for {origin!r}")
        hold(
            t0 < scan.t <= t1 + CLOCK_S,
            f"{here}: ends at {scan.t - t0:+.6f} s after t0, outside (t0, t1] of {t1 - t0:.6f} s",
        )
        _check_looks(scan, frame_s, here)
    _check_frames(np.array([scan.t for scan in scans]), frame_s, t0, t1, where)
    rates = {scan.rate is not None for scan in scans}
    hold(
        len(rates) <= 1, f"{where}: some scans have range rates and some do not; an empty one has empty rates"
    )
    kinds = sorted({scan.kind for scan in scans})
    hold(len(kinds) <= 1, f"{where}: scans are of several kinds, {', '.join(kinds)}; a sensor is of one")


def _check_frames(t: np.ndarray, frame_s: float, t0: float, t1: float, where: str) -> None:
    apart = np.diff(t)
    hold(np.all(apart > 0.0), f"{where}: scans are not in order of time")
    slack = FRAME_PART * frame_s + CLOCK_S
    for i in np.flatnonzero(apart > frame_s + slack)[:1]:
        raise AssertionError(
            f"{where}: scans {i} and {i + 1} are {apart[i]:.6f} s apart, but a frame is {frame_s:g} s: "
            "an empty frame must be a scan without looks"
        )
    for i in np.flatnonzero(apart < frame_s - slack)[:1]:
        raise AssertionError(
            f"{where}: scans {i} and {i + 1} are {apart[i]:.6f} s apart, less than a frame of {frame_s:g} s"
        )
    edges = [t0, *t[:1]], [*t[-1:], t1]
    for (a, b), what in zip(edges, ("after t0", "before t1"), strict=True) if len(t) else ():
        hold(
            b - a <= frame_s + slack,
            f"{where}: {b - a:.6f} s {what} without a scan, but a frame is {frame_s:g} s: an empty frame "
            "must be a scan without looks",
        )
    hold(
        len(t) or t1 - t0 <= frame_s + slack,
        f"{where}: no scan in {t1 - t0:g} s, but a frame is {frame_s:g} s: an empty frame must be a scan "
        "without looks",
    )


def _check_looks(scan: Scan, frame_s: float, here: str) -> None:
    hold(scan.kind in COLUMNS, f"{here}: is of kind {scan.kind!r}, not one of {', '.join(COLUMNS)}")
    n, m = len(scan), COLUMNS[scan.kind]
    shapes: dict[str, tuple[int, ...]] = {
        "r_ecef": (3,), "t_look": (n,), "values": (n, m), "sigmas": (n, m), "snr": (n,)
    }  # fmt: skip
    hold((scan.rate is None) == (scan.rate_sigma is None), f"{here}: has one of rate and rate_sigma alone")
    if scan.rate is not None:
        hold(scan.kind == "radar", f"{here}: has range rates, but is a {scan.kind}'s")
        shapes |= {"rate": (n,), "rate_sigma": (n,)}
    for name, shape in shapes.items():
        array = getattr(scan, name)
        what = f"{here}: {name}"
        hold(isinstance(array, np.ndarray), f"{what} is a {type(array).__name__}, not an array")
        hold(array.dtype == np.float64, f"{what} is of {array.dtype}, not float64")
        hold(array.shape == shape, f"{what} has the shape {array.shape}; a {scan.kind}'s is {shape}")
        hold(np.isfinite(array).all(), f"{what} holds what is no finite number")
    t = scan.t_look
    within = (t > scan.t - frame_s * (1.0 + FRAME_PART) - CLOCK_S) & (t <= scan.t + CLOCK_S)
    hold(within.all(), f"{here}: t_look is outside the frame of {frame_s:g} s that ends at the scan's t")
    hold((scan.sigmas > 0.0).all(), f"{here}: sigmas are not above 0: {scan.sigmas.min(initial=1.0):g}")
    if scan.rate_sigma is not None:
        hold(
            (scan.rate_sigma > 0.0).all(),
            f"{here}: rate_sigma is not above 0: {scan.rate_sigma.min(initial=1.0):g}",
        )
    hold((scan.snr >= 0.0).all(), f"{here}: snr is below 0: {scan.snr.min(initial=0.0):g}")
    hold(scan.shed >= 0, f"{here}: shed is {scan.shed}, below 0")
    hold(not (scan.blind and n), f"{here}: is blind, but holds {n} looks")
    if scan.kind == "radar":
        distance, azimuth, elevation = scan.values.T
        hold((distance > 0.0).all(), f"{here}: a range is not above 0")
        hold(((azimuth >= 0.0) & (azimuth < 2 * math.pi)).all(), f"{here}: an azimuth is outside [0, 2 pi)")
        most = math.pi / 2 + 8.0 * scan.sigmas[:, 2]
        hold((np.abs(elevation) <= most).all(), f"{here}: an elevation is beyond the zenith or the nadir")
    else:
        hold((np.abs(scan.values) <= math.pi).all(), f"{here}: an angle is beyond half a turn")
