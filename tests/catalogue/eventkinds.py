"""An event file with something of every kind."""

from pathlib import Path

TLE = (
    "1 54223U 22145A   25212.14688203 -.00000873  00000-0  00000-0 0  9993",
    "2 54223  63.5980 322.3565 7157437 269.0287  16.1450  2.00630709 20122",
)
# In another order than the plans'.
EVERY = f"""\
name = "every kind"
start_utc = "2025-07-15T00:00:00Z"
[[ascent]]
name = "filmed"
file = "telemetry.json"
launch = {{ lat_deg = 28.6, lon_deg = -80.6 }}
bearing_deg = 90.0
launch_s = 5.0
[[path]]
name = "from elsewhere"
file = "below/track.oem"
burns_until_s = 100.0
[[meteor]]
name = "bright"
lat_deg = 54.8
lon_deg = 61.1
height_km = 23.3
velocity_km_s = [12.8, -13.3, -2.4]
mass_kg = 1e7
[[reentry]]
name = "falling"
tle = ["{TLE[0]}", "{TLE[1]}"]
start_s = 60.0
[[satellite]]
name = "circling"
rcs_m2 = 20.0
[satellite.elements]
epoch_utc = "2025-07-14"
mean_motion_rev_day = 15.5
eccentricity = 0.001
inclination_deg = 51.6
raan_deg = 10.0
argp_deg = 20.0
mean_anomaly_deg = 30.0
bstar = 0.0001
norad = 25544
source = "assumed"
[[space_launch]]
vehicle = "launcher-medium"
launch = {{ lat_deg = 45.9, lon_deg = 63.3 }}
bearing_deg = 62.0
height_km = 400.0
[[flight]]
vehicle = "irbm"
launch = {{ lat_deg = 10.0, lon_deg = 120.0 }}
bearing_deg = 45.0
apogee_km = 600.0
range_km = 2500.0
spent_stages = true
release = {{ count = 5, dv_m_s = 2.0, after_burnout_s = 60.0, beta_kg_m2 = 100.0, rcs_m2 = 0.1 }}
debris = {{ count = 20, dv_m_s = 50.0, after_burnout_s = 2.0, beta_kg_m2 = 50.0, rcs_m2 = 0.2 }}
glide = {{ lift_to_drag = 2.0, beta_kg_m2 = 8000.0 }}
"""


def named_files(folder: Path) -> Path:
    """The folder, with the files that the event names."""
    (folder / "below").mkdir()
    for name in ("telemetry.json", "below/track.oem"):
        (folder / name).touch()
    return folder
