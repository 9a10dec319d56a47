"""Where and when: time scales, frames, the ellipsoid, gravity and the atmosphere."""
