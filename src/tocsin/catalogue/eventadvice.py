"""What to advise the writer of an event file."""

from tocsin.catalogue.filekind import FileKind
from tocsin.catalogue.nottoml import not_toml
from tocsin.catalogue.plan import KINDS
from tocsin.catalogue.schema import TABLES

_PLACE = "{ lat_deg = 40.0, lon_deg = 170.0 }"
_RELEASE = "{ count = 5, dv_m_s = 2.0, after_burnout_s = 60.0, beta_kg_m2 = 100.0, rcs_m2 = 0.1 }"


EVENT_FILE = FileKind(
    tables=TABLES,
    absent="give the path of an event's TOML file",
    unreadable="give a file you may read",
    too_large="an event's TOML file is far smaller",
    not_text="give an event's TOML file",
    not_toml=not_toml("an event's TOML"),
    examples={
        "name": 'name = "my event"',
        "vehicle": 'vehicle = "icbm-liquid"',
        "space_launch.vehicle": 'vehicle = "launcher-medium"',
        **{f"{kind}.name": 'name = "what it is"' for kind in KINDS},
        "file": 'file = "its-table.csv"',
        "velocity_km_s": "velocity_km_s = [10.0, -10.0, -5.0]",
        "epoch_utc": 'epoch_utc = "2025-07-15T00:00:00Z"',
        "count": "count = 5",
        "radar": 'radar = "MIS1"',
        "body": 'body = "icbm-liquid"',
        "brightness": "brightness = 2.0",
        "norad": "norad = 25544",
        "launch": f"launch = {_PLACE}",
        "impact": "impact = { lat_deg = 40.0, lon_deg = -150.0 }",
        "loft": "loft = 1.0",
        "source": 'source = "where the figures come from"',
        "who": 'who = "who said so"',
    },
    shapes={
        "launch": _PLACE,
        "impact": _PLACE,
        "release": _RELEASE,
        "debris": _RELEASE,
        "glide": "{ lift_to_drag = 2.0, beta_kg_m2 = 8000.0 }",
    },
    any_value="0.0",
)
