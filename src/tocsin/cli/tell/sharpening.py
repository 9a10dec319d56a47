"""The assessment as it sharpened."""

from __future__ import annotations

from rich.table import Table

from tocsin.assess.assessment import Assessment
from tocsin.cli.tell.words import DASH, clock, figure, size

MOST_ROWS, MOST_SPREAD_DEG = 12, 60.0


def sharpening_table(made: tuple[Assessment, ...], start: float) -> Table:
    """A row where a state or the model changed, and each time the impact region had halved."""
    table = Table(
        title="The assessment as it sharpened",
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
    )
    for name in ("t", "event, threat", "from"):
        table.add_column(name, justify="right" if name == "t" else "left")
    for name in ("apogee km", "impact 90 % km", "to target", "\u00b1 s", "heading deg"):
        table.add_column(name, justify="right", no_wrap=True)
    for a in telling(made):
        e = a.impact.ellipse_90_km if a.impact is not None else None
        table.add_row(
            clock(a.t - start),
            f"{a.event_state}, {a.threat_state}",
            short(a.model),
            figure(a.apogee_km, 0, a.apogee_sigma_km),
            f"{size(e.semi_major_km)} x {size(e.semi_minor_km)}" if e is not None else DASH,
            clock(a.time_to_target_s) if _flying(a) else DASH,
            figure(a.impact.sigma_s, 1) if a.impact is not None and _flying(a) else DASH,
            figure(a.heading_deg, 1, a.heading_sigma_deg) if _headed(a) else DASH,
        )
    return table


def short(model: str) -> str:
    """The model in few words: what the numbers rest on."""
    words = model.replace("ballistic arc", "arc").replace("template ", "")
    return words.replace(" from ", " + ").replace(" and ", " + ")


def telling(made: tuple[Assessment, ...]) -> tuple[Assessment, ...]:
    """At most twelve assessments: where states changed, then where the region halved, then new models."""
    ranks: dict[int, int] = {}
    smallest = float("inf")
    for k, a in enumerate(made):
        before = made[k - 1] if k else None
        size_km = a.impact.ellipse_90_km.semi_major_km if a.impact is not None else float("inf")
        if before is None or k == len(made) - 1 or _states(a) != _states(before):
            ranks[k] = 0
        elif size_km < 0.5 * smallest:
            ranks[k] = 1
        elif a.model != before.model:
            ranks[k] = 2
        if k in ranks:
            smallest = min(smallest, size_km)
    kept = sorted(sorted(ranks, key=lambda k: (ranks[k], k))[:MOST_ROWS])
    return tuple(made[k] for k in kept)


def _flying(a: Assessment) -> bool:
    return a.time_to_target_s is not None and a.time_to_target_s > 0.0


def _headed(a: Assessment) -> bool:
    """Whether the heading says anything."""
    return a.heading_sigma_deg is not None and a.heading_sigma_deg < MOST_SPREAD_DEG


def _states(a: Assessment) -> tuple[str, str]:
    return a.event_state, a.threat_state
