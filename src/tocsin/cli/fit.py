"""`tocsin fit`."""

from __future__ import annotations

import math
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
    SigmaRateMS,
    Uncorrected,
)
from tocsin.cli.options import Json
from tocsin.cli.station import USUAL, StationWords
from tocsin.errors import TocsinError

NOT_CONVERGED = 1
LONGEST_MIN = 1440.0


def fit(
    file: LooksFile,
    /,
    *,
    station: StationWords,
    sigma_range_m: SigmaRangeM = None,
    sigma_angle_deg: SigmaAngleDeg = None,
    sigma_rate_m_s: SigmaRateMS = USUAL.sigma_rate_m_s,
    drag: Annotated[float, Parameter(help="Cd A / m, m2/kg; 0 for none.")] = 0.0,
    round_trip: RoundTrip = False,
    uncorrected: Uncorrected = False,
    frequency_mhz: FrequencyMHz = None,
    object: Annotated[str | None, Parameter(help="Whose looks, where a file holds several bodies'.")] = None,
    minutes: Annotated[float, Parameter(help="For how long to predict.")] = 10.0,
    picture: ResidualPicture = None,
    json: Json = False,
) -> int:
    """Fit one unpowered arc to the looks of a real satellite or body, biases included, and predict."""
    from tocsin.cli.declared import declared_lines
    from tocsin.cli.fitfigures import fit_figures
    from tocsin.cli.lookfile import given, of_body, read_looks
    from tocsin.cli.station import stations_of
    from tocsin.cli.tell.fit import tell_arc
    from tocsin.cli.terminal import print_json, screen
    from tocsin.estimate.arcfit import fit_arc
    from tocsin.estimate.looks import without_rates
    from tocsin.interchange.arrowlooks import is_arrow

    check_picture(picture)
    if not (math.isfinite(drag) and 0.0 <= drag <= 10.0):
        raise TocsinError(f"--drag {drag:g} is no Cd A / m: give 0 to 10 m2/kg")
    if not 0.0 < minutes <= LONGEST_MIN:
        raise TocsinError(f"--minutes {minutes:g}: give more than 0 and at most {LONGEST_MIN:g}")
    stations = stations_of(station, frequency_mhz)
    read = read_looks(file, stations, sigma_range_m, sigma_angle_deg, round_trip, sigma_rate_m_s)
    body, table = of_body(read, object)
    looks = given(table, stations, uncorrected)
    channels = tuple(s.channel for s in looks.stations)
    found = fit_arc(looks.looks, channels, drag)
    rated = bool(looks.looks.rated.any())
    blamed = False
    if rated and found.verdict in ("diverged", "contradictory"):
        blamed = fit_arc(without_rates(looks.looks), channels, drag).verdict == "converged"
    assumes = rated and sigma_rate_m_s == USUAL.sigma_rate_m_s
    declared = declared_lines(looks.stations, sigma_range_m, sigma_angle_deg, is_arrow(file), assumes)
    told = fit_figures(str(file), body, looks, found, drag, minutes, declared, blamed)
    if picture is not None:
        from tocsin.console.picture.residuals import draw_residuals

        names = tuple(s.name for s in looks.stations)
        draw_residuals(
            f"{body or file.name}: {found.verdict}", looks.looks.t, looks.looks.channel, names,
            found.residuals, found.whitened, tuple([*told["remarks"], *told["notes"]][:5]), picture,
        )  # fmt: skip
    if json:
        print_json(told)
    else:
        tell_arc(screen(), told)
    return 0 if found.verdict == "converged" else NOT_CONVERGED
