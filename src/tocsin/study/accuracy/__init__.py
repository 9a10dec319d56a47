"""How near the fits come to the Cramer-Rao bound, and whether their own covariances are true."""
