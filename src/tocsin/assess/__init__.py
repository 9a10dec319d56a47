"""What it means: launch and impact regions, time to target, class, territory, the warning ladder."""
