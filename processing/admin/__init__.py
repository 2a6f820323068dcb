"""Admin of the register: importing its modules registers them."""

from processing.admin import activities, annotations, controllers, notices, parties, vocabulary

__all__ = ["activities", "annotations", "controllers", "notices", "parties", "vocabulary"]
