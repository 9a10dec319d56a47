"""What is assumed of nuisances, faults and silent sensors: every figure that a Bayes factor rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from tocsin.catalogue.assumed import assumed, check_assumed


@final
@dataclass(frozen=True, slots=True)
class EvidenceModel:
    """The figures behind the Bayes factors; TocsinError for one that is impossible.

    All are assumed: no rate of nuisances or faults of such sensors is published. The factors are shares
    turned over: one nuisance in `channel_factor` moves as a missile would.
    """

    channel_factor: float = assumed(
        300.0, 100.0, 1000.0, "", "what one channel is worth at most against a nuisance or fault of its own"
    )
    common_factor: float = assumed(
        1000.0, 100.0, 1e5, "", "what all channels are worth at most against data put into all of them"
    )
    nuisance_chance: float = assumed(
        1e-3, 1e-4, 1e-2, "", "that another channel has a nuisance of its own at the time of an event"
    )
    chance_agreement: float = assumed(
        1e-3, 1e-4, 1e-2, "", "that a nuisance lies by chance where another channel's track is"
    )
    nuisance_m_s: float = assumed(
        500.0, 200.0, 1500.0, "m/s", "1 sigma of how fast a glint or a false echo seems to move"
    )
    drift_m_s: float = assumed(
        30.0, 10.0, 60.0, "m/s", "1 sigma of how fast fires, flares and clouds drift before a telescope"
    )
    echo_m_s: float = assumed(
        300.0, 100.0, 1000.0, "m/s", "1 sigma of how fast trails of meteors and aurora drift before a radar"
    )
    plume_m_s: float = assumed(
        2500.0, 1500.0, 3500.0, "m/s", "1 sigma of a rising plume's speed across the line of sight"
    )
    body_m_s: float = assumed(
        4000.0, 3000.0, 5000.0, "m/s", "1 sigma an axis of the speed of what is launched"
    )
    body_m_s2: float = assumed(10.0, 8.0, 20.0, "m/s2", "1 sigma an axis of how its path bends, by gravity")
    echo_m_s2: float = assumed(0.5, 0.1, 2.0, "m/s2", "1 sigma of how the path of a false echo bends")
    unexplained: float = assumed(
        0.02, 0.005, 0.05, "", "share of launches that fly on no ballistic arc for a minute of radar looks"
    )
    glows: float = assumed(
        0.3, 0.1, 1.0, "", "share of bodies from orbit that a telescope sees glow as they come down"
    )
    burns_down: float = assumed(
        0.01, 0.001, 0.05, "", "share of launches that are seen to burn below 90 km while they fall"
    )
    doubt: float = assumed(
        0.02,
        0.005,
        0.1,
        "",
        "that a sensor which should see it does not, for a reason that nobody thought of",
    )
    least_absence: float = assumed(
        1e-4, 1e-5, 1e-3, "", "to which silence of any number of sensors can lower a launch"
    )

    def __post_init__(self) -> None:
        check_assumed(self)


EVIDENCE = EvidenceModel()
