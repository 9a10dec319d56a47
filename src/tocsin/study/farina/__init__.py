"""A published re-entry case, for the filters, the process-noise segment and the posterior bound.

Source: Farina, Ristic and Benvenuti, Tracking a ballistic target: comparison of several nonlinear filters,
IEEE Trans. Aerospace and Electronic Systems 38 (2002) 854.
"""
