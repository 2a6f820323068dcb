"""Lawful bases: Art. 6(1), the special categories of Art. 9(1) and the conditions of Art. 9(2)."""

from processing.law.sources import gdpr
from processing.law.terms import N_, LawTerm


class LegalBasis(LawTerm):
    """Art. 6(1). No activity has one until somebody states it."""

    CONSENT = "a", N_("Samtykke"), N_("fordi du har sagt ja"), gdpr("art. 6 nr. 1 bokstav a")
    CONTRACT = (
        "b",
        N_("Avtale"),
        N_("fordi vi har en avtale med deg, eller holder på å lage en"),
        gdpr("art. 6 nr. 1 bokstav b"),
    )
    LEGAL_OBLIGATION = "c", N_("Rettslig forpliktelse"), N_("fordi loven krever det"), gdpr("art. 6 nr. 1 bokstav c")
    VITAL_INTERESTS = "d", N_("Vitale interesser"), N_("for å verne liv og helse"), gdpr("art. 6 nr. 1 bokstav d")
    PUBLIC_TASK = (
        "e",
        N_("Oppgave i allmennhetens interesse"),
        N_("fordi loven gir oss en oppgave for fellesskapet"),
        gdpr("art. 6 nr. 1 bokstav e"),
    )
    LEGITIMATE_INTEREST = (
        "f",
        N_("Berettiget interesse"),
        N_("fordi vi mener at vi har en god grunn, og at den veier tyngre enn ulempen for deg"),
        gdpr("art. 6 nr. 1 bokstav f"),
    )


class SpecialCategory(LawTerm):
    """Art. 9(1), and beside it criminal offences (Art. 10), which have rules of their own."""

    HEALTH = "health", N_("Helseopplysninger"), N_("helse"), gdpr("art. 9 nr. 1")
    ETHNIC_ORIGIN = (
        "ethnic_origin",
        N_("Rasemessig eller etnisk opprinnelse"),
        N_("etnisk bakgrunn"),
        gdpr("art. 9 nr. 1"),
    )
    POLITICAL_OPINION = "political_opinion", N_("Politisk oppfatning"), N_("politisk syn"), gdpr("art. 9 nr. 1")
    RELIGION = "religion", N_("Religion"), N_("tro"), gdpr("art. 9 nr. 1")
    PHILOSOPHICAL_BELIEF = "philosophical_belief", N_("Filosofisk overbevisning"), N_("livssyn"), gdpr("art. 9 nr. 1")
    TRADE_UNION = "trade_union", N_("Fagforeningsmedlemskap"), N_("medlemskap i fagforening"), gdpr("art. 9 nr. 1")
    GENETIC = "genetic", N_("Genetiske opplysninger"), N_("gener"), gdpr("art. 9 nr. 1")
    BIOMETRIC = (
        "biometric",
        N_("Biometriske opplysninger"),
        N_("kjennetegn ved kroppen som viser hvem du er"),
        gdpr("art. 9 nr. 1"),
    )
    SEX_LIFE = "sex_life", N_("Seksuelle forhold"), N_("sexliv"), gdpr("art. 9 nr. 1")
    SEXUAL_ORIENTATION = (
        "sexual_orientation",
        N_("Seksuell orientering"),
        N_("seksuell orientering"),
        gdpr("art. 9 nr. 1"),
    )
    CRIMINAL_OFFENCE = "criminal_offence", N_("Straffbare forhold"), N_("straffbare forhold"), gdpr("art. 10")


class SpecialCategoryGround(LawTerm):
    """Art. 9(2). Special categories may be processed only under one of these."""

    EXPLICIT_CONSENT = "9-2-a", N_("Uttrykkelig samtykke"), N_("du har sagt tydelig ja"), gdpr("art. 9 nr. 2 bokstav a")
    EMPLOYMENT_LAW = (
        "9-2-b",
        N_("Arbeidsrett, trygderett og sosialrett"),
        N_("regler om arbeid og trygd krever det"),
        gdpr("art. 9 nr. 2 bokstav b"),
    )
    VITAL_INTERESTS = "9-2-c", N_("Vitale interesser"), N_("liv og helse må vernes"), gdpr("art. 9 nr. 2 bokstav c")
    NON_PROFIT = (
        "9-2-d",
        N_("Ideell organisasjon"),
        N_("det gjelder medlemmer i en ideell organisasjon"),
        gdpr("art. 9 nr. 2 bokstav d"),
    )
    MADE_PUBLIC = (
        "9-2-e",
        N_("Offentliggjort av personen selv"),
        N_("du har gjort det kjent selv"),
        gdpr("art. 9 nr. 2 bokstav e"),
    )
    LEGAL_CLAIMS = "9-2-f", N_("Rettskrav"), N_("det trengs for et rettskrav"), gdpr("art. 9 nr. 2 bokstav f")
    SUBSTANTIAL_PUBLIC_INTEREST = (
        "9-2-g",
        N_("Viktige allmenne interesser"),
        N_("loven sier at det er viktig for alle"),
        gdpr("art. 9 nr. 2 bokstav g"),
    )
    HEALTH_CARE = (
        "9-2-h",
        N_("Helsetjenester under taushetsplikt"),
        N_("det trengs for å gi helsehjelp, og den som gir den, har taushetsplikt"),
        gdpr("art. 9 nr. 2 bokstav h og nr. 3"),
    )
    PUBLIC_HEALTH = "9-2-i", N_("Folkehelse"), N_("det trengs for folkehelsen"), gdpr("art. 9 nr. 2 bokstav i")
    ARCHIVES_RESEARCH = (
        "9-2-j",
        N_("Arkiv, forskning og statistikk"),
        N_("det trengs for arkiv, forskning eller statistikk"),
        gdpr("art. 9 nr. 2 bokstav j"),
    )

    @property
    def needs_national_law(self) -> bool:
        """True where Art. 9(2) itself asks for a basis in Union or national law (R-9-1)."""
        return self in {
            SpecialCategoryGround.EMPLOYMENT_LAW,
            SpecialCategoryGround.SUBSTANTIAL_PUBLIC_INTEREST,
            SpecialCategoryGround.HEALTH_CARE,
            SpecialCategoryGround.PUBLIC_HEALTH,
            SpecialCategoryGround.ARCHIVES_RESEARCH,
        }
