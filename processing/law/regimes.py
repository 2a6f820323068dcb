"""The legal regime of an activity: it decides which rights apply and where a complaint goes (decision 11)."""

from processing.law.terms import N_, LawTerm


class LegalRegime(LawTerm):
    """Proposed when the register is loaded, in force only when a person has confirmed it (decision 24)."""

    HEALTH_RECORD = "health_record", N_("Helsejournal")
    GDPR_ONLY = "gdpr_only", N_("Bare personvernforordningen")
    ACCOUNTING = "accounting", N_("Regnskap")
    MARKETING = "marketing", N_("Markedsføring og samtykke")
    RECRUITMENT = "recruitment", N_("Rekruttering")
    WEBSITE = "website", N_("Nettsted")
