"""What the picture's tests share: a scene of the run made by hand."""

import numpy as np
import pytest

from tests.cli.fake_run import APOGEE_KM, FLIGHT_S, FakeRun, fake_run, height_km, position
from tocsin.cli.knownby import histories
from tocsin.console.picture.scene import Flown, Overhead, Scene

MARKS = ((0.0, "launch"), (41.0, "cloud break"), (45.0, "first satellite look"), (45.0, "stereo"))
LATER = ((180.0, "first radar look"), (190.0, "confirmed"), (291.0, "burnout"), (1131.5, "apogee"))


def fake_scene(run: FakeRun) -> Scene:
    """The faked run as the picture takes it."""
    t = np.linspace(0.0, FLIGHT_S, 200)
    lat, lon = np.array([position(s) for s in t]).T
    height = np.array([height_km(s) for s in t])
    assert height.max() == pytest.approx(APOGEE_KM, rel=1e-3)
    return Scene(
        title=run.event.title,
        date="2017-07-04  00:40 UTC",
        origin="simulated",
        seed=1,
        until="",
        start=run.event.start_t_tai,
        flights=(Flown(t, lat, lon, height),),
        radars=run.network.radars,
        saw=frozenset({"MIS1", "HYP-HUA"}),
        satellites=(
            Overhead("Cosmos 2518 (EKS-2)", 48.5, 140.8, 26_200.0, True),
            Overhead("Cosmos 2510 (EKS-1)", 57.4, 146.5, 33_900.0, True),
            Overhead("unseeing", 0.0, 0.0, 1_000.0, False),
        ),
        known=histories("russia-1", run.events),
        milestones=(*MARKS, *LATER, (FLIGHT_S, "impact")),
        footer=("Assumed: everything.",),
    )


@pytest.fixture(scope="session")
def scene() -> Scene:
    """The scene of the faked run."""
    return fake_scene(fake_run())
