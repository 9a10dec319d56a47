"""How often a warning of attack would be false: rare coincidences weighted, causes common to all apart.

Begun: windows are drawn, watched and weighted; there is no command yet, and no rate has been measured.
"""
