"""How long those who decide have had, as stated publicly."""

from __future__ import annotations

# Beside which the minutes left are to be read; ranges in minutes, as stated publicly.
DECISIONS = (
    ("Russia, 1995", "10", "press"),
    ("Reagan, on his own", "6", "his memoirs, as quoted in the press"),
    ("Wright", "about 10", "Union of Concerned Scientists"),
    ("of 30 minutes, to launch under attack", "2 to 3", "NTI"),
    ("a crew's assessment", "3 to 4", "Union of Concerned Scientists"),
    ("of a submarine's missile, 1979", "4 to 5", "press"),
)
