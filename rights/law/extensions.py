"""Why more time may be taken: the two reasons the law knows (GDPR art. 12(3), second sentence)."""

from processing.law.sources import gdpr
from processing.law.terms import N_, LawTerm


class ExtensionReason(LawTerm):
    COMPLEXITY = (
        "complexity",
        N_("Kravet er komplisert"),
        N_("kravet er så omfattende at vi trenger mer tid for å svare ordentlig"),
        gdpr("art. 12 nr. 3"),
    )
    NUMBER = (
        "number",
        N_("Det er mange krav"),
        N_("du har sendt flere krav, og vi vil svare ordentlig på hvert av dem"),
        gdpr("art. 12 nr. 3"),
    )
