"""The parts that a false warning may come of: how often each comes, and how its windows are drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import final

from tocsin.errors import TocsinError
from tocsin.study.false_alarm import causes, flights
from tocsin.study.false_alarm.draws import (
    falling,
    ghost_alone,
    glint_alone,
    glint_on_decay,
    glint_on_ghost,
    glint_on_orbit,
    still_light,
)
from tocsin.study.false_alarm.rates import YEAR_S, Rates
from tocsin.study.false_alarm.strata import Stratum, aimed, by_levels, glowing, landing, whole
from tocsin.study.false_alarm.watch import RADARS, SATELLITES

HOT_SPOT_S, FIREBALL_S = 200.0, 6.0
BURST, BURST_OF, BURST_WITHIN_S = 200, 3, 36.0


@final
@dataclass(frozen=True, slots=True)
class Part:
    """What comes per_year times, each with the chance of a false warning that its windows have in the mean.

    cause: what is common to all channels, None of the independent part; launched: something was, so that a
    confirmed event is right and the threat alone is false; beside: not in the sum, told beside it; notices:
    what one channel alone sees, of which the notices are counted; pairs: it comes so often as two things are
    there together, near or far, so that only what needs both means anything.
    """

    name: str
    words: str
    per_year: Callable[[Rates], float]
    strata: tuple[Stratum, ...]
    cause: str | None = None
    launched: bool = False
    beside: bool = False
    notices: bool = False
    pairs: bool = False


def part_of(name: str) -> Part:
    """A part by its name. Raises TocsinError where there is none."""
    found = {p.name: p for p in PARTS}
    if name not in found:
        raise TocsinError(f"--part: no part {name!r}; there are: {', '.join(map(repr, found))}")
    return found[name]


PARTS: tuple[Part, ...] = (
    Part(
        "glowing decay",
        "a body that comes down unforetold, seen glowing by telescopes and by a radar",
        lambda r: r.decays * r.glowing,
        (
            glowing(0, ("low",), 8),
            glowing(0, ("high",), 5),
            glowing(0, ("one",), 4),
            glowing(1, ("low",), 5),
            glowing(1, ("high", "one"), 4),
            glowing(2, ("low", "high", "one"), 4),
        ),
    ),
    Part(
        "near launch",
        "a theatre launch into a sea beside protected ground",
        lambda r: r.near_launches,
        tuple(
            Stratum(
                lambda _s, _r, k=band: float(flights.near_shares()[k]),  # type: ignore[misc]
                lambda _s, _r, rng, k=band: flights.near(k, rng),  # type: ignore[misc]
                n,
                split=True,
            )
            for band, n in ((0, 8), (1, 6), (2, 6))
        ),
        launched=True,
    ),
    Part(
        "sounding rocket",
        "a sounding rocket over northern seas, not foretold",
        lambda r: r.rockets,
        (by_levels(flights.rocket, 6),),
        launched=True,
    ),
    Part(
        "far launch",
        "a theatre launch far from protected ground",
        lambda r: r.far_launches,
        (by_levels(partial(flights.far, 1, 0.0), 6),),
        launched=True,
    ),
    Part(
        "passing launch",
        "a long flight from sea to sea over protected ground",
        lambda r: r.passing_launches,
        (by_levels(flights.passing, 3),),
        launched=True,
    ),
    Part(
        "burst of launches",
        f"{BURST} theatre launches in a day, {BURST_OF} within {BURST_WITHIN_S:g} s",
        lambda r: r.burst_days * BURST / BURST_OF,
        (by_levels(partial(flights.far, BURST_OF, BURST_WITHIN_S), 4),),
        launched=True,
    ),
    Part(
        "space launch",
        "a launch to orbit of another country, not foretold",
        lambda r: r.space_launches,
        (by_levels(flights.to_orbit, 6),),
        launched=True,
    ),
    Part(
        "glint and decay",
        "a telescope's nuisance beside a body that comes down",
        lambda r: len(SATELLITES) * r.telescope_nuisances * r.decays,
        tuple(
            Stratum(landing(k), lambda s, r, rng, k=k: glint_on_decay(s, k, r, rng), n)  # type: ignore[misc]
            for k, n in ((0, 6), (1, 3))
        ),
        pairs=True,
    ),
    Part(
        "glint and object in orbit",
        "a telescope's nuisance beside an uncatalogued object",
        lambda r: len(SATELLITES) * r.telescope_nuisances * r.uncatalogued,
        (Stratum(whole, lambda _s, r, rng: glint_on_orbit(r, rng), 8),),
        pairs=True,
    ),
    Part(
        "glint and ghost",
        "a telescope's nuisance beside a radar's",
        lambda r: len(SATELLITES) * r.telescope_nuisances * len(RADARS) * r.radar_nuisances,
        (Stratum(whole, lambda _s, r, rng: glint_on_ghost(r, rng), 8),),
        pairs=True,
    ),
    Part(
        "hot spot and object in orbit",
        "a flare or fire beneath an uncatalogued object",
        lambda r: r.hot_spots * YEAR_S / HOT_SPOT_S * r.uncatalogued,
        (Stratum(whole, lambda _s, r, rng: still_light(HOT_SPOT_S, r, rng), 6),),
        pairs=True,
    ),
    Part(
        "fireball and object in orbit",
        "a long flash beneath an uncatalogued object",
        lambda r: r.fireballs * r.uncatalogued,
        (Stratum(whole, lambda _s, r, rng: still_light(FIREBALL_S, r, rng), 6),),
        pairs=True,
    ),
    Part(
        "solar burst",
        "the Sun blinds the radars while a launch flies elsewhere",
        lambda r: r.solar_bursts * (r.far_launches + r.near_launches) * r.solar_burst_s / YEAR_S,
        tuple(aimed(near, causes.solar_burst, n) for near, n in ((True, 6), (False, 4))),
        cause="solar burst",
        launched=True,
    ),
    Part(
        "shared clock",
        "all telescopes' clock is off by seconds while a launch flies elsewhere",
        lambda r: r.clock_faults * (r.far_launches + r.near_launches) * r.clock_fault_s / YEAR_S,
        tuple(aimed(near, causes.clock_fault, n) for near, n in ((True, 6), (False, 4))),
        cause="shared clock or software",
        launched=True,
    ),
    Part(
        "exercise data",
        "data of an attack put into every channel under live keys",
        lambda r: r.exercises,
        (Stratum(whole, causes.exercise, 6),),
        cause="exercise data",
    ),
    Part(
        "the partner's echo",
        "a false report of the partner, seen by no sensor of the centre's own",
        lambda r: r.echoes,
        (Stratum(whole, causes.echo, 6),),
        cause="the partner's echo",
    ),
    Part(
        "decay, no satellite",
        "where a picture has no satellite: a body that comes down, seen by radars alone",
        lambda r: r.decays,
        (
            Stratum(landing(0), lambda s, _, rng: falling(s, 0, False, rng, False), 4),
            Stratum(landing(1), lambda s, _, rng: falling(s, 1, False, rng, False), 3),
        ),
        beside=True,
    ),
    Part(
        "glint alone",
        "a telescope's nuisance, with nothing beside it",
        lambda r: len(SATELLITES) * r.telescope_nuisances,
        (Stratum(whole, lambda _s, r, rng: glint_alone(r, rng), 6),),
        beside=True,
        notices=True,
    ),
    Part(
        "ghost alone",
        "a radar's nuisance, with nothing beside it",
        lambda r: len(RADARS) * r.radar_nuisances,
        (Stratum(whole, lambda _s, r, rng: ghost_alone(r, rng), 6),),
        beside=True,
        notices=True,
    ),
)
