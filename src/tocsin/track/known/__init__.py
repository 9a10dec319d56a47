"""Known objects overhead: which looks are theirs, and which of them are absent or have manoeuvred."""

from tocsin.track.known.known import Known
from tocsin.track.known.plan import PLAN, Plan
from tocsin.track.known.report import LookRef, Report
from tocsin.track.known.step import known_step

__all__ = ["PLAN", "Known", "LookRef", "Plan", "Report", "known_step"]
