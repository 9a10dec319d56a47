"""Published figures: satellites, radars, vehicles, events and borders, each with its source."""

from tocsin.catalogue.borders import Borders, borders
from tocsin.catalogue.event import Claim, Event, NetworkChoice, Published
from tocsin.catalogue.eventfile import event, event_names, read_event
from tocsin.catalogue.nature import NatureChoice, RadioBurst
from tocsin.catalogue.network import Network, network, network_of
from tocsin.catalogue.plan import FlightPlan, Plan
from tocsin.catalogue.radar import RadarSite, radars
from tocsin.catalogue.satellite import Elements, Satellite, satellites
from tocsin.catalogue.vehicle import Stage, Vehicle, vehicle, vehicles

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
    "Published",
    "RadarSite",
    "RadioBurst",
    "Satellite",
    "Stage",
    "Vehicle",
    "borders",
    "event",
    "event_names",
    "network",
    "network_of",
    "radars",
    "read_event",
    "satellites",
    "vehicle",
    "vehicles",
]
