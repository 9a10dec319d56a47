"""The fireballs of the catalogue against the published table they were taken from."""

import csv

import numpy as np
import pytest

from tocsin.catalogue.figures import DATA
from tocsin.catalogue.fireballs import FROM_UTC, UNTIL_UTC, fireballs
from tocsin.earth.time import tai_from_utc


def signed(text, negative):
    return float(text[:-1]) * (-1.0 if text[-1] == negative else 1.0) if text else np.nan


def test_every_row_equals_the_published_table(reference):
    file = reference / "sensors" / "cneos" / "cneos_fireball_data_20250206.csv"
    rows = sorted(
        csv.DictReader(file.read_text().splitlines()), key=lambda row: row["Peak Brightness Date/Time (UT)"]
    )
    ours = fireballs()
    assert len(rows) == len(ours.t_tai) == 1009
    when = [tai_from_utc(row["Peak Brightness Date/Time (UT)"].replace(" ", "T")) for row in rows]
    np.testing.assert_allclose(ours.t_tai, when, atol=1e-6)
    columns = {
        "lat_deg": [signed(row["Latitude (deg.)"], "S") for row in rows],
        "lon_deg": [signed(row["Longitude (deg.)"], "W") for row in rows],
        "height_km": [float(row["Altitude (km)"] or "nan") for row in rows],
        "radiated_j": [float(row["Total Radiated Energy (J)"]) for row in rows],
    }
    for name, published in columns.items():
        np.testing.assert_allclose(getattr(ours, name), published, rtol=1e-12)
    # As the table's own note counts them.
    assert np.isfinite(ours.lat_deg).sum() == 818
    assert np.isfinite(ours.height_km).sum() == 549


def test_the_span_holds_every_fireball_and_the_source_is_in_the_head():
    t = fireballs().t_tai
    assert tai_from_utc(FROM_UTC) <= t[0]
    assert t[-1] <= tai_from_utc(UNTIL_UTC)
    head = (DATA / "fireballs.csv").read_text(encoding="utf-8").splitlines()[:3]
    assert all(line.startswith("#") for line in head)
    assert "CNEOS" in " ".join(head)
    assert "public domain" in " ".join(head)


def test_the_table_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        fireballs().radiated_j[0] = 1.0
