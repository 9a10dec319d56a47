"""What an event asks of nature, as its file says it."""

from pathlib import Path

import pytest

from tests.catalogue.eventfiles import GOOD
from tocsin.catalogue import NatureChoice, RadioBurst, event, read_event
from tocsin.errors import TocsinError

NATURE = """
[nature]
cloud_top_km = 8
sunlit_cloud = false
aurora = 0.25
[[nature.radio_burst]]
start_s = 30
duration_s = 600.0
flux_sfu = 3e5
"""


def test_what_is_asked_is_read_and_the_rest_is_usual(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(GOOD + NATURE)
    assert read_event(file).nature == NatureChoice(
        cloud_top_km=8.0, sunlit_cloud=False, aurora=0.25, radio_bursts=(RadioBurst(30.0, 600.0, 3e5),)
    )
    assert event("hwasong-14-2017-07-04").nature == NatureChoice()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("cloud_top_km = 8", "cloud_top_km = 21", "cloud_top_km: is 21; it must be at most 20"),
        ("aurora = 0.25", "aurora = 2", "aurora: is 2; it must be at most 1"),
        ("flux_sfu = 3e5", "flux_sfu = 0", "flux_sfu: is 0; it must be more than 0"),
        ("flux_sfu = 3e5\n", "", "flux_sfu: is missing"),
        ("sunlit_cloud = false", "sunlit_cloud = 0", "sunlit_cloud: is 0; give true or false"),
        ("sunlit_cloud = false", "sunlit = false", "sunlit: no such key"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, problem: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(GOOD + NATURE.replace(old, new))
    with pytest.raises(TocsinError) as refused:
        read_event(file)
    (told,) = refused.value.problems
    assert problem in told
    assert told.startswith(f"{file}:")
