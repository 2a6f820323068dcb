"""Admin of rights requests: importing its modules registers them."""
