"""A conformance check for whatever means to be a `Sensor`."""

from __future__ import annotations

import math
import random

import numpy as np
from numpy.typing import NDArray

from tocsin.earth.frames import half_turn
from tocsin.earth.time import tai_from_utc
from tocsin.errors import TocsinError
from tocsin.motion.path import Path
from tocsin.sensor.scan import Scan, Sensor
from tocsin.testing.bodies import at_rest, hidden, places, written
from tocsin.testing.promise import hold, works
from tocsin.testing.scans import COLUMNS, check_scans

Array = NDArray[np.float64]

MID_2025_T_TAI = tai_from_utc("2025-07-15T00:00:00Z")
FRAMES = 8
TRIES_S = 7200.0  # from one try to the next: an eccentric orbit may begin too low
TRIES = 12
BIAS_PART = 0.01


def check_sensor(sensor: Sensor, t0: float = MID_2025_T_TAI, seed: int = 0) -> None:
    """Hold a sensor to what the protocol `tocsin.sensor.scan.Sensor` promises, by looking with it.

    It is shown nothing, bodies all round the Earth, bodies behind the Earth and paths that have ended, over
    eight frames from t0 (TAI s, by which its place must be known) or, where it sees none of them then, up to
    a day later. Raises AssertionError that names the sensor, the promise and the place (which run, which
    scan), and TocsinError where nothing can be told because it sees none of the bodies all that day.
    """
    key = sensor.key
    hold(isinstance(key, str) and key.strip(), f"sensor {key!r}: its key is not a text")
    here = f"sensor {key}"
    _check_figures(sensor, here, seed)
    look = _Look(sensor, here, seed)
    none = look("with no paths", (), t0)
    kind = none[0].kind
    columns, fixed = COLUMNS[kind], len(sensor.bias_sigma)
    hold(
        fixed >= columns, f"{here}: bias_sigma has {fixed} entries; a {kind} needs one for each of {columns}"
    )
    t0, seen = _when_it_sees(look, t0)
    none = look("with no paths", (), t0)
    look("over half a frame", (), t0, part=0.5 / FRAMES)
    paths = look.paths(places(), t0)
    _check_draws(look, paths, t0, seen)
    _check_bias(look, paths, t0, seen, columns)
    far = places()[hidden(places(), none[0].r_ecef)]
    _check_unseen(look, "behind the Earth", look.paths(far, t0), t0, none, seen)
    ended = at_rest(places(), t0 - 5000.0, t0 - 4000.0)
    _check_unseen(look, "of paths that have ended", ended, t0, none, seen)
    hold(sensor.key == key, f"{here}: its key was {key!r} and is now {sensor.key!r}")


def _check_figures(sensor: Sensor, here: str, seed: int) -> None:
    """What it says of itself without a look."""
    frame_s, chance, density = (float(x) for x in (sensor.frame_s, sensor.detection, sensor.false_density))
    hold(math.isfinite(frame_s) and frame_s > 0.0, f"{here}: frame_s is {frame_s:g}, not above 0")
    hold(0.0 < chance <= 1.0, f"{here}: detection is {chance:g}, not a probability above 0")
    hold(math.isfinite(density) and density > 0.0, f"{here}: false_density is {density:g}, not above 0")
    prior = np.asarray(sensor.bias_sigma)
    good = prior.ndim == 1 and prior.dtype == np.float64 and np.isfinite(prior).all() and (prior >= 0.0).all()
    hold(good, f"{here}: bias_sigma is not a row of finite numbers from 0 on")
    drawn, again, other = (
        np.asarray(sensor.draw_bias(np.random.default_rng(s))) for s in (seed, seed, seed + 1)
    )
    hold(
        drawn.shape == prior.shape and np.isfinite(drawn).all(),
        f"{here}: draw_bias gave {drawn.shape}, not finite numbers of bias_sigma's shape {prior.shape}",
    )
    hold(np.array_equal(drawn, again), f"{here}: draw_bias gave two values from one state of the generator")
    hold(
        not (prior > 0.0).any() or not np.array_equal(drawn, other),
        f"{here}: draw_bias gave one value from two states of the generator that was passed",
    )


class _Look:
    """One call of scans(), with everything checked that any call promises."""

    def __init__(self, sensor: Sensor, here: str, seed: int) -> None:
        self.sensor, self.here, self.seed = sensor, here, seed
        self.key, self.frame_s = sensor.key, float(sensor.frame_s)
        self.span_s = FRAMES * self.frame_s

    def paths(self, r: Array, t0: float) -> tuple[Path, ...]:
        return at_rest(r, t0, t0 + self.span_s)

    def __call__(
        self,
        what: str,
        paths: tuple[Path, ...],
        t0: float,
        bias: Array | None = None,
        more: int = 0,
        part: float = 1.0,
    ) -> tuple[Scan, ...]:
        t1 = t0 + part * self.span_s
        fixed = np.zeros(len(self.sensor.bias_sigma)) if bias is None else bias
        given, before, where = fixed.copy(), written(paths), f"{self.here}, {what}"
        # The shared state of old code, of which none may be drawn.
        shared = np.random.get_state()[1].copy(), random.getstate()  # type: ignore[index]  # noqa: NPY002
        with works(f"{where}: scans()"):
            scans = self.sensor.scans(
                paths, t0, t1, fixed, "exercise", np.random.default_rng(self.seed + more)
            )
        after = np.random.get_state()[1], random.getstate()  # type: ignore[index]  # noqa: NPY002
        hold(
            np.array_equal(shared[0], after[0]) and shared[1] == after[1],
            f"{where}: draws from the generator that all share; draw from the one that is passed",
        )
        same = before == written(paths) and np.array_equal(given, fixed)
        hold(same, f"{where}: changes what it was given, paths or bias")
        check_scans(scans, self.key, self.frame_s, "exercise", t0, t1, where)
        return scans


def _when_it_sees(look: _Look, t0: float) -> tuple[float, tuple[Scan, ...]]:
    """The first of some times of a day at which it has looks of the bodies, and its scans then."""
    for t in t0 + TRIES_S * np.arange(TRIES):
        none = look("with no paths", (), float(t))
        seen = look("with bodies all round the Earth", look.paths(places(), float(t)), float(t))
        if _looks(seen) > _looks(none) + 5.0 * math.sqrt(_looks(none) + 1.0):
            return float(t), seen
    raise TocsinError(
        f"{look.here}: sees none of {len(places())} bright, large bodies 300 km high all round the Earth "
        "within a day of t0, so that nothing can be told of its looks; give check_sensor a t0 at which it can"
    )


def _check_draws(look: _Look, paths: tuple[Path, ...], t0: float, seen: tuple[Scan, ...]) -> None:
    again = look("asked twice", paths, t0)
    hold(
        len(again) == len(seen) and all(_alike(a, b) for a, b in zip(seen, again, strict=True)),
        f"{look.here}, asked twice: other scans from one state of the generator; draw from the one that is "
        "passed, and keep nothing between calls",
    )
    other = look("with another generator", paths, t0, more=1)
    hold(
        len(other) != len(seen) or not all(_alike(a, b) for a, b in zip(seen, other, strict=True)),
        f"{look.here}, with another generator: the same scans to the last bit; draw from the one that is "
        "passed",
    )


def _check_bias(
    look: _Look, paths: tuple[Path, ...], t0: float, seen: tuple[Scan, ...], columns: int
) -> None:
    """Each look moves by the bias of its columns, and no other way, but for false ones, which may stay."""
    sigma = look.sensor.bias_sigma
    for column in range(columns):
        bias = np.zeros(len(sigma))
        bias[column] = 3.0 * sigma[column] or 1e-3
        what = f"with a bias of {bias[column]:g} in column {column} of values"
        moved = look(what, paths, t0, bias)
        pairs = [(a.values, b.values) for a, b in zip(seen, moved, strict=False) if len(a) == len(b) > 0]
        hold(pairs, f"{look.here}, {what}: no frame has as many looks as without it")
        at, by = np.concatenate([a for a, _ in pairs]), np.concatenate([b - a for a, b in pairs])
        if columns == COLUMNS["radar"]:
            by[:, 1] = half_turn(by[:, 1])
        rounding = 1e-9 * (np.abs(at) + 1.0)
        stays = (np.abs(by) <= rounding).all(axis=1)
        moves = (np.abs(by - bias[:columns]) <= rounding + BIAS_PART * bias[:columns]).all(axis=1)
        hold(
            moves.any() and (stays | moves).all(),
            f"{look.here}, {what}: {np.mean(moves):.0%} of the looks move by it, "
            f"{np.mean(stays & ~moves):.0%} stay, the others do neither; each true look must move by it",
        )


def _check_unseen(
    look: _Look,
    what: str,
    paths: tuple[Path, ...],
    t0: float,
    none: tuple[Scan, ...],
    seen: tuple[Scan, ...],
) -> None:
    """No more looks than the false ones, within five sigma, or a twentieth of those of bodies in view."""
    found = _looks(look(f"with bodies {what}", paths, t0)) - _looks(none)
    true = _looks(seen) - _looks(none)
    hold(
        found <= max(0.05 * true, 5.0 * math.sqrt(2.0 * _looks(none) + 1.0)),
        f"{look.here}, with bodies {what}: {found} more looks than with none, and {true} of bodies in view; "
        "what is not in view must give none",
    )


def _looks(scans: tuple[Scan, ...]) -> int:
    return sum(len(scan) for scan in scans)


def _alike(a: Scan, b: Scan) -> bool:
    names = ("t", "r_ecef", "t_look", "values", "sigmas", "snr", "shed", "blind", "rate", "rate_sigma")
    return all(np.array_equal(getattr(a, name), getattr(b, name)) for name in names)
