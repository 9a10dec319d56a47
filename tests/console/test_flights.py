"""The picture of flights alone, near and around the world, with companions and without."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.image import imread

from tests.cli.fake_flights import ballistic, every, meteor, satellite
from tocsin.catalogue import borders
from tocsin.cli.scene import flown
from tocsin.console.picture import style
from tocsin.console.picture.flights import FlightsScene, draw_flights
from tocsin.console.picture.page import HEIGHT_PX, WIDTH_PX
from tocsin.console.picture.panels import time_unit
from tocsin.flight.flight import Flight


def scene_of(*flights: Flight) -> FlightsScene:
    """A scene of these flights, which start at 0."""
    return FlightsScene("A $title$", "a day", "simulated", "seed 1", flown(flights, 0.0), ("Assumed: all.",))


def drawn(scene: FlightsScene, folder: Path) -> np.ndarray:
    """The pixels of a picture, 0 to 1, without transparency."""
    draw_flights(scene, borders(), folder / "picture.png")
    return np.asarray(imread(folder / "picture.png"))[..., :3]


def count(pixels: np.ndarray, colour: style.Colour) -> int:
    """How many pixels have a colour."""
    return int(np.all(np.abs(pixels - to_rgb(colour)) < 0.02, axis=-1).sum())


@pytest.mark.parametrize("flights", [every(0.0), (ballistic(0.0),), (meteor(0.0),), (satellite(0.0),)])
def test_it_can_be_drawn_whatever_flew(flights: tuple[Flight, ...], tmp_path: Path) -> None:
    pixels = drawn(scene_of(*flights), tmp_path)
    assert pixels.shape == (HEIGHT_PX, WIDTH_PX, 3)
    for k in range(len(flights)):
        assert count(pixels, style.by_flight(k, len(flights))) > 60


def test_companions_are_drawn_thin(tmp_path: Path) -> None:
    with_stage = ballistic(0.0)
    alone = replace(with_stage, companions=())
    (tmp_path / "one").mkdir()
    more, less = drawn(scene_of(with_stage), tmp_path), drawn(scene_of(alone), tmp_path / "one")
    changed = np.any(more != less, axis=-1)
    assert 100 < changed.sum() < 3000
    assert count(more, style.TEXT) > 0.97 * count(less, style.TEXT)


def test_a_crowd_is_drawn_and_the_last_are_counted(tmp_path: Path) -> None:
    crowd = [satellite(10.0 * k, 500.0) for k in range(40)]
    pixels = drawn(scene_of(satellite(0.0), *crowd), tmp_path)
    assert count(pixels[:, int(0.71 * WIDTH_PX) :], style.by_flight(1, 2)) > 100


def test_a_short_time_is_told_in_seconds() -> None:
    assert time_unit(9.0) == ("seconds", 1.0)
    assert time_unit(1800.0) == ("minutes", 60.0)


def test_the_same_flights_give_the_same_file(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        drawn(scene_of(*every(0.0)), tmp_path / name)
    assert (tmp_path / "one/picture.png").read_bytes() == (tmp_path / "two/picture.png").read_bytes()
