"""The four roles. A role is a Django group of the same name; nobody is given single permissions."""

from enum import StrEnum


class Role(StrEnum):
    """The value is the name of the group, in the language of those who work here."""

    LEADER = "leder"
    CASE_HANDLER = "saksbehandler"
    REGISTRAR = "registerfører"
    AUDITOR = "revisor"
