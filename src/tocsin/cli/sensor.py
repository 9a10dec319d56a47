"""`tocsin sensor`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tocsin.cli.fly import check_picture
from tocsin.cli.options import Json


def sensor(
    name: Annotated[str, Parameter(help="The key of a satellite or radar; `catalogue list` tells them.")],
    /,
    *,
    picture: Annotated[
        Path | None, Parameter(help="A file (.png) for a picture of its coverage, detection and accuracy.")
    ] = None,
    date: Annotated[
        str | None, Parameter(help="UTC, for the satellite's place and the duty; 2025-07-15 unless given.")
    ] = None,
    json: Json = False,
) -> int:
    """Tell a sensor's parameters with their sources, and draw what follows from them."""
    from tocsin.catalogue.own import own_sound
    from tocsin.cli.sensorfigures import sensor_figures
    from tocsin.cli.tell.sensor import tell_sensor
    from tocsin.cli.terminal import print_json, screen
    from tocsin.cli.whichsensor import sensor_of

    check_picture(picture)
    chosen = sensor_of(name, date)
    if broken := own_sound().broken:
        print(f"tocsin: warning: your own catalogue has a broken file: {broken[0]}", file=sys.stderr)
    told = sensor_figures(chosen)
    if picture is not None:
        from tocsin.cli.sensorscene import draw_sensor

        draw_sensor(chosen, picture)
    if json:
        print_json(told)
    else:
        tell_sensor(screen(), told)
    return 0
