"""The match of a notional launcher to a real ascent, in words."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape


def tell_fit(out: Console, told: dict[str, Any]) -> None:
    """The match in words."""
    verdict = "[bold green]matched[/]" if told["matched"] else "[bold red]not matched[/]"
    h, v, own, sigma = told["height"], told["speed"], told["vehicle"], told["sigma"]
    name, until = escape(told["name"]), told["until_s"]
    out.print(f"{verdict}  {name}: within 3 km and 80 m/s up to {until:g} s is the measure")
    for line in (
        f"height: at most {h['worst_km']:.2f} km apart, at {h['at_s']:g} s; rms {h['rms_km']:.2f} km",
        f"speed: at most {v['worst_m_s']:.0f} m/s apart, at {v['at_s']:g} s; rms {v['rms_m_s']:.0f} m/s",
        f"thrust over mass at lift-off {own['thrust_m_s2']:.2f} +- {sigma['thrust_m_s2']:.2f} m/s2, "
        f"exhaust {own['exhaust_m_s']:,.0f} +- {sigma['exhaust_m_s']:,.0f} m/s",
        f"first stage: burns {own['burn_s']:.1f} +- {sigma['burn_s']:.1f} s, in the second half at "
        f"{own['later']:.2f} of that thrust, throttled to stay below {own['cap_m_s2']:.1f} +- "
        f"{sigma['cap_m_s2']:.1f} m/s2",
        f"drag {own['drag']:.1f} times the assumed, which contains throttling while the air presses most",
    ):
        out.print(f"    {line}")
    for line in told["assumed"]:
        out.print(f"    {line}", style="dim", markup=False)
