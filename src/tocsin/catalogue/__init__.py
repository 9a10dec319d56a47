"""Published figures: satellites, radars, vehicles, events and borders, each with its source."""

from tocsin.catalogue.borders import Borders, borders
from tocsin.catalogue.bordersfile import read_borders
from tocsin.catalogue.event import Claim, Event, NetworkChoice, Published
from tocsin.catalogue.eventfile import event, event_names, read_event
from tocsin.catalogue.nature import NatureChoice, RadioBurst
from tocsin.catalogue.network import Network, network, network_of
from tocsin.catalogue.plan import FlightPlan, Plan
from tocsin.catalogue.protected import Protected, WarningSettings
from tocsin.catalogue.radar import RadarSite, radars
from tocsin.catalogue.satellite import Elements, Satellite, satellites
from tocsin.catalogue.vehicle import Stage, Vehicle, vehicle, vehicles
from tocsin.catalogue.warningfile import read_warning, warning_settings

__all__ = [
    "Borders",
    "Claim",
    "Elements",
    "Event",
    "FlightPlan",
    "NatureChoice",
    "Network",
    "NetworkChoice",
    "Plan",
    "Protected",
    "Published",
    "RadarSite",
    "RadioBurst",
    "Satellite",
    "Stage",
    "Vehicle",
    "WarningSettings",
    "borders",
    "event",
    "event_names",
    "network",
    "network_of",
    "radars",
    "read_borders",
    "read_event",
    "read_warning",
    "satellites",
    "vehicle",
    "vehicles",
    "warning_settings",
]
