"""`tocsin fit-ascent`."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tocsin.cli.fly import check_picture
from tocsin.cli.options import Json
from tocsin.errors import TocsinError

NOT_MATCHED = 1


def fit_ascent(
    table: Annotated[Path, Parameter(help="Telemetry: analysed JSON, or CSV of time_s,speed_m_s,height_km.")],
    /,
    *,
    lat_deg: Annotated[float, Parameter(help="Latitude of the launch, degrees.")] = 28.5,
    bearing_deg: Annotated[float, Parameter(help="Bearing of the flight, degrees from north.")] = 90.0,
    picture: Annotated[Path | None, Parameter(help="A file (.png) for a picture of the match.")] = None,
    json: Json = False,
) -> int:
    """Match a notional two-stage launcher to a real ascent, up to stage separation."""
    from tocsin.cli.ascentfigures import ASSUMED, fit_figures
    from tocsin.cli.tell.ascent import tell_fit
    from tocsin.cli.terminal import bar, print_json, screen
    from tocsin.flight.fit_ascent import fit_ascent as fitted
    from tocsin.interchange.telemetry import read_telemetry

    check_picture(picture)
    if not -90.0 <= lat_deg <= 90.0:
        raise TocsinError(f"--lat-deg {lat_deg:g} is no latitude: give -90 to 90")
    if not 0.0 <= bearing_deg <= 360.0:
        raise TocsinError(f"--bearing-deg {bearing_deg:g} is no bearing: give 0 to 360")
    telemetry = read_telemetry(table)
    with bar("matching a notional launcher") as tell:
        fit = fitted(telemetry, math.radians(lat_deg), math.radians(bearing_deg), tell)
    told = fit_figures(fit, lat_deg, bearing_deg)
    if picture is not None:
        from tocsin.console.picture.ascent import draw_ascent

        h, v = (fit.told_height, fit.height), (fit.told_speed, fit.speed)
        draw_ascent(fit.telemetry.name, fit.t, h, v, fit.vehicle.burn_s, ASSUMED, picture)
    if json:
        print_json(told)
    else:
        tell_fit(screen(), told)
    return 0 if fit.matched else NOT_MATCHED
