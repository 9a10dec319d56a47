"""The satellite of 1983 against the reconstruction it was taken from."""

import json

from tocsin.catalogue.incident import cosmos_1382
from tocsin.earth.time import tai_from_utc


def test_the_orbit_is_the_reconstructed_one(reference):
    file = reference / "incidents" / "cosmos1382_19830925_reconstructed.json"
    told, ours = json.loads(file.read_text()), cosmos_1382()
    assert ours.epoch_utc == told["epoch_utc"]
    assert ours.epoch_t == tai_from_utc(told["epoch_utc"])
    pairs = {
        "a_km": "a_km", "eccentricity": "e", "inclination_deg": "i_deg", "raan_deg": "raan_deg",
        "argp_deg": "argp_deg", "true_anomaly_deg": "true_anomaly_deg_assumed",
    }  # fmt: skip
    for mine, theirs in pairs.items():
        assert getattr(ours, mine) == told[theirs]
    assert str(ours.norad) in told["object"]


def test_it_says_what_is_reconstructed_and_what_is_assumed():
    ours = cosmos_1382()
    assert ours.source.startswith("reconstructed")
    assert ours.notes["true_anomaly_deg"].startswith("assumed")
    assert ours.true_anomaly_range_deg[0] <= ours.true_anomaly_deg <= ours.true_anomaly_range_deg[1]
    assert "wide area" in ours.notes["area_lat_deg"]
