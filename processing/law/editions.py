"""How the register is handed out: as which kind of file, and how much of it (Art. 30(3) and (4))."""

from processing.law.sources import gdpr
from processing.law.terms import N_, LawTerm


class ExportFormat(LawTerm):
    PDF = "pdf", N_("PDF")
    XLSX = "xlsx", N_("XLSX")
    JSON = "json", N_("JSON")


class Edition(LawTerm):
    """Whom the document is for. The internal edition holds all there is, and what the rules say about it."""

    INTERNAL = "internal", N_("For revisor, med alt som er ført og alle funn"), "", gdpr("art. 30 nr. 4")
