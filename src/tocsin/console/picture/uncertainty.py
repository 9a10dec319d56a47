"""How uncertain impact and apogee were against time, for each centre alone and for both together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from tocsin.assess.assessment import Assessment
from tocsin.console.picture import style
from tocsin.console.picture.panels import dress, time_unit
from tocsin.console.picture.scene import Scene

KNOWN_KM = 100.0
FLOOR_KM, CEILING_KM = 0.01, 2e4


def draw_uncertainty(ax: Axes, scene: Scene, end_s: float) -> None:
    """Solid: the 90 % impact region's semi-major axis; dotted: the apogee's sigma; a square: confirmed."""
    dress(ax, end_s, "Uncertainty", f"km, against {time_unit(end_s)[0]} after the start")
    values: list[float] = []
    for key, (colour, _) in style.pictures(scene.known).items():
        made = [a for a in scene.known.get(key, ()) if a.event_state != "closed"]
        thick = 2.0 if key == "together" else 1.3
        for pick, dash, width in ((_axis, "-", thick), (_apogee, (0, (1, 1.6)), thick)):
            t, y = _series(made, scene.start, pick)
            values += [v for v in y if np.isfinite(v)]
            ax.plot(t, y, color=colour, ls=dash, lw=width, zorder=5 if key == "together" else 4)
        _confirmed(ax, made, scene.start, colour)
    if not values:
        ax.text(0.5, 0.45, "no impact region yet", transform=ax.transAxes, color=style.QUIET, ha="center")
    ax.set_yscale("log")
    low = max(min(values, default=1.0) / 1.6, FLOOR_KM)
    ax.set_ylim(low, min(max(max(values, default=1e3), KNOWN_KM) * 2.5, CEILING_KM))
    ax.yaxis.set_major_formatter(lambda v, _: f"{v:,g}")
    ax.yaxis.set_minor_formatter(lambda v, _: "")
    ax.axhline(KNOWN_KM, color=style.FAINT, lw=0.8, ls=(0, (4, 3)), zorder=2)
    words = ax.text(
        end_s, KNOWN_KM * 1.06, "impact called known", color=style.QUIET, size=style.SMALL, ha="right"
    )
    words.set_path_effects(style.halo(colour=style.SEA))
    _legend(ax, scene)


def _axis(a: Assessment) -> float:
    return a.impact.ellipse_90_km.semi_major_km if a.impact is not None else np.nan


def _apogee(a: Assessment) -> float:
    return a.apogee_sigma_km if a.apogee_sigma_km is not None else np.nan


def _series(
    made: list[Assessment], start: float, pick: Callable[[Assessment], float]
) -> tuple[list[float], list[float]]:
    return [a.t - start for a in made], [pick(a) for a in made]


def _confirmed(ax: Axes, made: list[Assessment], start: float, colour: str) -> None:
    """A square where the event became confirmed, on the axis of the impact region if that was known then."""
    at = next((a for a in made if a.event_state.startswith("confirmed")), None)
    if at is not None and np.isfinite(_axis(at)):
        ax.plot(
            at.t - start, _axis(at), marker="s", ms=6, mfc=style.BACKGROUND, mec=colour, mew=1.5, zorder=6
        )


def _legend(ax: Axes, scene: Scene) -> None:
    lines = [
        Line2D([], [], color=colour, lw=2.0, label=words if scene.known.get(key) else f"{words}: no track")
        for key, (colour, words) in style.pictures(scene.known).items()
    ]
    lines += [
        Line2D([], [], color=style.QUIET, lw=1.3, label="90 % impact region, semi-major axis"),
        Line2D([], [], color=style.QUIET, lw=1.3, ls=(0, (1, 1.6)), label="apogee, 1 sigma"),
        Line2D(
            [], [], color=style.QUIET, lw=0, marker="s", ms=6, mfc="none", mew=1.3, label="event confirmed"
        ),
    ]
    legend = ax.legend(
        handles=lines,
        loc="upper left",
        bbox_to_anchor=(-0.02, -0.09),
        fontsize=style.SMALL,
        frameon=False,
        ncols=2,
        columnspacing=3.0,
    )
    for text in legend.get_texts():
        text.set_color(style.QUIET)
