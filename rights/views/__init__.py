"""The public pages: ask, get a receipt, follow the case, and leave."""
