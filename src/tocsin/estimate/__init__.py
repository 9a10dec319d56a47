"""What the looks say: the fits, their information matrices and their bounds."""
