"""Which look belongs to whom: gating, assignment, initiation, scoring and the tracker."""
