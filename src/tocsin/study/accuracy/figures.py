"""What a number of runs of a case come to, with 95 % bands, beside what is asked of it."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import Any, Literal, final

import numpy as np
from numpy.typing import NDArray

from tocsin.study.accuracy.bands import (
    Z_WIDE,
    Band,
    binomial_band,
    chi_square_band,
    mean_band,
    median_band,
    rms_band,
)
from tocsin.study.accuracy.draw import Case, Draw, Truth

Array = NDArray[np.float64]
STATE = 6
UNITS = {"launch": "_m", "position": "_m", "velocity": "_m_s", "impact": "_m", "time": "_s", "cep": "_m"}
ABSOLUTE = {"launch_cep": "m"}
"""Units of the figures that are no ratio."""
Verdict = Literal["met", "open", "missed"]


@final
@dataclass(frozen=True, slots=True)
class Figure:
    """A measured number with its 95 % band and what is asked of it: from and to, or None.

    wide: the 99.9 % band of an error over a bound that holds of these draws; else None. It is so wide because
    a study has a hundred such figures, of which chance alone would put some below a band of 95 %.
    """

    value: float
    band: Band
    asked: Band | None
    wide: Band | None = None

    @property
    def too_good(self) -> bool | None:
        """Whether the error is under its bound by more than chance allows: then the bound is wrong.

        None where that is not judged.
        """
        return None if self.wide is None else self.wide[1] < 1.0

    @property
    def verdict(self) -> Verdict | None:
        """Whether it is as asked; "open" where it is not and the runs are too few to say so.

        "met" is what lies within as measured: its band may reach beyond. What is too good is missed. None
        where nothing is asked.
        """
        if self.too_good:
            return "missed"
        if self.asked is None:
            return None
        if self.asked[0] <= self.value <= self.asked[1]:
            return "met"
        beyond = self.band[0] > self.asked[1] or self.band[1] < self.asked[0]
        return "missed" if beyond or not math.isfinite(self.value) else "open"


@final
@dataclass(frozen=True, slots=True)
class Told:
    """A case under one truth: how its runs ended, the bound (1 sigma, SI) and its figures by name.

    bound: the median over the runs;
    figures: "position", "velocity", "impact" and "time" of RMSE over bound, "nees" over n, "cep" the median
    miss over the bound's CEP, "launch_cep" the median miss of the launch point in m, "region_50" and
    "region_90" the shares of runs whose regions held the truth, "free" that of runs whose model without a
    vehicle had half of the weight, "converged" that of runs that did.
    """

    case: Case
    truth: Truth
    ended: dict[str, int]
    bound: dict[str, float]
    figures: dict[str, Figure]

    @property
    def runs(self) -> int:
        """How many runs there were."""
        return sum(self.ended.values())

    @property
    def verdict(self) -> Verdict:
        """The worst of its figures', of those of which anything is asked."""
        found = {f.verdict for f in self.figures.values()}
        return "missed" if "missed" in found else "open" if "open" in found else "met"


def told(case: Case, truth: Truth, draws: list[Draw]) -> Told:
    """The figures of a case's draws.

    Runs that did not converge count in the share that did and no other figure. Each error is taken over its
    own run's bound. Whether one is too good is judged where an RMSE or CEP is asked and the bound holds. NEES
    is a chi-square's where the truth is the estimator's own; of another its band is that of its own scatter.
    """
    good = [d for d in draws if d.status == "converged"]
    asked = case.asked[truth]
    figures: dict[str, Figure] = {}
    bound: dict[str, float] = {}
    for name in good[0].errors if good else ():
        e, sigma = np.array([d.errors[name] for d in good]).T
        ratio = e / sigma
        most, wide = None, None
        if name in asked.rmse:
            most, wide = (0.0, asked.rmse[name]), rms_band(ratio, Z_WIDE) if asked.holds else None
        figures[name] = Figure(float(np.sqrt(np.mean(ratio**2))), rms_band(ratio), most, wide)
        bound[name] = float(np.median(sigma))
    if good:
        sizes = np.array([d.nees for d in good]) / STATE
        nees = float(np.mean(sizes))
        band = chi_square_band(nees, STATE * len(good)) if truth == "own" else mean_band(sizes)
        figures["nees"] = Figure(nees, band, asked.nees)
        bound["cep"] = float(np.median([d.cep for d in good]))
        miss = np.array([d.errors["impact"][0] / d.cep for d in good])
        most = None if asked.cep is None else (0.0, asked.cep)
        wide = median_band(miss, Z_WIDE) if most is not None and asked.holds else None
        figures["cep"] = Figure(float(np.median(miss)), median_band(miss), most, wide)
        off = np.array([d.errors["launch"][0] for d in good if "launch" in d.errors])
        if len(off):
            most = None if asked.launch_cep is None else (0.0, asked.launch_cep)
            figures["launch_cep"] = Figure(float(np.median(off)), median_band(off), most)
        for name, share, limits in (
            ("region_50", 0.5, asked.region_50),
            ("region_90", 0.9, asked.region_90),
        ):
            held = float(np.mean([d.region <= share for d in good]))
            figures[name] = Figure(held, binomial_band(held, len(good)), limits)
        weights = [d.free for d in good if d.free is not None]
        if weights:
            most_free = float(np.mean([w >= 0.5 for w in weights]))
            figures["free"] = Figure(most_free, binomial_band(most_free, len(weights)), asked.free)
    share_good = len(good) / len(draws)
    figures["converged"] = Figure(share_good, binomial_band(share_good, len(draws)), (asked.converged, 1.0))
    return Told(case, truth, dict(Counter(d.status for d in draws)), bound, figures)


def plain(t: Told) -> dict[str, Any]:
    """The figures as plain data, four digits each; what is not finite is None."""
    return {
        "case": t.case.name,
        "about": t.case.words,
        "truth": t.truth,
        "runs": t.runs,
        "ended": t.ended,
        "bound_of": t.case.asked[t.truth].bound,
        "bound": {name + UNITS[name]: digits(value) for name, value in t.bound.items()},
        "figures": {
            name: {
                "unit": ABSOLUTE.get(name),
                "asked": None if f.asked is None else list(f.asked),
                "too_good": f.too_good,
                **plain_figure(f),
            }
            for name, f in t.figures.items()
        },
        "verdict": t.verdict,
    }


def plain_figure(f: Figure) -> dict[str, Any]:
    """A figure with its band and verdict as plain data."""
    return {
        "value": digits(f.value),
        "low": digits(f.band[0]),
        "high": digits(f.band[1]),
        "verdict": f.verdict,
    }


def digits(value: float) -> float | None:
    """Four digits; None of what is not finite."""
    return float(f"{value:.4g}") if math.isfinite(value) else None
