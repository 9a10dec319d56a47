"""By what rules a look is a known object's, and when one is told to be absent or to have manoeuvred."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

from tocsin.catalogue.assumed import assumed, check_assumed


@final
@dataclass(frozen=True, slots=True)
class Plan:
    """gate: limit of nu' S^-1 nu, 3 degrees of freedom: 25 loses 1.5 looks in 100,000.

    false_absent: chance, at one scan, that an object that is there is told to be absent; false_manoeuvred:
    chance that looks which are nobody's, each by itself, carry one wrong hypothesis to a report, or that an
    object's own looks, from any one of them on, seem too far off. All are sequential tests (Wald 1945).
    """

    gate: float = assumed(25.0, 14.0, 36.0, "", "limit of the squared normalised innovation")
    false_absent: float = assumed(1e-9, 1e-12, 1e-4, "", "chance at each scan of an object in view")
    false_manoeuvred: float = assumed(1e-9, 1e-12, 1e-4, "", "chance of each hypothesis that is begun")
    detection: float = assumed(0.9, 0.5, 0.95, "", "most that a look of a strong echo is reckoned with")
    search: float = assumed(0.1, 0.0, 0.5, "", "chance of a look in a scan before the radar has found it")
    loss_db: float = assumed(6.0, 0.0, 10.0, "dB", "of steering, off what the reference promises")
    given_up: float = assumed(5.0, 2.0, 10.0, "", "misses in a row after which the radar must find it anew")
    unknown: float = assumed(
        20.0, 0.0, 500.0, "", "objects in a radar's view that no catalogue has", zero=True
    )
    push_m_s: float = assumed(5.0, 0.5, 50.0, "m/s", "change of speed of a manoeuvre that is looked for")
    aside_m: float = assumed(50e3, 5e3, 200e3, "m", "along the track, how far it may have gone meanwhile")
    least_looks: float = assumed(4.0, 3.0, 10.0, "", "that a manoeuvre is told from")
    hopeful: float = assumed(0.5, 0.3, 0.8, "", "least chance of a look with which a miss is odd")
    awaited: float = assumed(2.0, 1.0, 5.0, "", "misses in a row before a manoeuvre is looked for")

    def __post_init__(self) -> None:
        check_assumed(self)

    @property
    def absent_at(self) -> float:
        """The score of misses, -sum ln(1 - P_d), at which an object is absent."""
        return -math.log(self.false_absent)

    @property
    def manoeuvred_at(self) -> float:
        """The log-likelihood ratio at which it has manoeuvred."""
        return -math.log(self.false_manoeuvred)


PLAN = Plan()
