"""The study of false warnings in plain figures, and as its picture takes them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from tocsin.study.accuracy.figures import digits

if TYPE_CHECKING:
    from tocsin.console.picture.falsealarm import FalseAlarmPanels
    from tocsin.study.false_alarm.check import Checked
    from tocsin.study.false_alarm.crowd import Crowd
    from tocsin.study.false_alarm.estimate import Estimate
    from tocsin.study.false_alarm.figures import Point
    from tocsin.study.false_alarm.history import Bar
    from tocsin.study.false_alarm.levelcheck import Levelled
    from tocsin.study.false_alarm.study import Found, Study


def plain(found: Study) -> dict[str, Any]:
    """The study in plain figures."""
    from tocsin.catalogue.assumed import assumptions
    from tocsin.study.false_alarm.rates import ACTED_ON, CONFERENCES, CONFERENCES_YEARS, INDICATIONS

    return {
        "seed": found.seed,
        "effort": found.effort,
        "least": found.least,
        "windows": sum(f.alarms.windows for f in found.parts),
        "parts": [_part(f) for f in found.parts],
        "independent": rate(found.independent),
        "causes": {cause: rate(e) for cause, e in found.causes.items()},
        "notices": {
            **rate(found.notices),
            "published": CONFERENCES,
            "published_years": CONFERENCES_YEARS,
            "published_indications": INDICATIONS,
            "published_acted_on": ACTED_ON,
        },
        "tenfold": [
            {
                "rate": name,
                "from": getattr(found.rates, name),
                "independent": rate(alone),
                "common": rate(common),
            }
            for name, (alone, common) in found.tenfold.items()
        ],
        "trade": [_point(p, k == 0) for k, p in enumerate(found.trade)],
        "rates": [
            {"name": a.name, "value": a.value, "low": a.low, "high": a.high, "unit": a.unit, "note": a.note}
            for a in assumptions(found.rates)
        ],
    }


def rate(e: Estimate) -> dict[str, Any]:
    """A rate a year: relative is None where nothing was seen."""
    return {
        "per_year": digits(e.mean),
        "error": digits(e.error),
        "relative": digits(e.relative) if math.isfinite(e.relative) else None,
        "upper": digits(e.upper),
        "hits": e.hits,
        "windows": e.windows,
    }


def _part(f: Found) -> dict[str, Any]:
    return {
        "name": f.part.name,
        "words": f.part.words,
        "cause": f.part.cause,
        "launched": f.part.launched,
        "beside": f.part.beside,
        "pairs": f.part.pairs,
        "per_year": digits(f.per_year),
        "alarms": rate(f.alarms),
        "levels": [rate(e) for e in f.levels],
    }


def _point(p: Point, ladder: bool) -> dict[str, Any]:
    return {
        "words": words(p.bar),
        "ladder": ladder,
        "factor_log10": digits(p.bar.factor),
        "probability": p.bar.probability,
        "one_phenomenology": p.bar.alone,
        "false": rate(p.rate),
        "told": digits(p.told),
        "left_min": None if p.left_s is None else round(p.left_s / 60.0, 2),
    }


def words(bar: Bar) -> str:
    """A bar in words."""
    seen = "one phenomenology" if bar.alone else "two phenomenologies"
    return f"{seen}, 10^{bar.factor:g} times, P {bar.probability:g}"


def checks(found: Study, weights: Checked, levels: Levelled, crowd: Crowd) -> list[dict[str, Any]]:
    """All checks of the method, level by level: a chance a window or a span, with 1 sigma in brackets."""
    from tocsin.study.false_alarm.crowd import plain_parts
    from tocsin.study.false_alarm.estimate import together
    from tocsin.study.false_alarm.history import LEVELS
    from tocsin.study.false_alarm.levelcheck import NEAR

    names = {p.name for p in plain_parts()}
    parts = [f for f in found.parts if f.part.name in names]
    rows = []
    for k, level in enumerate(LEVELS):
        rows.append(_checked("weights", level, weights.nature[k], weights.importance[k]))
    rows.append(_checked("levels", f"within {-NEAR:g} decades", levels.nature, levels.splitting))
    for k, level in enumerate(LEVELS):
        a_year = together([f.levels[k] for f in parts])
        rows.append(_checked("windows one by one", level, crowd.chance[k], crowd.expected(a_year)))
    return rows


def _checked(what: str, level: str, brute: Estimate, method: Estimate) -> dict[str, Any]:
    return {
        "check": what,
        "level": level,
        "brute": digits(brute.mean),
        "brute_error": digits(brute.error),
        "brute_hits": brute.hits,
        "method": digits(method.mean),
        "method_error": digits(method.error),
        "method_hits": method.hits,
        "off": digits(method.mean / brute.mean - 1.0) if brute.mean > 0.0 else None,
    }


def panels(found: Study) -> FalseAlarmPanels:
    """What the picture shows: parts with any rate or limit, the trade, and what ten times as many make."""
    from tocsin.console.picture.falsealarm import FalseAlarmPanels, Row, TradePoint

    parts = tuple(
        Row(f.part.name, f.alarms.mean, f.alarms.error, f.alarms.upper, f.part.cause is not None)
        for f in found.parts
        if not f.part.beside
    )
    tenfold = tuple(
        (name.replace("_", " "), alone.mean + common.mean) for name, (alone, common) in found.tenfold.items()
    )
    curve = tuple(
        TradePoint(
            words(p.bar), p.bar.alone, p.rate.mean, p.rate.error, p.rate.upper, p.left_s, p.told, k == 0
        )
        for k, p in enumerate(found.trade)
    )
    whole = found.independent.mean + sum(e.mean for e in found.causes.values())
    about = (
        f"{sum(f.alarms.windows for f in found.parts):,} windows, seed {found.seed}; every rate is assumed"
    )
    return FalseAlarmPanels(about, parts, curve, tenfold, whole)
