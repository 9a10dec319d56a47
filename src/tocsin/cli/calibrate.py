"""`tocsin calibrate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from tocsin.cli.fly import check_picture
from tocsin.cli.lookoptions import (
    FrequencyMHz,
    LooksFile,
    ResidualPicture,
    RoundTrip,
    SigmaAngleDeg,
    SigmaRangeM,
    Uncorrected,
)
from tocsin.cli.options import Json
from tocsin.cli.station import StationWords

NOT_CONVERGED = 1


def calibrate(
    file: LooksFile,
    path: Annotated[list[Path], Parameter(help="Known paths: OEM, SP3, CPF, TLE or OMM files.", negative=())],
    /,
    *,
    station: StationWords,
    sigma_range_m: SigmaRangeM = None,
    sigma_angle_deg: SigmaAngleDeg = None,
    path_error_m: Annotated[
        str | None,
        Parameter(
            help="1-sigma error of the paths, radial,along,across: 0,0,0 or as assumed of element sets."
        ),
    ] = None,
    round_trip: RoundTrip = False,
    uncorrected: Uncorrected = False,
    frequency_mhz: FrequencyMHz = None,
    picture: ResidualPicture = None,
    json: Json = False,
) -> int:
    """A radar's lasting errors, with sigmas, from its looks at bodies whose paths are known."""
    from tocsin.cli.calibratefigures import calibrated, calibration_figures
    from tocsin.cli.declared import declared_lines
    from tocsin.cli.lookfile import given, read_looks
    from tocsin.cli.station import stations_of
    from tocsin.cli.tell.calibrate import tell_calibration
    from tocsin.cli.terminal import print_json, screen
    from tocsin.interchange.arrowlooks import is_arrow

    check_picture(picture)
    stations = stations_of(station, frequency_mhz)
    table = read_looks(file, stations, sigma_range_m, sigma_angle_deg, round_trip)
    done = calibrated(given(table, stations, uncorrected), path, path_error_m)
    told = calibration_figures(
        str(file),
        done,
        declared_lines((done.station,), sigma_range_m, sigma_angle_deg, is_arrow(file), False),
    )
    if picture is not None:
        from tocsin.console.picture.residuals import draw_residuals

        white = done.found.residuals
        draw_residuals(
            f"{done.station.name}: {done.found.status}", done.looks.t, done.arc, done.bodies,
            white * done.looks.sigma, white, tuple(told["notes"]), picture,
        )  # fmt: skip
    if json:
        print_json(told)
    else:
        tell_calibration(screen(), told)
    return 0 if done.found.status == "converged" else NOT_CONVERGED
