"""What an event asks of nature: clouds, what else shines and echoes, and the Sun's radio bursts."""

from dataclasses import dataclass
from typing import Literal

MoonChoice = Literal["rejected", "heard"]


@dataclass(frozen=True, slots=True)
class RadioBurst:
    """A burst of the Sun's radio noise: from `start_s` after the event's start, in solar flux units."""

    start_s: float
    duration_s: float
    flux_sfu: float


@dataclass(frozen=True, slots=True)
class BrightCloud:
    """A cell of cloud that the Sun makes as bright as a plume, from `start_s` after the event's start.

    `brightness`: of its signal over a telescope's threshold. It rests over the ground at `height_km`.
    """

    lat_deg: float
    lon_deg: float
    height_km: float
    start_s: float
    duration_s: float
    brightness: float


@dataclass(frozen=True, slots=True)
class NatureChoice:
    """What there is beside what flies; `cloud_top_km` None means tops drawn from the climatology.

    aurora: from 0, quiet, to 1, the most active. moon: "heard" where radars keep one pulse interval, so that
    its late echo lines up; "rejected" where they vary it.
    """

    cloud_top_km: float | None = None
    sunlit_cloud: bool = True
    flashes: bool = True
    hot_spots: bool = True
    meteor_trails: bool = False
    aurora: float = 0.0
    radio_bursts: tuple[RadioBurst, ...] = ()
    moon: MoonChoice = "rejected"
    bright_clouds: tuple[BrightCloud, ...] = ()


NATURE = NatureChoice()
