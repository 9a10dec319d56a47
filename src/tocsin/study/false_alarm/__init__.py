"""How often a warning of attack would be false: rare coincidences weighted, causes common to all apart."""
