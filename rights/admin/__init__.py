from rights.admin import requests

__all__ = ["requests"]
