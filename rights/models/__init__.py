"""Models of rights requests."""
