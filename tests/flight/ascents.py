"""Ascents with known unknowns, and the tables that a webcast would make of them."""

import json
from pathlib import Path

import numpy as np

from tocsin.earth.ellipsoid import geodetic_from_ecef
from tocsin.flight.notional import Notional
from tocsin.motion.thrust import ascend

LAT, LON, BEARING = np.radians(28.5), np.radians(-80.6), np.radians(90.0)
STEERING = 0.05
VEHICLE = Notional(
    thrust=13.0, exhaust=2950.0, burn_s=155.4, cap=37.0, ln_later=np.log(1.08), ln_drag=np.log(1.5)
)
REAL = ("Iridium_NEXT_4", "SpaceX_CRS-12", "TESS", "SES-10", "GPS_III_SV01", "Intelsat_35e")


def flown(vehicle=VEHICLE, until=165.0, step=1.0, steering=STEERING):
    """Times (n,) s, speeds (n,) m/s, heights (n,) m and states (n, 6) of a notional ascent."""
    t = np.arange(0.0, until + 1e-9, step)
    x = ascend(vehicle.rocket(), (LAT, LON, 0.0), BEARING, steering, vehicle.burn_s, t)
    return t, np.linalg.norm(x[:, 3:], axis=1), geodetic_from_ecef(x[:, :3])[2], x


def shown(speed, height):
    """Speed and height as a webcast shows them: to 1 km/h and 0.1 km."""
    return np.round(speed * 3.6) / 3.6, np.round(height / 100.0) * 100.0


def csv(file: Path, t, speed, height) -> Path:
    """The table as a CSV file."""
    rows = "".join(f"{a!r},{b!r},{c / 1e3!r}\n" for a, b, c in np.column_stack([t, speed, height]).tolist())
    file.write_text("time_s,speed_m_s,height_km\n" + rows)
    return file


def analysed(file: Path, t, speed, height, **events) -> Path:
    """The table as NAME.analysed.json, the events as NAME.events.json beside it."""
    columns = {"time": list(t), "velocity": list(speed), "altitude": list(height / 1e3)}
    file.write_text(json.dumps(columns))
    if events:
        file.with_name(file.name.replace(".analysed.", ".events.")).write_text(json.dumps(events))
    return file


def real(reference: Path, name: str) -> Path:
    """A real launch's table among the reference facts."""
    return reference / "sensors" / "telemetry" / f"{name}.analysed.json"
