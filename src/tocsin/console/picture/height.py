"""Height against time: what was flown, and the predicted path with its band as it sharpened."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from tocsin.assess.assessment import Assessment
from tocsin.console.picture import style
from tocsin.console.picture.panels import dress
from tocsin.console.picture.scene import Scene

Array = NDArray[np.float64]
Z_90 = 1.645  # two-sided 90 % of a Gaussian
EARLY = 0.15  # of the time shown, in which words about a point would reach beyond the panel


def draw_height(ax: Axes, scene: Scene, shown: tuple[Assessment, ...], end_s: float) -> None:
    """The truth as a thin line; each moment's prediction in the colour of its time, with its 90 % band."""
    dress(ax, end_s, "Height", "km; dashed: as flown; colours: as predicted at the times on the map")
    predicted = [s.height_km for a in shown for s in a.trajectory]
    top = max((float(f.height_km.max()) for f in scene.flights), default=max(predicted, default=100.0))
    for k, a in enumerate(shown):
        if len(a.trajectory) < 2:
            continue
        t, height, sigma = _smooth(a, scene.start)
        colour = style.by_time(k, len(shown))
        ax.fill_between(
            t, height - Z_90 * sigma, height + Z_90 * sigma, color=colour, alpha=0.16, lw=0, zorder=3
        )
        ax.plot(t, height, color=colour, lw=1.1, zorder=4)
    for flown in scene.flights:
        if flown.thin:
            ax.plot(flown.t_s, flown.height_km, color=style.FAINT, lw=0.5, zorder=3.5)
        else:
            ax.plot(flown.t_s, flown.height_km, color=style.TEXT, lw=0.9, ls=(0, (6, 2)), zorder=5)
    ax.set_ylim(0.0, 1.22 * top)
    ax.yaxis.set_major_formatter(lambda v, _: f"{v:,.0f}")
    if scene.flights:
        _apogee(ax, scene, shown)
    else:
        ax.text(0.5, 0.45, "nothing flew", transform=ax.transAxes, color=style.QUIET, ha="center")


def _smooth(a: Assessment, start: float) -> tuple[Array, Array, Array]:
    """Times, heights and sigmas of a prediction, the heights by cubics through its samples."""
    t = np.array([s.t for s in a.trajectory]) - start
    h = np.array([s.height_km for s in a.trajectory])
    slope = np.gradient(h, t, edge_order=2 if len(t) > 2 else 1)
    fine = np.linspace(t[0], t[-1], 8 * len(t))
    k = np.clip(np.searchsorted(t, fine, side="right") - 1, 0, len(t) - 2)
    w = t[k + 1] - t[k]
    u = (fine - t[k]) / w
    smooth = (
        (1 + 2 * u) * (1 - u) ** 2 * h[k]
        + u * (1 - u) ** 2 * w * slope[k]
        + u**2 * (3 - 2 * u) * h[k + 1]
        + u**2 * (u - 1) * w * slope[k + 1]
    )
    return fine, smooth, np.interp(fine, t, [s.sigma_km for s in a.trajectory])


def _apogee(ax: Axes, scene: Scene, shown: tuple[Assessment, ...]) -> None:
    """The true apogee and the last estimate of it, in words above the curve."""
    flown = scene.flights[0]
    k = int(np.argmax(flown.height_km))
    peak = "apogee" if 0 < k < len(flown.height_km) - 1 else "highest"
    words = f"{peak} {flown.height_km[k]:,.0f} km"
    last = next(
        (a for a in reversed(shown) if a.apogee_km is not None and a.apogee_sigma_km is not None), None
    )
    if last is not None and last.apogee_km is not None and last.apogee_sigma_km is not None:
        digits = 1 if last.apogee_sigma_km < 5.0 else 0
        words += f"   estimated {last.apogee_km:,.{digits}f} \u00b1 {last.apogee_sigma_km:.{digits}f} km"
    ax.plot(flown.t_s[k], flown.height_km[k], marker="o", ms=4, color=style.TEXT, zorder=6)
    early = flown.t_s[k] < EARLY * scene.end_s
    ax.annotate(
        words,
        (flown.t_s[k], flown.height_km[k]),
        xytext=(0, 7),
        textcoords="offset points",
        ha="left" if early else "center",
        color=style.TEXT,
        size=style.SMALL,
        path_effects=style.halo(colour=style.SEA),
        zorder=7,
    )
