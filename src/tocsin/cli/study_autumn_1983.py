"""`tocsin study autumn-1983`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from tocsin.cli.fly import check_picture
from tocsin.cli.options import Json

if TYPE_CHECKING:
    from tocsin.console.picture.autumn_1983 import AutumnScene
    from tocsin.study.autumn_1983 import Autumn

COLUMNS = (
    "true\nanomaly",
    "sunlight\nturned by",
    "bright-\nness",
    "mirror point\noff the line",
    "false looks\na frame",
    "above a tenth\nin its place",
    "3 h before, after,\nin its place",
    "3 h before, after,\non its own pass",
)
NEAR = 0.025  # rad, half the width of the window about the base
ABOUT = "plausibility, not reproduction: a reconstructed orbit; phase, cloud and telescope assumed"


def study_autumn_1983(
    *,
    picture: Annotated[Path | None, Parameter(help="A file (.png) for a picture of the study.")] = None,
    json: Json = False,
) -> int:
    """Sunlight toward the base on 25 September 1983: hours, year and unknown phase."""
    from rich.table import Table

    from tocsin.cli.terminal import print_json, screen
    from tocsin.study.autumn_1983 import autumn_1983

    check_picture(picture)
    found = autumn_1983()
    told = figures(found)
    if picture is not None:
        from tocsin.console.picture.autumn_1983 import draw_autumn

        draw_autumn(_scene(found), picture)
    if json:
        print_json(told)
        return 0
    out = screen()
    out.print(f"[bold]{told['satellite']}[/], {told['epoch_utc']}, toward the {told['area']}")
    table = Table(box=None, pad_edge=False)
    for words in COLUMNS:
        table.add_column(words, justify="right")
    for row in told["phases"]:
        table.add_row(
            f"{row['true_anomaly_deg']:.0f} deg",
            f"{row['scattering_deg']:.1f} deg",
            f"{row['index']:.1f}",
            f"{row['mirror_mrad']:.0f} mrad",
            f"{row['looks']:.2g}",
            f"{row['held_from_utc']}-{row['held_until_utc']}",
            f"{row['held_before']:.1g}, {row['held_after']:.1g}",
            f"{row['own_before']:.1g}, {row['own_after']:.1g}",
        )
    out.print(table)
    for line in told["notes"]:
        out.print(f"    {line}", style="dim", markup=False)
    return 0


def figures(found: Autumn) -> dict[str, Any]:
    """The study in plain figures."""
    import numpy as np

    from tocsin.catalogue.incident import cosmos_1382
    from tocsin.study.autumn_1983 import HOURS, SHOWN_DEG, span_of

    own = cosmos_1382()
    now, before, after = (int(np.argmin(np.abs(HOURS - h))) for h in (0.0, -3.0, 3.0))
    rows = []
    for anomaly, held, passing in zip(SHOWN_DEG, found.held, found.own, strict=True):
        first, last = span_of(HOURS, held.looks)
        rows.append(
            {
                "true_anomaly_deg": anomaly,
                "scattering_deg": round(float(np.degrees(held.scattering[now])), 2),
                "index": round(float(held.index[now]), 2),
                "mirror_mrad": round(float(1e3 * held.mirror[now]), 1),
                "looks": float(f"{held.looks[now]:.3g}"),
                "held_from_utc": _clock(first),
                "held_until_utc": _clock(last),
                "held_before": float(f"{held.looks[before] / held.looks[now]:.2g}"),
                "held_after": float(f"{held.looks[after] / held.looks[now]:.2g}"),
                "own_before": float(f"{passing.looks[before] / held.looks[now]:.2g}"),
                "own_after": float(f"{passing.looks[after] / held.looks[now]:.2g}"),
            }
        )
    return {
        "satellite": own.name,
        "epoch_utc": own.epoch_utc,
        "area": own.area,
        "phases": rows,
        "notes": list(_notes()),
    }


def _clock(hours: float) -> str:
    from tocsin.catalogue.incident import cosmos_1382
    from tocsin.earth.time import utc_from_tai

    return utc_from_tai(cosmos_1382().epoch_t + 3600.0 * hours)[11:16]


def _notes() -> tuple[str, ...]:
    import math

    from tocsin.sensor.infrared.cloud_looks import CLOUD_LOOKS
    from tocsin.sensor.infrared.sunfield import SUN_LIMITS
    from tocsin.sensor.infrared.sunlit import HIGH_CLOUD

    c, k, s = HIGH_CLOUD, CLOUD_LOOKS, SUN_LIMITS
    tilt, near, blind = (math.degrees(v) for v in (c.tilt, s.near, s.exclusion))
    return (
        ABOUT,
        "brightness: of the brightest cloud within 10 mrad of the line over the base, over the same cloud, "
        "sunlit, seen from overhead; 3 h before and after: looks over those at 20:15",
        f"assumed cloud: {c.height_m / 1e3:g} km high, optical depth {c.depth:g}, forward asymmetry "
        f"{c.forward:g}, {c.plates:.0%} level plates within {tilt:.1f} deg; a look where a cell is "
        f"{k.threshold:g} times as bright; at 10 km water vapour leaves a thirtieth of the looks",
        f"assumed telescope: the Sun raises the noise within {near:.0f} deg of the line of sight and blinds "
        f"within {blind:.0f} deg, which ends the hours of its own pass, but for 160 deg not within 3 h",
    )


def _scene(found: Autumn) -> AutumnScene:
    """What the picture draws."""
    import math
    from datetime import date

    import numpy as np

    from tocsin.catalogue import borders
    from tocsin.catalogue.incident import cosmos_1382
    from tocsin.console.picture.autumn_1983 import AutumnScene, Curves, Window
    from tocsin.earth.bodies import sun_ecef
    from tocsin.sensor.infrared.mirror import mirror_point
    from tocsin.sensor.infrared.sunlit import HIGH_CLOUD
    from tocsin.study.autumn_1983 import DAYS, HOURS, SHOWN_DEG, over_the_base, satellite
    from tocsin.study.disc import index_at, limb_at, outlines_in_view, seen_at

    own = cosmos_1382()
    t, height = np.array([own.epoch_t]), HIGH_CLOUD.height_m
    r, sun = satellite(t, math.radians(own.true_anomaly_deg))[0], sun_ecef(t)[0]
    base = seen_at(over_the_base(), r)
    mirror = seen_at(mirror_point(r[None], sun, height)[0], r)
    limb = limb_at(r, height)
    reach = 1.04 * float(np.abs(limb).max())
    windows = []
    for middle, half, count in ((np.zeros(2), reach, 301), (base, NEAR, 201)):
        x, y = (v + np.linspace(-half, half, count) for v in middle)
        windows.append(Window(1e3 * x, 1e3 * y, index_at(r, sun, x, y)))
    curves = tuple(
        Curves(f"{anomaly:.0f} deg", held.looks, passing.looks, year.index, np.degrees(year.scattering))
        for anomaly, held, passing, year in zip(SHOWN_DEG, found.held, found.own, found.year, strict=True)
    )
    day, clock = own.epoch_utc[:10], own.epoch_utc[11:16]
    hour = int(clock[:2]) + int(clock[3:]) / 60.0
    return AutumnScene(
        whole=windows[0],
        near=windows[1],
        outlines=tuple(1e3 * line for line in outlines_in_view(r, borders())),
        limb=1e3 * limb,
        base=(1e3 * float(base[0]), 1e3 * float(base[1])),
        mirror=(1e3 * float(mirror[0]), 1e3 * float(mirror[1])) if np.isfinite(mirror).all() else None,
        hours=hour + HOURS,
        event_hour=hour,
        event_date=date.fromisoformat(day),
        days=DAYS,
        curves=curves,
        phase_deg=found.phase_deg,
        phase_index=found.phase.index,
        phase_angle_deg=np.degrees(found.phase.scattering),
        notes=(
            *_notes(),
            f"borders of today: {borders().source}; they say nothing of whose claim is right",
        ),
    )
