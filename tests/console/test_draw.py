"""The picture: a PNG of its size with something on it, whatever was or was not known."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.image import imread

from tests.cli.fake_run import fake_run
from tocsin.catalogue import borders
from tocsin.cli.knownby import histories
from tocsin.console.picture import style
from tocsin.console.picture.draw import draw, map_view
from tocsin.console.picture.page import HEIGHT_PX, MAP, WIDTH_PX
from tocsin.console.picture.scene import Scene


def drawn(scene: Scene, folder: Path) -> np.ndarray:
    """The pixels of a scene's picture, 0 to 1, without transparency."""
    file = folder / "picture.png"
    draw(scene, borders(), file)
    assert file.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    return np.asarray(imread(file))[..., :3]


def share(pixels: np.ndarray, colour: str, near: float = 0.02) -> float:
    """The share of the pixels that have a colour."""
    return float(np.all(np.abs(pixels - to_rgb(colour)) < near, axis=-1).mean())


def part(pixels: np.ndarray, place: tuple[float, float, float, float]) -> np.ndarray:
    """The pixels within axes given as (left, bottom, width, height) of the figure."""
    rows, columns = pixels.shape[:2]
    left, low, width, height = place
    top = round((1.0 - low - height) * rows)
    return pixels[top : round((1.0 - low) * rows), round(left * columns) : round((left + width) * columns)]


def test_it_is_1600_by_1000_and_neither_empty_nor_full(scene: Scene, tmp_path: Path) -> None:
    pixels = drawn(scene, tmp_path)
    assert pixels.shape == (HEIGHT_PX, WIDTH_PX, 3)
    assert 0.25 < share(pixels, style.BACKGROUND) < 0.75
    assert 0.15 < share(part(pixels, MAP), style.LAND, 0.05) < 0.95


def test_the_three_pictures_have_their_colours_on_it(scene: Scene, tmp_path: Path) -> None:
    pixels = drawn(scene, tmp_path)
    right = pixels[:, WIDTH_PX * 6 // 10 :]
    for colour, _ in style.pictures(scene.known).values():
        assert share(right, colour, 0.06) > 1e-4
    without = drawn(dataclasses.replace(scene, known={}), tmp_path)[:, WIDTH_PX * 6 // 10 :]
    assert share(without, style.RUSSIA, 0.06) < 0.7 * share(right, style.RUSSIA, 0.06)


def test_the_badge_says_where_it_comes_from(scene: Scene, tmp_path: Path) -> None:
    assert share(drawn(scene, tmp_path)[: HEIGHT_PX // 10], style.BADGE) > 0.002


def test_the_same_scene_gives_the_same_file(scene: Scene, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        drawn(scene, tmp_path / name)
    assert (tmp_path / "one/picture.png").read_bytes() == (tmp_path / "two/picture.png").read_bytes()


@pytest.mark.parametrize("until_s", [0.0, 100.0, 200.0, 330.0])
def test_whatever_was_known_it_can_be_drawn(scene: Scene, tmp_path: Path, until_s: float) -> None:
    run = fake_run()
    early = [e for e in run.events if e.known_t <= run.event.start_t_tai + until_s]
    known = histories("russia-1", early) if early else {}
    pixels = drawn(dataclasses.replace(scene, known=known, saw=frozenset(), satellites=()), tmp_path)
    assert 0.25 < share(pixels, style.BACKGROUND) < 0.8


def test_several_flights_and_far_ones_are_all_on_the_map(scene: Scene, tmp_path: Path) -> None:
    far = dataclasses.replace(scene.flights[0], lon_deg=scene.flights[0].lon_deg + 60.0)
    both = dataclasses.replace(scene, flights=(*scene.flights, far))
    view = map_view(both)
    for flown in both.flights:
        assert view.holds(view.project(flown.lat_deg, flown.lon_deg)).all()
    drawn(both, tmp_path)


def test_what_never_comes_down_has_no_close_up_of_its_impact(scene: Scene, tmp_path: Path) -> None:
    """The first region predicted for it, the largest, is on the map all the same."""
    up = dataclasses.replace(scene, flights=(dataclasses.replace(scene.flights[0], end=""),))
    (tmp_path / "up").mkdir()
    with_inset, without = drawn(scene, tmp_path), drawn(up, tmp_path / "up")
    assert np.any(with_inset != without, axis=-1).mean() > 0.02
    assert np.all(np.abs(part(without, MAP) - style.by_time(0, 7)) < 0.1, axis=-1).sum() > 100


def test_companions_neither_widen_the_map_nor_lengthen_the_time(scene: Scene, tmp_path: Path) -> None:
    piece = dataclasses.replace(
        scene.flights[0], lon_deg=scene.flights[0].lon_deg + 90.0, t_s=2.0 * scene.flights[0].t_s, thin=True
    )
    both = dataclasses.replace(scene, flights=(*scene.flights, piece))
    assert map_view(both) == map_view(scene)
    assert drawn(both, tmp_path).shape == (HEIGHT_PX, WIDTH_PX, 3)


def test_a_flight_around_the_world_is_drawn_on_the_whole_of_it(scene: Scene, tmp_path: Path) -> None:
    lon = np.linspace(-180.0, 179.0, 200)
    around = dataclasses.replace(scene.flights[0], lon_deg=lon, lat_deg=0.0 * lon, begin="", end="")
    wide = dataclasses.replace(scene, flights=(around,))
    assert map_view(wide).flat
    drawn(wide, tmp_path)


def test_a_file_that_cannot_be_written_says_so(scene: Scene, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file or directory"):
        draw(scene, borders(), tmp_path / "missing" / "picture.png")
