"""Labels keep out of each other's way."""

from itertools import combinations

import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from tocsin.console.picture.labels import Labels
from tocsin.console.picture.milestones import draw_milestones
from tocsin.console.picture.scene import Scene


@pytest.fixture
def ax() -> Axes:
    """Axes of 600 x 400 pixels, 0 to 1 both ways."""
    figure = Figure(figsize=(6, 4), dpi=100)
    FigureCanvasAgg(figure)
    return figure.add_axes((0.0, 0.0, 1.0, 1.0))


def test_labels_of_one_point_stand_apart_and_inside(ax: Axes) -> None:
    labels = Labels(ax)
    assert all(labels.put((0.5, 0.5), f"label {k}", "white") for k in range(6))
    boxes = [text.get_window_extent() for text in ax.texts]
    assert not any(a.overlaps(b) for a, b in combinations(boxes, 2))
    assert all(b.x0 >= 0 and b.x1 <= 600 and b.y0 >= 0 and b.y1 <= 400 for b in boxes)


def test_a_label_without_room_is_not_written(ax: Axes) -> None:
    labels = Labels(ax)
    labels.avoid((0.5, 0.5), 1000.0)
    assert not labels.put((0.5, 0.5), "nowhere", "white")
    labels.centre((0.5, 0.5), "nowhere", "white")
    assert list(ax.texts) == []


def test_milestones_never_overlap(scene: Scene) -> None:
    figure = Figure(figsize=(16, 10), dpi=100)
    FigureCanvasAgg(figure)
    panel, strip = figure.add_axes((0.645, 0.5, 0.335, 0.25)), figure.add_axes((0.645, 0.775, 0.335, 0.125))
    panel.set_xlim(-20.0, 2300.0)
    draw_milestones(strip, scene.milestones, panel)
    boxes = [text.get_window_extent() for text in strip.texts]
    assert len(boxes) == 2 * len(scene.milestones)
    assert not any(a.padded(-0.5).overlaps(b.padded(-0.5)) for a, b in combinations(boxes, 2))
    assert all(b.x1 <= 0.98 * 1600 + 1 for b in boxes)
