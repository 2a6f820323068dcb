from rights.admin import contacts, requests, today

__all__ = ["contacts", "requests", "today"]
