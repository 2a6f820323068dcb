from rights.admin import contacts, figures, requests, today

__all__ = ["contacts", "figures", "requests", "today"]
