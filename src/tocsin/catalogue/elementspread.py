"""How far published element sets are off: nobody publishes it with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from tocsin.catalogue.assumed import assumed, check_assumed


@final
@dataclass(frozen=True, slots=True)
class ElementSpread:
    """1-sigma errors of an element set, of its orbit at the epoch and of how it grows with age.

    radial_m and cross_m are amplitudes of once-a-revolution errors: those of the eccentricity's vector, which
    is as large in height and twice along the track, and of the plane. Sources of the size: Flohrer, Krag and
    Klinkrad, AMOS 2008 (some 100 m radial and across, 100 to 500 m along, as recalled); Levit and Marshall,
    Advances in Space Research 47 (2011), whose better way grows by 100 m a day, "approximately 10-fold" less
    than SGP4 on single sets.
    """

    along_m: float = assumed(500.0, 200.0, 2000.0, "m", "along the track at the epoch")
    radial_m: float = assumed(100.0, 50.0, 300.0, "m", "of the eccentricity's vector at the epoch")
    cross_m: float = assumed(150.0, 50.0, 300.0, "m", "of the plane at the epoch")
    along_m_day: float = assumed(1000.0, 300.0, 3000.0, "m a day", "along the track, of the mean motion")
    drag_m_day: float = assumed(
        300.0, 0.0, 3000.0, "m", "along the track after a day, of drag: a random walk of the rate", zero=True
    )
    wander_m_day: float = assumed(
        50.0, 0.0, 200.0, "m", "of eccentricity and plane after a day: a random walk", zero=True
    )

    def __post_init__(self) -> None:
        check_assumed(self)


ELEMENT_SPREAD = ElementSpread()
