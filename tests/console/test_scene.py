"""Which moments a picture shows."""

from itertools import pairwise

from tests.cli.fake_run import FakeRun, fake_run
from tocsin.cli.knownby import histories
from tocsin.console.picture.scene import Scene, moments


def axis(a: object) -> float:
    """The 90 % region's semi-major axis, km."""
    return a.impact.ellipse_90_km.semi_major_km  # type: ignore[attr-defined, no-any-return]


def test_regions_shown_shrink_by_half_each_time_and_end_with_the_best(scene: Scene) -> None:
    made = scene.known["russia_alone"]
    shown = moments(made, most=20)
    axes = [axis(a) for a in shown]
    assert all(b <= 0.5 * a for a, b in pairwise(axes[:-1]))
    assert axes[-1] == min(axis(a) for a in made if a.impact is not None and a.event_state != "closed")
    assert shown[0] is next(a for a in made if a.impact is not None)


def test_no_more_than_asked_and_first_and_last_stay(scene: Scene) -> None:
    many, few = moments(scene.known["russia_alone"], 0.8, 30), moments(scene.known["russia_alone"], 0.8, 4)
    assert len(many) > 4 == len(few)
    assert (few[0], few[-1]) == (many[0], many[-1])


def test_without_an_impact_there_is_no_moment() -> None:
    run: FakeRun = fake_run()
    early = [e for e in run.events if e.known_t < run.event.start_t_tai + 200.0]
    assert moments(histories("russia-1", early)["together"]) == ()
    assert moments(()) == ()
