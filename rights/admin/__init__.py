from rights.admin import breaches, contacts, figures, requests, today

__all__ = ["breaches", "contacts", "figures", "requests", "today"]
