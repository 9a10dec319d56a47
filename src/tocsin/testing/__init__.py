"""Public conformance checks for parts that others write."""

from tocsin.testing.sensor import check_sensor

__all__ = ["check_sensor"]
