"""How often what could be taken for an attack comes: published where there is a figure, else assumed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from tocsin.catalogue.assumed import assumed, check_assumed

YEAR_S = 365.25 * 86400.0
# Routine missile display conferences of NORAD from January 1979 to June 1980, and false indications of an
# attack, of which four led to action. Source: Christian Science Monitor, 1980-10-30; Crimson, 1981.
CONFERENCES, CONFERENCES_YEARS, INDICATIONS, ACTED_ON = 3703, 1.5, 147, 4
# Launches to orbit in 2024 of other countries than Russia and China, whose own are told: 259 less 17 and 68.
# Source: J. McDowell, Space Activities in 2024 (planet4589.org).
FOREIGN_SPACE_LAUNCHES = 174.0


@final
@dataclass(frozen=True, slots=True)
class Rates:
    """A year of the world, and of the faults that reach every channel; TocsinError for what is impossible.

    per_year figures count the whole Earth, or one channel where they say so.
    """

    telescope_nuisances: float = assumed(
        1000.0, 100.0, 1e4, "1/year", "glints and ghosts that last and move, of one telescope"
    )
    radar_nuisances: float = assumed(
        1000.0, 100.0, 1e4, "1/year", "false echoes that last and move, of one radar"
    )
    nuisance_s: float = assumed(90.0, 30.0, 300.0, "s", "mean time that such a nuisance lasts")
    decays: float = assumed(
        200.0, 50.0, 1200.0, "1/year",
        "bodies that come down unforetold; of all some 1,200 intact ones did in 2024 (ESA Space Environment "
        "Report 2025)",
    )  # fmt: skip
    glowing: float = assumed(
        0.5, 0.1, 1.0, "", "share of these with mass enough to be seen by a telescope as they burn"
    )
    uncatalogued: float = assumed(
        600.0, 100.0, 3000.0, "", "objects in orbit in no catalogue: one in fifty of 30,000"
    )
    near_launches: float = assumed(
        70.0, 10.0, 100.0, "1/year",
        "theatre launches into seas beside protected ground; some 70 in 2022, the year of most, as reported",
    )  # fmt: skip
    rockets: float = assumed(
        20.0, 5.0, 50.0, "1/year", "large sounding rockets over northern seas, none of them told beforehand"
    )
    far_launches: float = assumed(1000.0, 200.0, 3000.0, "1/year", "theatre launches elsewhere, one by one")
    passing_launches: float = assumed(
        0.1, 0.01, 2.0, "1/year", "long flights from sea to sea over protected ground, not told beforehand"
    )
    burst_days: float = assumed(
        2.0, 0.5, 5.0, "1/year", "days with 200 theatre launches; the likes of 2024-10-01 and June 2025"
    )
    space_launches: float = assumed(
        FOREIGN_SPACE_LAUNCHES, 100.0, 400.0, "1/year",
        "published for 2024; of other countries, none of them told to the centre beforehand",
    )  # fmt: skip
    hot_spots: float = assumed(150.0, 50.0, 400.0, "", "gas flares and large fires that a telescope sees")
    fireballs: float = assumed(
        30.0, 20.0, 300.0, "1/year", "flashes long enough for a track; CNEOS has some 30 a year, a floor"
    )
    solar_bursts: float = assumed(
        0.3, 0.05, 2.0, "1/year", "radio bursts of the Sun that blind the radars by day, as in May 1967"
    )
    solar_burst_s: float = assumed(3600.0, 600.0, 7200.0, "s", "how long such a burst lasts")
    clock_faults: float = assumed(
        0.1, 0.01, 1.0, "1/year", "errors of the clock that all telescopes share, of seconds"
    )
    clock_fault_s: float = assumed(3600.0, 600.0, 86400.0, "s", "until it is found")
    exercises: float = assumed(
        1e-3, 1e-5, 0.05, "1/year",
        "exercise data of an attack under live keys; without keys, once: 9 November 1979",
    )  # fmt: skip
    echoes: float = assumed(
        0.05, 1e-3, 1.0, "1/year", "false reports of a partner about an arc toward protected ground"
    )

    def __post_init__(self) -> None:
        check_assumed(self)


RATES = Rates()
