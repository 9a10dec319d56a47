"""The milestones above the height panel: flags on poles, none over another."""

from __future__ import annotations

from matplotlib.axes import Axes

from tocsin.console.picture import style

GAP_PX = 10.0


def draw_milestones(ax: Axes, marks: tuple[tuple[float, str], ...], pole_from: Axes) -> None:
    """Each mark's words and time on the lowest row that is free to its right, with a line down to the panel.

    The last mark takes the lowest row, so that a pole never crosses the words of an earlier one.
    """
    ax.set_xlim(pole_from.get_xlim())
    ax.set_ylim(0.0, 1.0)
    ax.axis("off")
    frame = ax.get_window_extent()
    row_px = 14.5
    rows = max(int(frame.height // row_px), 1)
    starts = [frame.x1 + 2 * GAP_PX] * rows
    for t, words in sorted(marks, reverse=True):
        x = float(ax.transData.transform((t, 0.0))[0])
        text = ax.text(t, 0.0, f"{words} ", color=style.TEXT, size=style.SMALL, va="center")
        clock = ax.text(t, 0.0, style.clock(t), color=style.QUIET, size=style.SMALL, va="center")
        w, c = (part.get_window_extent().width for part in (text, clock))
        left = min(x + 4.0, frame.x1 - w - c)
        row = next((k for k in range(rows) if left + w + c + GAP_PX <= starts[k] and left >= 0), rows - 1)
        for below in range(row + 1):
            starts[below] = min(starts[below], left - 4.0)
        y = frame.y0 + (row + 0.5) * row_px
        (t_text, top), (t_clock, _) = ax.transData.inverted().transform([(left, y), (left + w, y)])
        text.set_position((t_text, top))
        clock.set_position((t_clock, top))
        ax.plot([t, t], [0.0, top], color=style.FAINT, lw=0.8, clip_on=False)
        pole_from.axvline(t, color=style.FAINT, lw=0.7, alpha=0.55, zorder=2)
