from rights.admin import contacts, requests

__all__ = ["contacts", "requests"]
