"""From what was told of flights to outcomes of one kind: classes, territories, lofts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from tocsin.assess.classify import CLASSES, ClassModel, classify_all, stacked
from tocsin.study.calibration.reliability import Outcomes
from tocsin.study.calibration.told import Told

Array = NDArray[np.float64]
Row = tuple[int, list[float], int]
"""The flight, the probabilities of an assessment's outcomes, and which of them came true."""


def probabilities(told: Sequence[Told], model: ClassModel) -> tuple[Array, Array]:
    """P(class) (n, 14) and P(loft) (n, 3) of all that was known, in one batch."""
    return classify_all(stacked([t.known for t in told]), model)


def class_outcomes(told: Sequence[Told], p: Array) -> Outcomes:
    """Classes by probabilities p (n, 14)."""
    return _outcomes((t.flight, list(row), t.true) for t, row in zip(told, p, strict=True))


def territory_outcomes(told: Iterable[Told]) -> Outcomes:
    """Territories, `none` and `orbit` among them, where a region is told."""
    rows: list[Row] = []
    for t in told:
        if t.territory is not None and t.owner is not None:
            owners = list(dict.fromkeys([*t.territory, t.owner]))
            rows.append((t.flight, [t.territory.get(o, 0.0) for o in owners], owners.index(t.owner)))
    return _outcomes(rows)


def only_falls(told: Iterable[Told]) -> list[Told]:
    """Those of all but glides, fractional orbits and re-entries."""
    return [t for t in told if CLASSES[t.true] not in ("glide", "fractional-orbit", "re-entry")]


def loft_outcomes(told: Sequence[Told], lofts: Array) -> Outcomes:
    """Lofts by probabilities (n, 3) of ballistic missiles, where an arc is told."""
    arcs = ("ballistic", "manoeuvring")
    return _outcomes(
        (t.flight, list(row), t.loft)
        for t, row in zip(told, lofts, strict=True)
        if t.loft is not None and t.phase in arcs and np.isfinite(t.known.x).all()
    )


def confusion(told: Sequence[Told], p: Array) -> dict[str, dict[str, float]]:
    """For each true class, the mean probability told of each, where it is a hundredth or more."""
    true, out = np.array([t.true for t in told]), {}
    for k, name in enumerate(CLASSES):
        if (true == k).any():
            mean = p[true == k].mean(axis=0)
            out[name] = {c: float(v) for c, v in zip(CLASSES, mean, strict=True) if v >= 0.01}
    return out


def _outcomes(rows: Iterable[Row]) -> Outcomes:
    flights, told, came = zip(*rows, strict=True)
    sizes = np.array([len(p) for p in told], dtype=np.int64)
    case = np.repeat(np.arange(len(sizes)), sizes)
    true = np.concatenate([np.arange(len(p)) == which for p, which in zip(told, came, strict=True)])
    flight = np.repeat(np.array(flights, dtype=np.int64), sizes)
    return Outcomes(np.concatenate(told), true, case, flight)
