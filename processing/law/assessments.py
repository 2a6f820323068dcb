"""What the law asks to be thought through and written down before it is done: the questions, and what may come out.

A balancing test weighs a legitimate interest (Art. 6(1)(f)). A screening asks whether the consequences must be
assessed, and an impact assessment assesses them (Art. 35). A transfer assessment asks whether a promise holds in the
country it is made for (Schrems II). Each outcome is a closed list: a conclusion is one of them, or there is none yet.
"""

from processing.law.sources import LegalSource, gdpr
from processing.law.terms import N_, LawTerm

WP248 = LegalSource("WP248 rev.01", "III.B a", "https://ec.europa.eu/newsroom/article29/items/611236")
"""Guidelines on data protection impact assessment, endorsed by the EDPB: nine criteria, of which two call for one."""

CRITERIA_THAT_MEET = 2


class BalancingOutcome(LawTerm):
    """What a balancing test came to. Only the last one ends the use of the basis."""

    INTEREST = "interest", N_("Interessen veier tyngst"), "", gdpr("art. 6 nr. 1 bokstav f")
    WITH_MEASURES = (
        "with_measures",
        N_("Interessen veier tyngst når tiltakene er på plass"),
        "",
        gdpr("art. 6 nr. 1 bokstav f"),
    )
    PERSON = "person", N_("Hensynet til personen veier tyngst"), "", gdpr("art. 6 nr. 1 bokstav f")


class ImpactOutcome(LawTerm):
    """The risk that is left once the measures are in place."""

    ACCEPTABLE = "acceptable", N_("Risikoen som er igjen, er akseptabel"), "", gdpr("art. 35 nr. 7 bokstav d")
    HIGH = "high", N_("Risikoen som er igjen, er høy"), "", gdpr("art. 36 nr. 1")


class TransferOutcome(LawTerm):
    """Whether the data is as well protected there as in the EEA."""

    ADEQUATE = "adequate", N_("Vernet er godt nok"), "", gdpr("art. 46 nr. 1")
    WITH_MEASURES = "with_measures", N_("Vernet er godt nok med ekstra tiltak"), "", gdpr("art. 46 nr. 1")
    NOT_ADEQUATE = "not_adequate", N_("Vernet er ikke godt nok"), "", gdpr("art. 44")


class SubProcessors(LawTerm):
    """Whether a processor may use others, and how the controller has a say."""

    NONE = "none", N_("Ikke tillatt"), "", gdpr("art. 28 nr. 2")
    SPECIFIC = "specific", N_("Bare når dere har godkjent hver enkelt"), "", gdpr("art. 28 nr. 2")
    GENERAL = "general", N_("Tillatt, men dere får varsel og kan si nei"), "", gdpr("art. 28 nr. 2")


class RiskCriterion(LawTerm):
    """The nine criteria of risk, in the order of WP248. `plain` is the question a clerk answers."""

    SCORING = "scoring", N_("Vurdering og profilering"), N_("Blir personer vurdert, rangert eller profilert?"), WP248
    DECISIONS = (
        "decisions",
        N_("Automatiske avgjørelser"),
        N_("Avgjør en maskin noe som betyr mye for personen?"),
        WP248,
    )
    MONITORING = (
        "monitoring",
        N_("Systematisk overvåking"),
        N_("Blir personer fulgt med på, målt eller overvåket over tid?"),
        WP248,
    )
    SENSITIVE = (
        "sensitive",
        N_("Følsomme opplysninger"),
        N_("Er det med helse, andre særlige kategorier eller noe svært personlig?"),
        WP248,
    )
    LARGE_SCALE = "large_scale", N_("Stort omfang"), N_("Gjelder det svært mange personer eller opplysninger?"), WP248
    MATCHING = "matching", N_("Sammenstilling"), N_("Blir opplysninger fra ulike kilder koblet sammen?"), WP248
    VULNERABLE = (
        "vulnerable",
        N_("Sårbare personer"),
        N_("Gjelder det pasienter, barn, ansatte eller andre som er svakt stilt?"),
        WP248,
    )
    INNOVATIVE = (
        "innovative",
        N_("Ny teknologi"),
        N_("Brukes det ny teknologi, eller kjent teknologi på en ny måte?"),
        WP248,
    )
    BARRIER = (
        "barrier",
        N_("Stenger noen ute"),
        N_("Kan det hindre noen i å bruke en rettighet, en tjeneste eller en avtale?"),
        WP248,
    )
