"""How the innermost functions are compiled."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from numba import njit

P = ParamSpec("P")
T = TypeVar("T")

# Sums in any order, sum and product as one: a sixth faster, and on one build and kind of processor always
# the same bits.
FREE = {"contract", "reassoc", "arcp", "nsz"}


def kernel(function: Callable[P, T]) -> Callable[P, T]:
    """Compile a function that takes numbers and arrays and makes no array.

    Numba else counts the references to every array at every call, which takes longer than the arithmetic:
    a step of the integrator then costs 2.3 times as much. Arrays made inside would fail to compile.
    """
    compiled: Callable[P, T] = njit(cache=True, error_model="numpy", fastmath=FREE, _nrt=False)(function)
    return compiled


def inlined(function: Callable[P, T]) -> Callable[P, T]:
    """As `kernel`, and put in place of each call: for the few that every stage of a step goes through.

    A call with its arrays costs as much as the arithmetic of such a function.
    """
    compiled: Callable[P, T] = njit(
        cache=True, error_model="numpy", fastmath=FREE, inline="always", _nrt=False
    )(function)
    return compiled
