"""Models of the register."""
