"""Whether probabilities come true, in one picture: told against true, bin by bin, with bands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import final

import numpy as np
from matplotlib.axes import Axes

from tocsin.console.picture import style
from tocsin.console.picture.page import page, save
from tocsin.console.picture.sensorpanels import dress

COLOURS = (style.RUSSIA, style.TRUTH, style.BADGE, style.CHINA)
ASKED = 0.03


@final
@dataclass(frozen=True, slots=True)
class CalibrationPanel:
    """One kind of outcome: its title, a line about it; of each bin told, true, the band's ends, events."""

    title: str
    about: str
    rows: tuple[tuple[float, float, float, float, int], ...]


def draw_calibration(panels: tuple[CalibrationPanel, ...], about: str, file: Path) -> None:
    """Write the picture of up to four kinds as a PNG of 1600 x 1000 pixels."""
    figure = page()
    title = "Whether probabilities come true"
    figure.text(0.05, 0.955, title, color=style.TEXT, size=style.LARGE, weight="bold", va="center")
    line = f"{about}; bars: 95 % over flights; shaded: 3 points either side of what is true; below: events"
    figure.text(0.05, 0.924, line, color=style.QUIET, size=style.MIDDLE + 1.0, va="center")
    for i, panel in enumerate(panels):
        left = 0.05 + 0.237 * i
        ax = figure.add_axes((left, 0.38, 0.205, 0.43))
        low = figure.add_axes((left, 0.09, 0.205, 0.20))
        _reliability(ax, panel, COLOURS[i % len(COLOURS)])
        _events(low, panel, COLOURS[i % len(COLOURS)])
        if i == 0:
            ax.set_ylabel("share that came true", color=style.QUIET, size=style.SMALL)
            low.set_ylabel("events", color=style.QUIET, size=style.SMALL)
    save(figure, file)


def _reliability(ax: Axes, panel: CalibrationPanel, colour: style.Colour) -> None:
    ax.set_facecolor(style.SEA)
    dress(ax)
    ax.grid(color=style.GRID, lw=0.6)
    line = np.array([0.0, 1.0])
    ax.fill_between(line, line - ASKED, line + ASKED, color=style.TRUTH, alpha=0.22, lw=0)
    ax.plot(line, line, color=style.TEXT, lw=1.0, zorder=2)
    told, true, low, high = np.array([row[:4] for row in panel.rows]).T
    ax.vlines(told, np.maximum(low, 0.0), np.minimum(high, 1.0), color=colour, lw=2.0, zorder=3)
    ax.plot(told, true, color=colour, lw=1.0, marker="o", ms=5.0, zorder=4)
    ax.set(xlim=(0.0, 1.0), ylim=(0.0, 1.0))
    ax.set_xlabel("probability told", color=style.QUIET, size=style.SMALL)
    ax.text(
        0.0, 1.075, panel.title, transform=ax.transAxes, color=style.TEXT, size=style.MIDDLE, weight="bold"
    )
    ax.text(0.0, 1.025, panel.about, transform=ax.transAxes, color=style.QUIET, size=7.0)


def _events(ax: Axes, panel: CalibrationPanel, colour: style.Colour) -> None:
    ax.set_facecolor(style.SEA)
    dress(ax)
    told = np.array([row[0] for row in panel.rows])
    events = np.array([row[4] for row in panel.rows])
    ax.bar(
        np.floor(np.minimum(told, 0.999) * 10.0) / 10.0 + 0.05, events, width=0.085, color=colour, alpha=0.8
    )
    ax.axhline(700.0, color=style.BADGE, lw=1.0, ls=(0, (4, 3)))
    ax.set(xlim=(0.0, 1.0), yscale="log", ylim=(1.0, max(2000.0, 1.6 * events.max())))
    ax.minorticks_off()
