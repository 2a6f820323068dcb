"""What the public forms take in. They only check and clean; the services decide."""
