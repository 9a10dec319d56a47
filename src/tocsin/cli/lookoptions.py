"""What the commands that read looks are told of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

LooksFile = Annotated[Path, Parameter(help="Looks: a CCSDS TDM, or Arrow (.arrow) or Parquet (.parquet).")]
SigmaRangeM = Annotated[
    float | None,
    Parameter(help="Noise of a TDM's ranges, m; the catalogue's of its radars, else 50 m (assumed)."),
]
SigmaAngleDeg = Annotated[
    float | None,
    Parameter(help="Noise of a TDM's angles, deg; the catalogue's of its radars, else 0.1 deg (assumed)."),
]
SigmaRateMS = Annotated[float, Parameter(name="--sigma-rate-m-s", help="Noise of a TDM's range rates, m/s.")]
RoundTrip = Annotated[
    bool, Parameter(negative=(), help="A TDM's ranges and range rates are those of the way there and back.")
]
Uncorrected = Annotated[
    bool, Parameter(negative=(), help="The looks still hold the whole refraction of the air.")
]
FrequencyMHz = Annotated[
    float | None, Parameter(help="The radar's frequency, for the air over a station that is a place.")
]
ResidualPicture = Annotated[Path | None, Parameter(help="A file (.png) for a picture of the residuals.")]
