"""`tocsin fit-ascent`."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from tocsin.cli.fly import check_picture
from tocsin.cli.options import Json
from tocsin.errors import TocsinError

if TYPE_CHECKING:
    from tocsin.flight.fit_ascent import AscentFit

ASSUMED = (
    "assumed: 550 t at lift-off (a path tells forces over masses only), five spans of constant thrust, gravity turn, "
    "US Standard Atmosphere 1976, no wind"
)


def fit_ascent(
    table: Annotated[Path, Parameter(help="Telemetry: analysed JSON, or CSV of time_s,speed_m_s,height_km.")],
    /,
    *,
    lat_deg: Annotated[float, Parameter(help="Latitude of the launch, degrees.")] = 28.5,
    bearing_deg: Annotated[float, Parameter(help="Bearing of the flight, degrees from north.")] = 90.0,
    picture: Annotated[Path | None, Parameter(help="A file (.png) for a picture of the match.")] = None,
    json: Json = False,
) -> int:
    """Match a notional two-stage vehicle to a real ascent, up to stage separation."""
    from tocsin.cli.terminal import bar, print_json, screen
    from tocsin.flight.fit_ascent import fit_ascent as fitted
    from tocsin.interchange.telemetry import read_telemetry

    check_picture(picture)
    if not -90.0 <= lat_deg <= 90.0:
        raise TocsinError(f"--lat-deg {lat_deg:g} is no latitude: give -90 to 90")
    if not 0.0 <= bearing_deg <= 360.0:
        raise TocsinError(f"--bearing-deg {bearing_deg:g} is no bearing: give 0 to 360")
    telemetry = read_telemetry(table)
    with bar("matching a notional vehicle") as tell:
        fit = fitted(telemetry, math.radians(lat_deg), math.radians(bearing_deg), tell)
    told = figures(fit, table, lat_deg, bearing_deg)
    if picture is not None:
        from tocsin.console.picture.ascent import draw_ascent

        draw_ascent(
            telemetry.name,
            fit.t,
            (fit.told_height, fit.height),
            (fit.told_speed, fit.speed),
            picture,
            ASSUMED,
        )
    if json:
        print_json(told)
        return 0
    out = screen()
    verdict = "[bold green]matched[/]" if fit.matched else "[bold red]not matched[/]"
    h, v = told["height"], told["speed"]
    out.print(f"{verdict}  {telemetry.name}: within 3 km and 80 m/s up to {fit.t[-1]:g} s is the measure")
    out.print(
        f"    height: at most {h['worst_km']:.2f} km apart, at {h['at_s']:g} s; rms {h['rms_km']:.2f} km"
    )
    out.print(
        f"    speed: at most {v['worst_m_s']:.0f} m/s apart, at {v['at_s']:g} s; rms {v['rms_m_s']:.0f} m/s"
    )
    out.print(
        f"    specific thrust {told['specific_thrust_m_s2']:.2f} +- {told['specific_thrust_sigma']:.2f} m/s2, "
        f"exhaust {told['exhaust_m_s']:,.0f} +- {told['exhaust_sigma']:,.0f} m/s, burn {fit.cutoff_s:g} s"
    )
    out.print("    thrust by fifth of the burn: " + ", ".join(f"{s:.2f}" for s in told["thrust_share"]))
    out.print(f"    {ASSUMED}", style="dim", markup=False)
    return 0


def figures(fit: AscentFit, table: Path, lat_deg: float, bearing_deg: float) -> dict[str, Any]:
    """The match in plain figures; how the notional vehicle was steered is not among them."""
    dh, dv = fit.height - fit.told_height, fit.speed - fit.told_speed
    i, j = int(abs(dh).argmax()), int(abs(dv).argmax())
    return {
        "table": str(table),
        "name": fit.telemetry.name,
        "matched": fit.matched,
        "lat_deg": lat_deg,
        "bearing_deg": bearing_deg,
        "burn_s": fit.cutoff_s,
        "until_s": float(fit.t[-1]),
        "height": {
            "worst_km": round(abs(dh[i]) / 1e3, 3),
            "at_s": float(fit.t[i]),
            "rms_km": round(float((dh**2).mean()) ** 0.5 / 1e3, 3),
        },
        "speed": {
            "worst_m_s": round(abs(dv[j]), 2),
            "at_s": float(fit.t[j]),
            "rms_m_s": round(float((dv**2).mean()) ** 0.5, 2),
        },
        "specific_thrust_m_s2": round(fit.specific_thrust, 4),
        "specific_thrust_sigma": round(float(fit.sigma[0]), 4),
        "exhaust_m_s": round(fit.exhaust_m_s, 2),
        "exhaust_sigma": round(float(fit.sigma[1]), 2),
        "thrust_share": [round(float(s), 4) for s in fit.thrust_share],
        "assumed": ASSUMED,
    }
