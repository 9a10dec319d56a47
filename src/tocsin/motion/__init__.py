"""How things move: equations of motion, propagation, state transition, impact, orbits, thrust."""
