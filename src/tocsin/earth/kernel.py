"""How the innermost functions are compiled."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from numba import njit

P = ParamSpec("P")
T = TypeVar("T")

# Numba else counts the references to every array at every call, which takes longer than the sums: a step of
# the integrator would cost 2.3 times as much. So nothing may make an array inside, or it fails to compile.
# Sums in any order, or fused with products, would save a sixth more, but then the bits hang on what was
# inlined where, and a replay from another cache would not be the same.
OPTIONS: dict[str, Any] = {"cache": True, "error_model": "numpy", "_nrt": False, "nogil": True}


def kernel(function: Callable[P, T]) -> Callable[P, T]:
    """Compile a function that takes numbers and arrays and makes no array."""
    compiled: Callable[P, T] = njit(**OPTIONS)(function)
    return compiled


def inlined(function: Callable[P, T]) -> Callable[P, T]:
    """As `kernel`, and put in place of each call: for the few that every stage of a step goes through.

    A call with its arrays costs as much as the arithmetic of such a function.
    """
    compiled: Callable[P, T] = njit(inline="always", **OPTIONS)(function)
    return compiled
