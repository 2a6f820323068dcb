"""How the register is handed out: as which kind of file, and how much of it (Art. 30(3) and (4))."""

from processing.law.sources import gdpr
from processing.law.terms import N_, LawTerm


class ExportFormat(LawTerm):
    PDF = "pdf", N_("PDF")
    XLSX = "xlsx", N_("XLSX")
    CSV = "csv", N_("CSV")
    JSON = "json", N_("JSON")
    JSONLD = "jsonld", N_("JSON-LD")

    @property
    def extension(self) -> str:
        """What the name of a file ends with. The tables of CSV come packed together."""
        return "zip" if self is ExportFormat.CSV else self.value


class Edition(LawTerm):
    """Whom the document is for. The internal edition holds all there is, and what the rules say about it.

    The external one holds what Art. 30(1) asks for (`processing.law.article_30`) and nothing else.
    """

    INTERNAL = "internal", N_("Intern utgave: alt som er ført, og alle funn"), "", gdpr("art. 30 nr. 4")
    EXTERNAL = "external", N_("Ekstern utgave: bare det art. 30 nr. 1 krever"), "", gdpr("art. 30 nr. 1")
