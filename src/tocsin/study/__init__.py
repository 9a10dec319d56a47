"""Studies: coverage, warning time, accuracy and false alarms."""
