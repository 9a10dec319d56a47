"""What is seen: telescopes and radars, their noise, detection, false alarms and health."""
