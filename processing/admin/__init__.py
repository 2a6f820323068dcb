"""Admin of the register: importing its modules registers them."""
