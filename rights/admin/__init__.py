from rights.admin import breaches, case_list, contacts, figures, requests, today

__all__ = ["breaches", "case_list", "contacts", "figures", "requests", "today"]
